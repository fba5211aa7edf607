import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import { acs3StringsToSign } from './acs3-string-to-sign.ts'
import { formatAuthorization } from './authorization-header.ts'
import type { RawRequest } from './raw-request.ts'
import { ACS3_HASHES, type Acs3Algorithm } from './signed-request.ts'

/** In constant time. @param signature hex, as it came. */
export function verifyAcs3(
  stringToSign: string,
  algorithm: Acs3Algorithm,
  secret: Uint8Array,
  signature: string,
): boolean {
  const expected = hmac(stringToSign, algorithm, secret)
  // `Buffer.from` would stop at the first character that is no hex digit.
  if (!/^(?:[0-9a-f]{2})+$/i.test(signature)) return false
  const given = Buffer.from(signature, 'hex')
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected)
}

/**
 * The headers that a client adds to its request to sign it: the digest of the body and
 * `authorization`. Everything else must be among the headers before, as it is signed: `host`,
 * `content-type` when there is a body, and `x-acs-action`, `-version`, `-date`, `-signature-nonce`;
 * for an STS session `x-acs-accesskey-id` and `x-acs-security-token` too.
 */
export function signAcs3(
  request: RawRequest,
  accessKeyId: string,
  secret: Uint8Array,
  algorithm: Acs3Algorithm = 'ACS3-HMAC-SHA256',
): Readonly<Record<'x-acs-content-sha256' | 'authorization', string>> {
  const bodyDigest = hash(ACS3_HASHES[algorithm], request.body, 'hex')
  const headers = { ...request.headers, 'x-acs-content-sha256': bodyDigest }
  const signedHeaders = Object.keys(headers).filter(isSigned).toSorted()
  const raw = { ...request, headers }
  const [text = ''] = acs3StringsToSign({ algorithm, signedHeaders, bodyDigest, raw })
  const signature = hmac(text, algorithm, secret).toString('hex')
  return {
    'x-acs-content-sha256': bodyDigest,
    authorization: formatAuthorization({ algorithm, accessKeyId, signedHeaders, signature }),
  }
}

function isSigned(name: string): boolean {
  return name.startsWith('x-acs-') || name === 'host' || name === 'content-type'
}

function hmac(stringToSign: string, algorithm: Acs3Algorithm, secret: Uint8Array): Buffer {
  return createHmac(ACS3_HASHES[algorithm], secret).update(stringToSign).digest()
}
