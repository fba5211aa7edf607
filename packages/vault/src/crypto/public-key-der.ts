import { createPublicKey } from 'node:crypto'
import type { PublicKey, Sm2PublicKey } from './key-spec.ts'

/**
 * What stands before the point in the SubjectPublicKeyInfo of a key on SM2 (RFC 5480 §2, the curve
 * by its id 1.2.156.10197.1.301): always the same, as the point always has 65 octets. JOSE does not
 * know the curve, so node:crypto cannot write it.
 */
const SM2_HEAD = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d03420004', 'hex')
const COORDINATE_BYTES = 32

/** The public half as a SubjectPublicKeyInfo in DER. */
export function publicKeyDer(key: PublicKey): Buffer {
  if (key.kty === 'EC' && key.crv === 'SM2') {
    const point = [Buffer.from(key.x, 'base64url'), Buffer.from(key.y, 'base64url')]
    return Buffer.concat([SM2_HEAD, ...point])
  }
  return createPublicKey({ key: { ...key }, format: 'jwk' }).export({ type: 'spki', format: 'der' })
}

/** The public half from the DER of a key on SM2; `undefined` for any other. */
export function sm2PublicKey(spki: Uint8Array): Sm2PublicKey | undefined {
  const der = Buffer.from(spki)
  const isOnSm2 =
    der.subarray(0, SM2_HEAD.byteLength).equals(SM2_HEAD) &&
    der.byteLength === SM2_HEAD.byteLength + 2 * COORDINATE_BYTES
  if (!isOnSm2) return undefined
  const y = der.subarray(-COORDINATE_BYTES)
  const x = der.subarray(SM2_HEAD.byteLength, -COORDINATE_BYTES)
  return { kty: 'EC', crv: 'SM2', x: x.toString('base64url'), y: y.toString('base64url') }
}
