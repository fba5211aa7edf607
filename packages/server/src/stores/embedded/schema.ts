import { closeSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Fault } from '@claviger/vault'
import { storeUnavailable } from './store-unavailable.ts'

/** Raised with each change of the tables; kept in the database's `user_version`. */
export const SCHEMA_VERSION = 1

// Bodies and witnesses are apart on purpose (see `StoredRecord`). Without rowids the key leads
// straight to the record, and a list reads neighbours. docs/storage-schema.md explains the tables.
const TABLES = `
  CREATE TABLE body (
    key TEXT COLLATE BINARY PRIMARY KEY, version INTEGER NOT NULL, bytes BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE witness (
    key TEXT COLLATE BINARY PRIMARY KEY, version INTEGER NOT NULL, bytes BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY, entry TEXT NOT NULL, hash BLOB NOT NULL
  ) STRICT;
  CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL
  ) STRICT;
  CREATE TABLE heartbeat (
    id INTEGER PRIMARY KEY CHECK (id = 1), beats INTEGER NOT NULL
  ) STRICT;
  INSERT INTO heartbeat VALUES (1, 0);
`

const TABLE_NAMES = ['body', 'witness', 'audit', 'audit_head', 'heartbeat']

const CACHE_KIBIBYTES = 64 * 1024
const BUSY_MILLISECONDS = 1000
const WAL_BYTES_KEPT = 64 * 1024 * 1024

/** Where a data folder has its database. */
export function databaseFile(folder: string): string {
  return join(folder, 'claviger.sqlite')
}

/**
 * Opens the database for its one writer. A new one has no tables yet: `openWriter` makes them
 * together with the first sealed head, so a head missing later is a head that was taken away.
 * @throws Fault StoreUnavailable when it is no database of ours, damaged, or of a newer version.
 */
export function openForWriting(file: string): DatabaseSync {
  return open(file, false, (database) => {
    // Before WAL: afterwards the page size is fixed.
    database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    database.exec(`PRAGMA journal_size_limit = ${WAL_BYTES_KEPT}`)
    const version = schemaVersion(database)
    if (version === SCHEMA_VERSION) return demandTables(database)
    const foreign = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined
    if (version !== 0 || foreign) throw wrongVersion(version)
  })
}

/**
 * Opens the database for reading beside the writer, or without it.
 * @throws Fault StoreUnavailable when there is none, or as `openForWriting`.
 */
export function openForReading(file: string): DatabaseSync {
  return open(file, true, (database) => {
    const version = schemaVersion(database)
    if (version !== SCHEMA_VERSION) throw wrongVersion(version)
    demandTables(database)
  })
}

/** Makes the tables and the first sealed head in one transaction. */
export function createSchema(database: DatabaseSync, sealedHead: Uint8Array): void {
  database.exec('BEGIN IMMEDIATE')
  database.exec(TABLES)
  database.prepare('INSERT INTO audit_head VALUES (1, ?)').run(sealedHead)
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
  database.exec('COMMIT')
}

/** The version of the tables; 0 when there are none. */
export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
}

function open(
  file: string,
  readOnly: boolean,
  prepare: (database: DatabaseSync) => void,
): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    // SQLite gives its other files the mode of this one.
    if (!readOnly && !existsSync(file)) closeSync(openSync(file, 'wx', 0o600))
    database = new DatabaseSync(file, { readOnly, timeout: BUSY_MILLISECONDS })
    database.exec(`PRAGMA cache_size = -${CACHE_KIBIBYTES}; PRAGMA mmap_size = 0`)
    database.exec('PRAGMA trusted_schema = OFF')
    prepare(database)
    return database
  } catch (cause) {
    database?.close()
    throw storeUnavailable(cause)
  }
}

function demandTables(database: DatabaseSync): void {
  const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()
  const found = new Set(rows.map(({ name }) => name))
  const lost = TABLE_NAMES.filter((name) => !found.has(name))
  if (lost.length === 0) return
  const reason = `the database has lost its table ${lost.join(', ')}; restore it from a backup`
  throw new Fault('StoreUnavailable', { reason })
}

function wrongVersion(found: number): Fault<'StoreUnavailable'> {
  const known = SCHEMA_VERSION
  const reason = found > known
    ? `the database has version ${found}, written by a newer release; this one knows ${known}`
    : 'the database was not made by this program'
  return new Fault('StoreUnavailable', { reason })
}
