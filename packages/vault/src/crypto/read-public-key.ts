import { createPublicKey, type KeyObject } from 'node:crypto'
import { RSA_BITS, RSA_EXPONENTS } from './key-limits.ts'
import type { KeySpec, PublicKey } from './key-spec.ts'
import { publicKeyOf } from './software/public-key-of.ts'

/** A public half and what kind of key it belongs to. */
export interface ReadPublicKey {
  readonly spec: KeySpec
  readonly publicKey: PublicKey
}

/**
 * Reads a SubjectPublicKeyInfo in DER; `undefined` for what is none, to the last octet, or of a
 * type, curve, size or exponent that is not kept here.
 */
export function readPublicKey(spki: Uint8Array): ReadPublicKey | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), type: 'spki', format: 'der' })
    if (!key.export({ type: 'spki', format: 'der' }).equals(spki)) return undefined
    const publicKey = publicKeyOf(key)
    const spec = specOf(key, publicKey)
    return spec === undefined ? undefined : { spec, publicKey }
  } catch {
    return undefined
  }
}

function specOf({ asymmetricKeyDetails }: KeyObject, publicKey: PublicKey): KeySpec | undefined {
  if (publicKey.kty === 'EC') return { type: 'EC', curve: publicKey.crv }
  if (publicKey.kty === 'OKP') return { type: 'OKP', curve: publicKey.crv }
  const { modulusLength: bits = 0, publicExponent = 0n } = asymmetricKeyDetails ?? {}
  const { minimum, maximum } = RSA_EXPONENTS
  const isKept = RSA_BITS.includes(bits) && publicExponent >= minimum && publicExponent <= maximum
  // Of two odd primes, and with an inverse: OpenSSL fails on others when they are used.
  const isOdd = publicExponent % 2n === 1n && publicKey.kty === 'RSA' && hasOddEnd(publicKey.n)
  if (!isKept || !isOdd) return undefined
  return { type: 'RSA', bits, publicExponent: Number(publicExponent) }
}

function hasOddEnd(number: string): boolean {
  return (Buffer.from(number, 'base64url').at(-1) ?? 0) % 2 === 1
}
