import type { DatabaseSync } from 'node:sqlite'
import { Fault, type RecordDigest, type RecordKey, type RecordVersion } from '@claviger/vault'

// The version is that of whichever half is there, the body's first, as everywhere (`Reader`).
const BODIES = 'SELECT key, version + 0.0 AS version FROM body ORDER BY key'
const LONE_WITNESSES = `
  SELECT key, version + 0.0 AS version FROM witness
  WHERE NOT EXISTS (SELECT 1 FROM body WHERE body.key = witness.key) ORDER BY key`

const OUT_OF_ORDER = 'it stands in the database twice, or out of its order'

/**
 * Every record that a database holds, and which version of it, each once.
 * @throws Fault RecordCorrupt, naming the record, when a key stands there twice or out of its order.
 *   Its digest could not tell: what it takes in twice cancels out; and a read could find either.
 */
export function* storedRecords(database: DatabaseSync): Generator<RecordVersion> {
  for (const query of [BODIES, LONE_WITNESSES]) {
    let last = ''
    for (const row of database.prepare(query).iterate()) {
      // What tampering has turned into something else counts as it reads.
      const key = String(row['key']) as RecordKey
      if (key <= last) throw new Fault('RecordCorrupt', { record: key, reason: OUT_OF_ORDER })
      last = key
      yield { key, version: Number(row['version']) }
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
