import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import { keyRange, type RecordKey, type Sealed, type StoredRecord } from '@claviger/vault'
import { databaseFile, openForReading } from './schema.ts'
import { storeUnavailable } from './store-unavailable.ts'

// An integer that a damaged page turned into more than 2^53 makes node:sqlite throw for all records
// of the query; as a float it arrives as a wrong version of one record, which the seal names.
const RECORD = `
  SELECT body.version + 0.0 AS bodyVersion, body.bytes AS body,
    witness.version + 0.0 AS witnessVersion, witness.bytes AS witness
  FROM (SELECT ? AS key) AS wanted
  LEFT JOIN body ON body.key = wanted.key
  LEFT JOIN witness ON witness.key = wanted.key`

const pageOf = (table: 'body' | 'witness'): string => `
  SELECT key, version + 0.0 AS version, bytes FROM ${table}
  WHERE key > ? AND key < ? ORDER BY key LIMIT ?`

type Row = Record<string, SQLOutputValue>

const NOTHING = new Uint8Array(0)

/** Records by name; `undefined` where there is none. */
export type ReadRecords = ReadonlyMap<RecordKey, StoredRecord | undefined>

/**
 * Reads records; each call sees one instant, the newest. Each process has its own; all methods are
 * synchronous, because a read is a few microseconds and any detour costs more.
 * @throws Fault StoreUnavailable from every method when SQLite cannot read.
 */
export class Reader {
  readonly #database: DatabaseSync
  readonly #begin: StatementSync
  readonly #end: StatementSync
  readonly #record: StatementSync
  readonly #bodies: StatementSync
  readonly #witnesses: StatementSync
  /** What was read as of this instant; requests of one turn all ask for the epoch. */
  #seen: Map<RecordKey, StoredRecord | undefined> | undefined

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#begin = database.prepare('BEGIN')
    this.#end = database.prepare('COMMIT')
    this.#record = database.prepare(RECORD)
    this.#bodies = database.prepare(pageOf('body'))
    this.#witnesses = database.prepare(pageOf('witness'))
  }

  /** Opens the database of a data folder. @throws Fault StoreUnavailable when that fails. */
  static open(folder: string): Reader {
    const database = openForReading(databaseFile(folder))
    try {
      return new Reader(database)
    } catch (cause) {
      database.close()
      throw storeUnavailable(cause)
    }
  }

  read(keys: readonly RecordKey[]): readonly (StoredRecord | undefined)[] {
    const [only] = keys
    if (only === undefined) return []
    // One statement is a snapshot by itself.
    if (keys.length === 1) return [this.#guard(() => this.#get(only))]
    return this.atOnce(() => keys.map((key) => this.#get(key)))
  }

  list(
    prefix: RecordKey,
    { after, limit }: { readonly after?: RecordKey; readonly limit: number },
  ): readonly StoredRecord[] {
    const { start, end } = keyRange(prefix, after)
    return this.atOnce(() =>
      merge(this.#bodies.all(start, end, limit), this.#witnesses.all(start, end, limit), limit))
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  /**
   * Runs calls of this reader as of one instant, in which a record is read once.
   * @param query is given the records that are read by their names, as they are read.
   */
  atOnce<Result>(query: (read: ReadRecords) => Result): Result {
    const already = this.#seen
    if (already !== undefined) return this.#guard(() => query(already))
    return this.#guard(() => {
      this.#begin.run()
      const seen = new Map<RecordKey, StoredRecord | undefined>()
      this.#seen = seen
      try {
        return query(seen)
      } finally {
        this.#seen = undefined
        // After some errors SQLite has ended it by itself.
        if (this.#database.isTransaction) this.#end.run()
      }
    })
  }

  #get(key: RecordKey): StoredRecord | undefined {
    if (this.#seen?.has(key) === true) return this.#seen.get(key)
    const record = this.#read(key)
    this.#seen?.set(key, record)
    return record
  }

  #read(key: RecordKey): StoredRecord | undefined {
    const row = this.#record.get(key)
    const version = row?.['bodyVersion'] ?? row?.['witnessVersion'] ?? null
    if (row === undefined || version === null) return undefined
    return recordOf(key, version, row['body'], row['witness'])
  }

  #guard<Result>(query: () => Result): Result {
    try {
      return query()
    } catch (cause) {
      throw storeUnavailable(cause)
    }
  }
}

/**
 * Joins a page of bodies and one of witnesses, both in key order. Of the first `limit` keys of both
 * together no half can lie beyond its own page: fewer than `limit` of its kind come before it.
 */
function merge(bodies: readonly Row[], witnesses: readonly Row[], limit: number): StoredRecord[] {
  const merged: StoredRecord[] = []
  for (let b = 0, w = 0; merged.length < limit;) {
    const body = bodies[b]
    const witness = witnesses[w]
    const bodyKey = body?.['key']
    const witnessKey = witness?.['key']
    const key = lesser(bodyKey, witnessKey)
    if (key === undefined) return merged
    const hasBody = bodyKey === key
    const hasWitness = witnessKey === key
    if (hasBody) b++
    if (hasWitness) w++
    merged.push(recordOf(
      key as RecordKey, // the store holds no key but those it was given
      hasBody ? body?.['version'] : witness?.['version'],
      hasBody ? body?.['bytes'] : undefined,
      hasWitness ? witness?.['bytes'] : undefined,
    ))
  }
  return merged
}

/** Keys are ASCII, so comparing their UTF-16 units compares their bytes. */
function lesser(
  one: SQLOutputValue | undefined,
  two: SQLOutputValue | undefined,
): string | undefined {
  if (typeof one !== 'string') return typeof two === 'string' ? two : undefined
  return typeof two === 'string' && two < one ? two : one
}

function recordOf(
  key: RecordKey,
  version: SQLOutputValue | undefined,
  body: SQLOutputValue | undefined,
  witness: SQLOutputValue | undefined,
): StoredRecord {
  return {
    key,
    version: typeof version === 'number' && Number.isSafeInteger(version) ? version : 0,
    // What lies in this column the seal has made, and it will not open anything else.
    body: bytesOf(body) as Sealed,
    witness: bytesOf(witness),
  }
}

/** A value that a damaged page has turned into something else counts as lost. */
function bytesOf(value: SQLOutputValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : NOTHING
}
