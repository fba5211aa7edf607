import { constants, verify, type KeyObject } from 'node:crypto'
import type { CheckedRequest } from './check-request.ts'

/** Whether this RSA key's private one has signed the request (RSASSA-PKCS1-v1_5, SHA-256). */
export function isSignedBy(
  publicKey: KeyObject,
  { stringToSign, signature }: Pick<CheckedRequest, 'stringToSign' | 'signature'>,
): boolean {
  // With a key of another type `verify` would check a signature of that type.
  if (publicKey.asymmetricKeyType !== 'rsa') return false
  const key = { key: publicKey, padding: constants.RSA_PKCS1_PADDING }
  return verify('sha256', Buffer.from(stringToSign), key, signature)
}
