import { prefixEnd, type RecordKey } from './record-key.ts'

/**
 * The keys that a page of `Store.list` is taken from, both ends excluded.
 * @throws TypeError when the prefix does not end in `/`: its end would be that of another one.
 */
export function keyRange(
  prefix: RecordKey,
  after: RecordKey | undefined,
): { readonly start: string; readonly end: string } {
  if (!prefix.endsWith('/')) throw new TypeError('a prefix ends in /')
  return { start: after !== undefined && after > prefix ? after : prefix, end: prefixEnd(prefix) }
}
