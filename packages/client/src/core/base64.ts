const CHUNK = 0x8000

/** Octets as base64 with padding (RFC 4648 §4). */
export function encodeBase64(bytes: Uint8Array): string {
  // Newer runtimes have `toBase64`; the others are given their text in pieces that fit the stack.
  const own = bytes as { readonly toBase64?: () => string }
  if (own.toBase64 !== undefined) return own.toBase64()
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return btoa(text)
}

/** Octets as base64url without padding (RFC 4648 §5). */
export function encodeBase64url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Octets from base64 or base64url, with or without padding. @throws TypeError for other text. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w+/-]*={0,2}$/.test(text)) throw new TypeError('not base64')
  const plain = text.replaceAll('-', '+').replaceAll('_', '/')
  const own = Uint8Array as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }
  if (own.fromBase64 !== undefined) return own.fromBase64(plain)
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
}
