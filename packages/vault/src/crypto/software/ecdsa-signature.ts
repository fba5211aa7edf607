import { derElement, derInteger, INTEGER, readDer, SEQUENCE } from './der.ts'

// JOSE and the clouds write an ECDSA signature as r and s side by side, each as long as the order
// of the curve (RFC 7518 §3.4); OpenSSL reads and writes the DER of RFC 3279 §2.2.3.
const LONG_FORM = 0x81

/** Octets that the DER of a signature with numbers of `size` octets takes at most. */
export function maximumDerBytes(size: number): number {
  return 2 * (size + 3) + 3
}

/** r and s side by side from OpenSSL's DER. @param size octets of each number. */
export function joinedFromDer(der: Uint8Array, size: number): Uint8Array {
  const joined = new Uint8Array(2 * size)
  let at = der[1] === LONG_FORM ? 3 : 2
  for (const end of [size, 2 * size]) {
    const length = der[at + 1] ?? 0
    const next = at + 2 + length
    // A number with its top bit set has a zero octet before it, a short one lacks leading zeros.
    const start = length > size ? next - size : at + 2
    joined.set(der.subarray(start, next), end - (next - start))
    at = next
  }
  return joined
}

/** The DER of r and s side by side. */
export function derFromJoined(joined: Uint8Array): Uint8Array {
  const size = joined.byteLength / 2
  const numbers = [derInteger(joined.subarray(0, size)), derInteger(joined.subarray(size))]
  return derElement(SEQUENCE, ...numbers)
}

/**
 * r and s side by side from DER that anybody may have written; `undefined` for what is not the one
 * DER of two such numbers.
 * @param size octets of each number.
 */
export function joinedFromAnyDer(der: Uint8Array, size: number): Uint8Array | undefined {
  if (der.byteLength > maximumDerBytes(size)) return undefined
  const whole = readDer(der, SEQUENCE, 0)
  const r = whole && readDer(whole.content, INTEGER, 0)
  const s = r && readDer(whole.content, INTEGER, r.end)
  if (r === undefined || s === undefined) return undefined
  const joined = new Uint8Array(2 * size)
  for (const [end, { content }] of [[size, r], [2 * size, s]] as const) {
    const digits = content.subarray(-size)
    joined.set(digits, end - digits.byteLength)
  }
  return Buffer.compare(derFromJoined(joined), der) === 0 ? joined : undefined
}
