import { constants, createHmac, sign, timingSafeEqual, verify, type KeyObject } from 'node:crypto'
import { decodeBase64 } from './base64.ts'

const HASHES = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' } as const
export type RpcHmacMethod = keyof typeof HASHES

/** Base64. @param secret the AccessKeySecret, without the `&` that the scheme appends. */
export function signRpc(stringToSign: string, method: RpcHmacMethod, secret: Uint8Array): string {
  return hmac(stringToSign, method, secret).toString('base64')
}

/** In constant time. @param signature base64, as it came. */
export function verifyRpc(
  stringToSign: string,
  method: RpcHmacMethod,
  secret: Uint8Array,
  signature: string,
): boolean {
  const expected = hmac(stringToSign, method, secret)
  const given = decodeBase64(signature)
  return given?.byteLength === expected.byteLength && timingSafeEqual(given, expected)
}

/** `SHA256withRSA`, base64. @param privateKey the RSA key of the client key's PKCS #12. */
export function signRpcWithClientKey(stringToSign: string, privateKey: KeyObject): string {
  const key = { key: privateKey, padding: constants.RSA_PKCS1_PADDING }
  return sign('sha256', Buffer.from(stringToSign), key).toString('base64')
}

/** @param publicKey of the client key; one that is not RSA verifies nothing. */
export function verifyRpcWithClientKey(
  stringToSign: string,
  publicKey: KeyObject,
  signature: string,
): boolean {
  const given = decodeBase64(signature)
  if (given === undefined || publicKey.asymmetricKeyType !== 'rsa') return false
  const key = { key: publicKey, padding: constants.RSA_PKCS1_PADDING }
  return verify('sha256', Buffer.from(stringToSign), key, given)
}

function hmac(stringToSign: string, method: RpcHmacMethod, secret: Uint8Array): Buffer {
  const key = Buffer.alloc(secret.byteLength + 1, '&')
  key.set(secret)
  const digest = createHmac(HASHES[method], key).update(stringToSign).digest()
  key.fill(0) // a second copy of the secret
  return digest
}
