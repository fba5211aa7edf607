/** Octets from standard base64, with or without its padding; `undefined` from any other text. */
export function decodeBase64(text: string): Uint8Array | undefined {
  // `fromBase64` would skip blanks, and a `+` that was sent bare has become one.
  if (!/^[0-9A-Za-z+/]*={0,2}$/.test(text)) return undefined
  try {
    return Uint8Array.fromBase64(text)
  } catch {
    return undefined
  }
}

export function encodeBase64(octets: Uint8Array): string {
  return octets.toBase64()
}
