import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { HeadSealer } from '@claviger/vault'
import { keyedHeadSealer, type ContractStore } from '@claviger/vault/testing'
import { EmbeddedAuditLog } from '../audit-log.ts'
import { EmbeddedStore } from '../embedded-store.ts'
import { DataFolderLock } from '../lock.ts'
import { openWriter } from '../open-writer.ts'
import { Reader } from '../reader.ts'
import { RemoteWriter } from '../remote-writer.ts'
import { databaseFile } from '../schema.ts'
import { StoreDoubt } from '../store-doubt.ts'
import { serveWriter } from '../writer-channel.ts'
import type { Commits, Writer } from '../writer.ts'
import { portPair } from './port-pair.ts'

/** An embedded store with all its parts, as a test uses it. */
export interface EmbeddedFixture extends ContractStore {
  readonly folder: string
  readonly writer: Writer
  readonly accepted: readonly string[]
  reopen(): Promise<EmbeddedFixture>
}

export interface FixtureOptions {
  /** Commit through a channel, as a worker does. */
  readonly remote?: boolean
  readonly sealer?: HeadSealer
  /** The code of a `StoreDoubt`. */
  readonly accept?: string
}

/** A folder for one test. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'claviger-store-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Opens a new store in a folder of its own, which `close` removes. */
export async function embeddedFixture(options: FixtureOptions = {}): Promise<EmbeddedFixture> {
  const folder = temporaryFolder()
  return openIn(folder.path, options, folder.remove)
}

/** Opens the store of a folder that the test looks after. */
export function openIn(
  folder: string,
  { remote = false, sealer = keyedHeadSealer(), accept }: FixtureOptions = {},
  remove: () => void = () => {},
): EmbeddedFixture {
  const lock = DataFolderLock.take(folder)
  const { writer, accepted } = openOrRelease(lock, sealer, accept)
  const commits = remote ? throughChannel(writer) : writer
  const reader = Reader.open(folder)
  const audit = EmbeddedAuditLog.open(folder, sealer, (through) => commits.prune(through))
  const shut = async (): Promise<void> => {
    reader.close()
    audit.close()
    await writer.close()
    lock.release()
  }
  return {
    folder,
    writer,
    accepted,
    audit,
    store: new EmbeddedStore(reader, (change) => commits.commit(change)),
    close: async () => {
      await shut()
      remove()
    },
    reopen: async () => {
      await shut()
      return openIn(folder, { remote, sealer }, remove)
    },
    loseHalf: async (key, half) => tamper(folder, `DELETE FROM ${half} WHERE key = '${key}'`),
  }
}

/** Runs SQL behind the store's back. */
export function tamper(folder: string, sql: string): void {
  const database = new DatabaseSync(databaseFile(folder))
  try {
    database.exec(sql)
  } finally {
    database.close()
  }
}

/** What opening a store is refused with. */
export function doubtOf(open: () => unknown): StoreDoubt {
  try {
    open()
  } catch (thrown) {
    if (thrown instanceof StoreDoubt) return thrown
    throw thrown
  }
  throw new Error('the store was opened')
}

function openOrRelease(
  lock: DataFolderLock,
  sealer: HeadSealer,
  accept: string | undefined,
): ReturnType<typeof openWriter> {
  try {
    return openWriter(lock, sealer, { accept })
  } catch (cause) {
    lock.release()
    throw cause
  }
}

function throughChannel(writer: Writer): Commits {
  const { worker, primary } = portPair()
  serveWriter(primary, writer)
  return new RemoteWriter(worker)
}
