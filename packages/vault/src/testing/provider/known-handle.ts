import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { publicKeyOf } from '../../crypto/software/public-key-of.ts'
import type { KeyHandle, PrivateNumbers, Provider } from '../../crypto/provider.ts'
import type { KnownKey } from '../known-answers/known-answer.ts'
import { handleOf } from './key-set.ts'

/** Octets of base64url; none for nothing. */
export function octets(text: string | undefined): Buffer {
  return Buffer.from(text ?? '', 'base64url')
}

let publicHandles = 0

/** A handle of a published key: imported, or of the public half where that alone was published. */
export async function knownHandle(
  provider: Provider,
  key: KnownKey,
): Promise<{ readonly handle: KeyHandle; readonly isWhole: boolean }> {
  const numbers = numbersOf(key)
  if (numbers !== undefined) return { handle: handleOf(await provider.import(numbers)), isWhole: true }
  return { handle: publicHandle(key), isWhole: false }
}

/** The numbers of a published key, for an import; `undefined` of a public half. */
export function numbersOf(key: KnownKey): PrivateNumbers | undefined {
  const { kty, crv = '' } = key
  if (kty === 'oct' || kty === 'SM4' || kty === 'HMAC') return { kty, k: octets(key.k) }
  if (key.d === undefined) return undefined
  const d = octets(key.d)
  if (kty === 'EC') return { kty, crv, x: octets(key.x), y: octets(key.y), d }
  if (kty === 'OKP') return { kty, crv, x: octets(key.x), d }
  const { p, q, dp, dq, qi } = key
  const primes = { p: octets(p), q: octets(q), dp: octets(dp), dq: octets(dq), qi: octets(qi) }
  return { kty, n: octets(key.n), e: octets(key.e), d, ...(p === undefined ? {} : { primes }) }
}

function publicHandle(jwk: KnownKey): KeyHandle {
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  const publicKey = publicKeyOf(key)
  publicHandles++
  return {
    id: `public/${publicHandles}`,
    spec: specOf(publicKey, key.asymmetricKeyDetails?.modulusLength ?? 0),
    publicKey,
    load: () => assert.fail('verifying and encrypting need the public half alone'),
  }
}

function specOf(key: ReturnType<typeof publicKeyOf>, bits: number): KeyHandle['spec'] {
  if (key.kty === 'RSA') return { type: 'RSA', bits, publicExponent: Number(`0x${octets(key.e).toString('hex')}`) }
  if (key.kty === 'EC') return { type: 'EC', curve: key.crv }
  return { type: 'OKP', curve: key.crv }
}
