import type { DatabaseSync } from 'node:sqlite'
import type { RecordDigest, RecordKey, RecordVersion } from '@claviger/vault'

// The version is that of whichever half is there, the body's first, as everywhere (`Reader`).
const BODIES = 'SELECT key, version + 0.0 AS version FROM body'
const LONE_WITNESSES = `
  SELECT key, version + 0.0 AS version FROM witness
  WHERE NOT EXISTS (SELECT 1 FROM body WHERE body.key = witness.key)`

/** Every record that a database holds, and which version of it. */
export function* storedRecords(database: DatabaseSync): Generator<RecordVersion> {
  for (const query of [BODIES, LONE_WITNESSES]) {
    for (const { key, version } of database.prepare(query).iterate()) {
      // What tampering has turned into something else counts as it reads.
      yield { key: String(key) as RecordKey, version: Number(version) }
    }
  }
}

/** A line of progress for each of these many records. */
const PROGRESS_STEP = 500_000

/**
 * The digest of all records that a database holds.
 * @param empty the digest of none, under the key of the one to compare with.
 * @param progress told how many records were read, each half a million.
 */
export function digestRecords(
  database: DatabaseSync,
  empty: RecordDigest,
  progress: (records: number) => void = () => {},
): RecordDigest {
  let count = 0
  for (const record of storedRecords(database)) {
    empty.toggle(record)
    count += 1
    if (count % PROGRESS_STEP === 0) progress(count)
  }
  return empty
}
