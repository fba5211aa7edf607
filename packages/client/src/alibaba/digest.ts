const encoder = new TextEncoder()

/** UTF-8. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** Lower-case hex of the SHA-256. */
export async function sha256Hex(octets: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', octets)))
}

/** Lower-case hex. */
export function hex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** An HMAC over a text (RFC 2104). */
export async function hmac(
  hash: 'SHA-1' | 'SHA-256',
  secret: string,
  text: string,
): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash }
  const key = await crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(text)))
}
