import { createHmac, timingSafeEqual } from 'node:crypto'
import type { JoseMacRow, MacRow } from '../algorithm-rows.ts'

type AnyMacRow = MacRow | JoseMacRow

/** The authentication code of the data. */
export function mac(row: AnyMacRow, key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac(row.hash, key).update(data).digest()
}

/** Tells whether this is the code of the data, all of it; in constant time. */
export function isMac(
  row: AnyMacRow,
  key: Uint8Array,
  data: Uint8Array,
  code: Uint8Array,
): boolean {
  return code.byteLength === row.macBytes && timingSafeEqual(mac(row, key, data), code)
}
