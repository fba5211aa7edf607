import { existsSync } from 'node:fs'
import {
  Fault,
  initialise,
  MemoryStore,
  prefixOf,
  unseal,
  type HeadSealer,
  type SealMaterial,
  type Store,
  type Unsealed,
} from '@claviger/vault'
import type { Config } from '../config.ts'
import { readSealSource, type SealSource } from '../seal-source.ts'
import { EmbeddedAuditLog } from '../stores/embedded/audit-log.ts'
import { EmbeddedStore } from '../stores/embedded/embedded-store.ts'
import { headMirrorFile } from '../stores/embedded/head-mirror.ts'
import { DataFolderLock } from '../stores/embedded/lock.ts'
import { openWriter, type OpenedWriter, type OpenWriterOptions } from '../stores/embedded/open-writer.ts'
import { Reader } from '../stores/embedded/reader.ts'
import { isUnusedFolder, removeUnusedDatabase } from '../stores/embedded/unused-database.ts'
import type { Writer } from '../stores/embedded/writer.ts'

/** The store of the process that owns the data folder, unsealed and ready. */
export interface OpenedEmbedded {
  readonly store: Store
  readonly writer: Writer
  readonly auditLog: EmbeddedAuditLog
  readonly unsealed: Unsealed
  /** Sentences for the log. */
  readonly warnings: readonly string[]
  /** What was accepted as it is, against the digest or without `audit.head`; for the audit. */
  readonly accepted: readonly string[]
  readonly close: () => Promise<void>
}

/** Which of the two seals the configuration names. */
export function sealSourceOf(config: Pick<Config, 'rootKeyFile' | 'passphraseFile'>): SealSource {
  return config.passphraseFile === undefined
    ? { kind: 'file', path: config.rootKeyFile }
    : { kind: 'passphrase', path: config.passphraseFile }
}

const KEY_WITHOUT_STORE =
  'A new store was made, although its root key file was there already: if there should have ' +
  'been a store, check that the data folder is the right one and is mounted'

/**
 * Locks the data folder, unseals its store, or makes and seals a new one.
 * @throws Fault StoreUnavailable when the folder is in use or cannot be read, UnsealFailed with what
 *   to do, RecordCorrupt when the audit or the seal was tampered with.
 */
export async function openEmbedded(
  config: Config,
  progress?: (records: number) => void,
): Promise<OpenedEmbedded> {
  const lock = DataFolderLock.take(config.dataDir)
  try {
    return await openLocked(config, lock, progress)
  } catch (thrown) {
    lock.release()
    throw thrown
  }
}

async function openLocked(
  config: Config,
  lock: DataFolderLock,
  progress: ((records: number) => void) | undefined,
): Promise<OpenedEmbedded> {
  const isNew = isUnusedFolder(lock.folder)
  if (isNew) demandNothingLost(lock.folder)
  const source = sealSourceOf(config)
  const hadKey = source.kind === 'file' && existsSync(source.path)
  const material = await readSealSource(source, isNew)
  try {
    const options = { accept: config.acceptStore, progress }
    const opened = isNew
      ? await createStore(lock, material)
      : await openStore(lock, material, options)
    // Before the first entry: a chain without the copy of its head looks as if it was taken away.
    await opened.writer.copyHead()
    const warnings = isNew && hadKey ? [KEY_WITHOUT_STORE] : []
    return { ...opened, warnings, close: () => close(opened, lock) }
  } finally {
    material.secret.wipe()
  }
}

/** The copy of the audit head follows the first commit, so it shows that there was a store. */
function demandNothingLost(folder: string): void {
  if (!existsSync(headMirrorFile(folder))) return
  throw new Fault('RecordCorrupt', {
    record: 'the database',
    reason: 'it is missing or empty, but the copy of its audit head (audit.head) is there',
  })
}

type Opened = Omit<OpenedEmbedded, 'close' | 'warnings'> & { readonly relay: Relay }

async function openStore(
  lock: DataFolderLock,
  material: SealMaterial,
  options: OpenWriterOptions,
): Promise<Opened> {
  const reader = Reader.open(lock.folder)
  const relay = new Relay(reader)
  const unsealed = await unseal(relay.store, material)
  return assemble(lock, relay, unsealed, openWriter(lock, unsealed.keyring, options))
}

/**
 * The database cannot be made without a keyring (its first audit head is sealed), and the keyring
 * cannot be made without a store; so the first records are made in memory and are the first commit.
 */
async function createStore(lock: DataFolderLock, material: SealMaterial): Promise<Opened> {
  removeUnusedDatabase(lock.folder)
  const memory = new MemoryStore(NO_HEADS)
  const { keyring } = await initialise(memory, material)
  const opened = openWriter(lock, keyring)
  const puts = await memory.list(prefixOf('system'), { limit: 100 })
  const checks = puts.map(({ key }) => ({ key, version: 'absent' as const }))
  await opened.writer.commit({ checks, puts, deletes: [], audit: [] })
  const relay = new Relay(Reader.open(lock.folder))
  const unsealed = await unseal(relay.store, material)
  return assemble(lock, relay, unsealed, opened)
}

function assemble(
  lock: DataFolderLock,
  relay: Relay,
  unsealed: Unsealed,
  { writer, accepted }: OpenedWriter,
): Opened {
  relay.commitThrough(writer)
  const auditLog = EmbeddedAuditLog.open(lock.folder, unsealed.keyring, (through) => writer.prune(through))
  return { store: relay.store, writer, auditLog, unsealed, accepted, relay }
}

/** The writer last: SQLite empties its log into the database when the last connection closes. */
async function close({ writer, auditLog, relay }: Opened, lock: DataFolderLock): Promise<void> {
  auditLog.close()
  relay.close()
  await writer.close()
  lock.release()
}

/** Reads at once, commits as soon as there is a writer. */
class Relay {
  readonly store: EmbeddedStore
  readonly #reader: Reader
  #writer: Writer | undefined

  constructor(reader: Reader) {
    this.#reader = reader
    this.store = new EmbeddedStore(reader, async (change) => {
      if (this.#writer === undefined) throw new TypeError('nothing is committed before the writer is open')
      await this.#writer.commit(change)
    })
  }

  commitThrough(writer: Writer): void {
    this.#writer = writer
  }

  close(): void {
    this.#reader.close()
  }
}

const NO_HEADS: HeadSealer = {
  sealHead: (head) => head,
  openHead: (sealed) => sealed,
}
