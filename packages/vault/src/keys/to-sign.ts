import { hash } from 'node:crypto'
import type { SignatureRow } from '../crypto/algorithm-rows.ts'
import { SIGNATURES, type SignatureAlgorithm } from '../crypto/algorithms.ts'
import { sm2Digest } from '../crypto/sm2-digest.ts'
import type { KeyVersion } from './key.ts'

/** What is signed: a digest that the caller has computed, or a message, which is hashed here. */
export type ToSign =
  /** For HMAC and EdDSA the data itself. */
  { readonly digest: Uint8Array } | { readonly message: Uint8Array }

/** The digest that the algorithm signs; with SM2 it depends on the key and the standard's own id. */
export function digestToSign(
  toSign: ToSign,
  algorithm: SignatureAlgorithm,
  { publicKey }: KeyVersion,
): Uint8Array {
  if ('digest' in toSign) return toSign.digest
  const { message } = toSign
  const row: SignatureRow = SIGNATURES[algorithm]
  if (!('digestBytes' in row)) return message
  const isSm2 = publicKey?.kty === 'EC' && publicKey.crv === 'SM2'
  return isSm2 ? sm2Digest(publicKey, message) : hash(row.hash, message, 'buffer')
}
