import type { RecordKey } from './record-key.ts'
import type { Change } from './store.ts'

/** 16 octets in base64url; the last character holds two bits alone. */
const CLAIM = /^[0-9A-Za-z_-]{21}[AQgw]$/

/**
 * Refuses a change that no caller may ask for, before anything of it is written. Every store calls
 * it, so that a slip shows on the one in memory as well as on the durable ones.
 * @throws TypeError when a key is checked or written twice, a put has no check or another version
 *   than the next one (any positive whole number for a new record), a half of a put is empty (empty
 *   means lost), or a claim is none or made twice.
 */
export function assertChange(change: Change): void {
  const checked = new Map<RecordKey, number | 'absent'>()
  for (const { key, version } of change.checks) {
    if (checked.has(key)) throw new TypeError('a change checks a record twice')
    checked.set(key, version)
  }
  assertClaims(change.claims ?? [])
  const written = new Set<RecordKey>(change.deletes)
  if (written.size !== change.deletes.length) throw new TypeError('a change deletes a record twice')
  for (const put of change.puts) {
    if (written.has(put.key)) throw new TypeError('a change writes a record twice')
    written.add(put.key)
    const before = checked.get(put.key)
    if (before === undefined) throw new TypeError('a change writes a record that it does not check')
    const isNext = before === 'absent' ? isFirstVersion(put.version) : put.version === before + 1
    if (!isNext) {
      throw new TypeError('a change writes a record with another version than the next')
    }
    if (put.body.byteLength === 0 || put.witness.byteLength === 0) {
      throw new TypeError('a change writes a record with an empty half')
    }
  }
}

function assertClaims(claims: readonly string[]): void {
  if (new Set(claims).size !== claims.length) throw new TypeError('a change claims something twice')
  if (!claims.every((claim) => CLAIM.test(claim))) {
    throw new TypeError('a change claims what is not 16 octets in base64url')
  }
}

function isFirstVersion(version: number): boolean {
  return Number.isSafeInteger(version) && version > 0
}
