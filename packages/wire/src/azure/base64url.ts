/** Octets as base64url without padding (RFC 4648 §5), the service's form of every binary member. */
export function encodeBase64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
}

/**
 * Octets from base64url or base64, with or without padding: clients send all four.
 * `undefined` when the text is neither.
 */
export function decodeBase64url(text: string): Uint8Array | undefined {
  // `fromBase64` would skip spaces and line breaks, which no client sends.
  if (!/^[0-9A-Za-z+/_-]*={0,2}$/.test(text)) return undefined
  try {
    return Uint8Array.fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}
