import { Refusal } from './refusal.ts'

/** RSA of 8192 bits; the gateway's own client keys have 2048. */
const SIGNATURE_MAX_BYTES = 1024
const SIGNATURE_MAX_CHARACTERS = Math.ceil(SIGNATURE_MAX_BYTES / 3) * 4

/**
 * The signature in an `authorization` header. Clients send `Bearer`, the vendor's documentation
 * says `TOKEN`; both count, in any case.
 * @throws Refusal AuthorizationInvalid
 */
export function readAuthorization(header: string): Uint8Array {
  const [, signature = ''] = /^(?:Bearer|TOKEN) +([0-9A-Za-z+/]+={0,2})\s*$/i.exec(header) ?? []
  if (signature === '' || signature.length > SIGNATURE_MAX_CHARACTERS) {
    throw new Refusal('AuthorizationInvalid', {})
  }
  try {
    return Uint8Array.fromBase64(signature, { lastChunkHandling: 'strict' })
  } catch (cause) {
    throw new Refusal('AuthorizationInvalid', {}, { cause })
  }
}
