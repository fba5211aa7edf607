import { EMPTY_CHAIN, encodeHead, isFault, type HeadSealer } from '@claviger/vault'
import { HeadMirror, headMirrorFile, readHeadMirror } from './head-mirror.ts'
import type { DataFolderLock } from './lock.ts'
import { openChain, storedHead } from './open-chain.ts'
import { createSchema, databaseFile, openForWriting, schemaVersion } from './schema.ts'
import { storeUnavailable } from './store-unavailable.ts'
import { Writer } from './writer.ts'

/** An open writer, and what the operator should know. */
export interface OpenedWriter {
  readonly writer: Writer
  /** Sentences for the log; nothing in them is secret. */
  readonly warnings: readonly string[]
}

/**
 * Opens the store of a locked data folder for writing, and makes a new one when there is none.
 * @param mirrorFile where the copy of the audit head is kept; outside the data folder it also shows
 *   that the whole folder was put back.
 * @throws Fault RecordCorrupt when entries are missing or the head is damaged.
 * @throws Fault StoreUnavailable when the database cannot be opened.
 */
export function openWriter(
  lock: DataFolderLock,
  sealer: HeadSealer,
  mirrorFile = headMirrorFile(lock.folder),
): OpenedWriter {
  const database = openForWriting(databaseFile(lock.folder))
  try {
    if (schemaVersion(database) === 0) {
      createSchema(database, sealer.sealHead(encodeHead(EMPTY_CHAIN)))
    }
    const mirrored = readHeadMirror(mirrorFile)
    const head = openChain(database, sealer, mirrored)
    const mirror = new HeadMirror(mirrorFile)
    const sealed = storedHead(database)
    if (sealed !== undefined) mirror.follow(sealed)
    const warnings: string[] = []
    if (mirrored === undefined && head.count > 0) {
      const last = `whether entries after number ${head.count} were lost cannot be told`
      warnings.push(`The copy of the audit head was missing and is made anew: ${last}.`)
    }
    return { writer: new Writer(database, sealer, mirror, head), warnings }
  } catch (cause) {
    database.close()
    throw isFault(cause, 'RecordCorrupt') ? cause : storeUnavailable(cause)
  }
}
