// The little of DER (X.690) that signatures, ciphertexts and revocation lists are made of.
export const SEQUENCE = 0x30
export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04
export const UTC_TIME = 0x17
export const GENERALIZED_TIME = 0x18

/** An element as read: its content, and where the next one begins. */
export interface DerElement {
  readonly content: Uint8Array
  readonly end: number
}

/** An element, its length in the shortest form (X.690 §10.1). */
export function derElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, { byteLength }) => sum + byteLength, 0)
  return Buffer.concat([Uint8Array.of(tag, ...lengthOctets(length)), ...parts])
}

/** A whole number that is not negative, from its octets big endian. */
export function derInteger(octets: Uint8Array): Uint8Array {
  let start = 0
  while (start < octets.byteLength - 1 && octets[start] === 0) start++
  const digits = octets.subarray(start)
  const isTopBitSet = (digits[0] ?? 0) >= 0x80
  return derElement(INTEGER, Uint8Array.from(isTopBitSet ? [0] : []), digits)
}

/**
 * Reads an element that begins at this place; `undefined` when there is none of this tag, or not
 * all of it. That the encoding is the shortest is not looked at.
 */
export function readDer(octets: Uint8Array, tag: number, at: number): DerElement | undefined {
  const first = octets[at + 1]
  if (octets[at] !== tag || first === undefined) return undefined
  const more = first < 0x80 ? 0 : first - 0x80
  if (more > 2) return undefined
  const start = at + 2 + more
  const length = octets.subarray(at + 2, start).reduce((sum, octet) => sum * 256 + octet, 0)
  const end = start + (more === 0 ? first : length)
  return end > octets.byteLength ? undefined : { content: octets.subarray(start, end), end }
}

function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}
