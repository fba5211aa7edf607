import { createHmac, timingSafeEqual } from 'node:crypto'
import type { MacRow } from '../algorithm-rows.ts'

/** The authentication code of the data. */
export function mac(row: MacRow, key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac(row.hash, key).update(data).digest()
}

/** Tells whether this is the code of the data, all of it; in constant time. */
export function isMac(row: MacRow, key: Uint8Array, data: Uint8Array, code: Uint8Array): boolean {
  return code.byteLength === row.macBytes && timingSafeEqual(mac(row, key, data), code)
}
