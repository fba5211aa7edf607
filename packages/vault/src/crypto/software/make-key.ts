import { generateKeyPair, randomBytes, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { Secret } from '../../seal/secret.ts'
import { isSymmetric } from '../is-symmetric.ts'
import type { EcCurve, KeySpec, SymmetricSpec } from '../key-spec.ts'
import type { NewKey } from '../provider.ts'
import { assertMakeable } from './assert-makeable.ts'
import { newKey } from './new-key.ts'

const generate = promisify(generateKeyPair)

/**
 * Makes a key from the CSPRNG, on the thread pool.
 * @throws Fault InvalidInput for a size or an exponent that is not made.
 */
export async function makeKey(spec: KeySpec): Promise<NewKey> {
  assertMakeable(spec)
  if (isSymmetric(spec)) return { spec, material: new Secret(randomBytes(spec.bits / 8)) }
  return newKey(spec, await privateKeyOf(spec))
}

/** The names that OpenSSL has for the curves. */
const NAMED_CURVES = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
  secp256k1: 'secp256k1',
  SM2: 'SM2',
} as const satisfies Record<EcCurve, string>

async function privateKeyOf(spec: Exclude<KeySpec, SymmetricSpec>): Promise<KeyObject> {
  switch (spec.type) {
    case 'RSA': {
      const { bits: modulusLength, publicExponent } = spec
      return (await generate('rsa', { modulusLength, publicExponent })).privateKey
    }
    case 'EC':
      return (await generate('ec', { namedCurve: NAMED_CURVES[spec.curve] })).privateKey
    case 'OKP':
      return spec.curve === 'Ed25519'
        ? (await generate('ed25519')).privateKey
        : (await generate('x25519')).privateKey
  }
}
