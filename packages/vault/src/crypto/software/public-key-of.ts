import { createPublicKey, type KeyObject } from 'node:crypto'
import type { JoseCurve, OkpCurve, PublicKey } from '../key-spec.ts'
import { sm2PublicKey } from '../public-key-der.ts'

const EC_CURVES: readonly JoseCurve[] = ['P-256', 'P-384', 'P-521', 'secp256k1']
const OKP_CURVES: readonly OkpCurve[] = ['Ed25519', 'X25519']

/**
 * The public half by JOSE's names, numbers without leading zeros or as long as the curve wants.
 * @throws Error for a key of a type or curve that is not kept here.
 */
export function publicKeyOf(key: KeyObject): PublicKey {
  const publicKey = key.type === 'public' ? key : createPublicKey(key)
  const sm2 = sm2PublicKey(publicKey.export({ type: 'spki', format: 'der' }))
  if (sm2 !== undefined) return sm2
  const { kty, crv, n, e, x, y } = publicKey.export({ format: 'jwk' })
  if (kty === 'RSA' && n !== undefined && e !== undefined) return { kty, n, e }
  const ec = EC_CURVES.find((name) => name === crv)
  if (kty === 'EC' && ec !== undefined && x !== undefined && y !== undefined) {
    return { kty, crv: ec, x, y }
  }
  const okp = OKP_CURVES.find((name) => name === crv)
  if (kty === 'OKP' && okp !== undefined && x !== undefined) return { kty, crv: okp, x }
  throw new Error('a key of a type that is not kept here')
}
