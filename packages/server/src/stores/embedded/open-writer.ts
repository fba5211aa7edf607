import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import {
  differenceText, EMPTY_CHAIN, Fault, isFault, nameDifferences, RecordDigest, sealStoreHead,
  type HeadSealer, type StoreHead,
} from '@claviger/vault'
import { foreignSchema } from './foreign-schema.ts'
import { HeadMirror, headMirrorFile, readHeadMirror } from './head-mirror.ts'
import type { DataFolderLock } from './lock.ts'
import { openChain, storedHead } from './open-chain.ts'
import { createSchema, databaseFile, openForWriting, schemaVersion } from './schema.ts'
import { SoleWriter } from './sole-writer.ts'
import { StoreDoubt } from './store-doubt.ts'
import { storeUnavailable } from './store-unavailable.ts'
import { digestRecords, storedRecords } from './stored-records.ts'
import { Writer } from './writer.ts'

/** An open writer. */
export interface OpenedWriter {
  readonly writer: Writer
  /** What was accepted by its code, and belongs into the audit; parts of sentences. */
  readonly accepted: readonly string[]
}

export interface OpenWriterOptions {
  /**
   * Where the copy of the audit head is kept; outside the data folder it also shows that the whole
   * folder was put back.
   */
  readonly mirrorFile?: string
  /** The code of a `StoreDoubt` whose store is to be opened all the same. */
  readonly accept?: string | undefined
  /** Told how many records were verified, each half a million. */
  readonly progress?: ((records: number) => void) | undefined
}

/**
 * Opens the store of a locked data folder for writing, and makes a new one when there is none.
 * Every record's version is verified, which takes seconds where there are millions.
 * @throws Fault RecordCorrupt when entries are missing, the head is damaged, or the database has
 *   parts that are not the server's own.
 * @throws StoreDoubt when records are missing, or others than those last committed.
 * @throws Fault StoreUnavailable when the database cannot be opened.
 */
export function openWriter(
  lock: DataFolderLock,
  sealer: HeadSealer,
  { mirrorFile = headMirrorFile(lock.folder), accept, progress }: OpenWriterOptions = {},
): OpenedWriter {
  const database = openForWriting(databaseFile(lock.folder))
  try {
    if (schemaVersion(database) === 0) createSchema(database, newHead(sealer))
    const sole = new SoleWriter(database)
    demandOwnSchema(database)
    const mirrored = readHeadMirror(mirrorFile)
    const head = openChain(database, sealer, mirrored)
    const empty = (head.records ?? RecordDigest.create()).emptied()
    const records = digestRecords(database, empty, progress)
    const doubts = doubtsAbout(database, head, records, mirrored !== undefined)
    if (doubts.length > 0) {
      const code = codeOf(database, head.records === undefined ? undefined : records)
      if (accept !== code) throw new StoreDoubt(doubts, code)
    }
    const mirror = new HeadMirror(mirrorFile)
    const sealed = storedHead(database)
    // What was accepted is copied with the entry that says so, not before.
    if (sealed !== undefined && doubts.length === 0) mirror.follow(sealed)
    const writer = new Writer(database, sealer, mirror, sole, { chain: head.chain, records })
    return { writer, accepted: doubts }
  } catch (cause) {
    database.close()
    if (cause instanceof StoreDoubt || isFault(cause, 'RecordCorrupt')) throw cause
    throw storeUnavailable(cause)
  }
}

/** Hexadecimal digits of the code of a `StoreDoubt`. */
export const STORE_CODE_DIGITS = 16

function newHead(sealer: HeadSealer): Uint8Array {
  return sealStoreHead(sealer, { chain: EMPTY_CHAIN, records: RecordDigest.create() })
}

/** No code accepts these: they would go on changing what is written, or what is read. */
function demandOwnSchema(database: DatabaseSync): void {
  const foreign = foreignSchema(database)
  if (foreign.length === 0) return
  const reason = `it holds what the server did not make: ${foreign.join(', ')}`
  throw new Fault('RecordCorrupt', { record: 'the database', reason })
}

/** Another state of the store, or a later commit, has another code. */
function codeOf(database: DatabaseSync, records: RecordDigest | undefined): string {
  const state = createHash('sha256').update(storedHead(database) ?? '')
  return state.update(records?.encode() ?? '').digest('hex').slice(0, STORE_CODE_DIGITS)
}

/** What speaks against this being the last committed state; parts of sentences. */
function doubtsAbout(
  database: DatabaseSync,
  head: StoreHead,
  records: RecordDigest,
  isMirrored: boolean,
): readonly string[] {
  const doubts: string[] = []
  if (!isMirrored && head.chain.count > 0) {
    doubts.push(
      'the copy of the audit head (audit.head) is gone, so whether the newest entries and changes ' +
        `are missing, those after entry ${head.chain.count}, cannot be told`,
    )
  }
  if (head.records === undefined) {
    doubts.push('it was last written by a release that kept no digest of its records')
  } else {
    const differences = nameDifferences(head.records, records, () => storedRecords(database))
    doubts.push(...differences.map(differenceText))
  }
  return doubts
}
