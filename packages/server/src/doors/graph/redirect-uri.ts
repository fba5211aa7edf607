import { redirectKind } from '@claviger/vault'

const MAXIMUM_CHARACTERS = 256
/** The characters that URIs are made of (RFC 3986 §2), without the fragment's `#`. */
const CHARACTERS = /^[0-9A-Za-z\-._~:/?[\]@!$&'()*+,;=%]+$/
const HOST = /^(?:[0-9a-z._-]+|\[[0-9a-f:.]+\])$/
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
/** Tells whether a program may have its answers sent to this address. */
export function isRedirectUri(text: string): boolean {
  if (text.length > MAXIMUM_CHARACTERS || !CHARACTERS.test(text)) return false
  // What no sign-in would lead to, although it is registered, is no address of a program.
  const registered = { id: '', name: '', redirects: [text], confidentialRedirects: [] }
  if (redirectKind({ ...registered, allowsDeviceCode: false }, text) === undefined) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return true
  if (username !== '' || password !== '' || !HOST.test(hostname)) return false
  return protocol === 'https:' || LOOPBACK.has(hostname)
}
