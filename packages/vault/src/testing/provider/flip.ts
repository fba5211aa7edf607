/** A copy with one bit changed in the octet at this place, counted from the end when negative. */
export function flip(octets: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(octets)
  const place = at < 0 ? copy.byteLength + at : at
  copy[place] = (copy[place] ?? 0) ^ 1
  return copy
}
