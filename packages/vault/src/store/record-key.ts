declare const recordKey: unique symbol

/**
 * Names one record: segments joined by `/`, the first of them the tenant (or `system`).
 * Keys are compared by their UTF-8 bytes, so that every store lists in the same order.
 */
export type RecordKey = string & { readonly [recordKey]: true }

const SEGMENT = /^[0-9a-z._~:@-]{1,255}$/

/**
 * Joins segments to a key.
 * A segment that could be mistaken for a separator, or two names that differ only in case, must
 * never meet in a key, so anything but lower-case letters, digits and `._~:@-` is a programming error.
 */
export function recordKeyOf(...segments: readonly string[]): RecordKey {
  for (const segment of segments) {
    if (!SEGMENT.test(segment)) throw new TypeError('a record key segment has a character it must not have')
  }
  return segments.join('/') as RecordKey
}

/** The key as the beginning of others: all records below it, never the record itself. */
export function prefixOf(...segments: readonly string[]): RecordKey {
  return `${recordKeyOf(...segments)}/` as RecordKey
}

/** The smallest string that is greater than every key with this prefix (`0` follows `/` in ASCII). */
export function prefixEnd(prefix: RecordKey): string {
  return `${prefix.slice(0, -1)}0`
}
