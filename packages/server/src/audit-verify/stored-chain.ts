import type { DatabaseSync } from 'node:sqlite'
import {
  isFault,
  nameDifferences,
  openStoreHead,
  unseal,
  type AuditLog,
  type ChainHead,
  type Keyring,
  type NamedDifference,
} from '@claviger/vault'
import { sealSourceOf } from '../composition/open-embedded.ts'
import type { Config } from '../config.ts'
import { readSealSource } from '../seal-source.ts'
import { EmbeddedAuditLog } from '../stores/embedded/audit-log.ts'
import { EmbeddedStore } from '../stores/embedded/embedded-store.ts'
import { foreignSchema } from '../stores/embedded/foreign-schema.ts'
import { headMirrorFile, readHeadMirror } from '../stores/embedded/head-mirror.ts'
import { Reader } from '../stores/embedded/reader.ts'
import { storedHead } from '../stores/embedded/open-chain.ts'
import { databaseFile, openForReading } from '../stores/embedded/schema.ts'
import { digestRecords, storedRecords } from '../stores/embedded/stored-records.ts'

/** The audit chain of a data folder as of one instant; a server may be running on it. */
export interface StoredChain {
  readonly log: AuditLog
  /** @throws Fault RecordCorrupt when the sealed head is missing or does not open. */
  head(): Promise<ChainHead>
  /** The head's copy beside the database, `undefined` when there is none. @throws as `head`. */
  copy(): ChainHead | undefined
  /** What the records differ in from the digest in the sealed head. @throws as `head`. */
  records(): readonly NamedDifference[]
  close(): void
}

/**
 * Opens the chain for reading and unseals its head; writes nothing.
 * @throws Fault UnsealFailed, StoreUnavailable, or RecordCorrupt when the seal was tampered with.
 */
export async function openStoredChain(config: Config): Promise<StoredChain> {
  const keyring = await openKeyring(config)
  // Before the database: the copy follows the database, so an older copy is never ahead of it.
  const sealedCopy = readHeadMirror(headMirrorFile(config.dataDir))
  const database = openForReading(databaseFile(config.dataDir))
  const log = new EmbeddedAuditLog(database, keyring)
  // All reads from here on see the instant of the first one.
  database.exec('BEGIN')
  return {
    log,
    head: () => log.head(),
    copy: () => (sealedCopy === undefined ? undefined : openStoreHead(keyring, sealedCopy).chain),
    records: () => differencesIn(database, keyring),
    close: () => log.close(),
  }
}

function differencesIn(database: DatabaseSync, keyring: Keyring): readonly NamedDifference[] {
  const foreign = foreignSchema(database)
  if (foreign.length > 0) {
    return [{ reason: `the database holds what the server did not make: ${foreign.join(', ')}` }]
  }
  const { records } = openStoreHead(keyring, storedHead(database))
  if (records === undefined) return []
  try {
    const found = digestRecords(database, records.emptied())
    return nameDifferences(records, found, () => storedRecords(database))
  } catch (thrown) {
    if (isFault(thrown, 'RecordCorrupt')) return [thrown.detail]
    throw thrown
  }
}

async function openKeyring(config: Config): Promise<Keyring> {
  const reader = Reader.open(config.dataDir)
  try {
    const store = new EmbeddedStore(reader, () => {
      throw new TypeError('verifying writes nothing')
    })
    const material = await readSealSource(sealSourceOf(config), false)
    try {
      return (await unseal(store, material)).keyring
    } finally {
      material.secret.wipe()
    }
  } finally {
    reader.close()
  }
}
