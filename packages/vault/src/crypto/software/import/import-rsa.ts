import type { JsonWebKeyInput } from 'node:crypto'
import type { NewKey, PrivateNumbers } from '../../provider.ts'
import { assertStrongPrivate, assertStrongPublic } from './assert-strong-rsa.ts'
import { keyInvalid } from './key-invalid.ts'
import { toBase64url, toNumber, withoutLeadingZeros } from './octets.ts'
import type { PairChecker } from './pair-checker.ts'
import { inverse, recoverPrimes, type Primes } from './recover-primes.ts'

export type RsaNumbers = Extract<PrivateNumbers, { kty: 'RSA' }>

/** Octets of the largest modulus; nothing is computed with a longer number. */
const MAXIMUM_BYTES = 512

/**
 * Takes an RSA key whose numbers belong together and are not known to be weak.
 * @throws Fault KeyInvalid
 */
export async function importRsa(numbers: RsaNumbers, checker: PairChecker): Promise<NewKey> {
  const n = numberOf(numbers.n, 'n')
  const e = numberOf(numbers.e, 'e')
  const d = numberOf(numbers.d, 'd')
  const bits = assertStrongPublic(n, e)
  if (d >= n) throw keyInvalid('its exponent d is not below its modulus n')
  const primes = numbers.primes === undefined ? recoverPrimes(n, e, d) : givenPrimes(numbers.primes)
  if (primes === undefined || primes.p * primes.q !== n) {
    throw keyInvalid(
      numbers.primes === undefined
        ? 'its numbers n, e and d do not belong together'
        : 'its modulus n is not the product of p and q',
    )
  }
  assertStrongPrivate(bits, d, primes)
  const jwk: JsonWebKeyInput['key'] = {
    kty: 'RSA',
    n: toBase64url(n),
    e: toBase64url(e),
    d: toBase64url(d),
    p: toBase64url(primes.p),
    q: toBase64url(primes.q),
    ...crtNumbers(numbers, d, primes),
  }
  const reason = 'its numbers do not belong together, or p and q are not both prime'
  const spec = { type: 'RSA', bits, publicExponent: Number(e) } as const
  return checker.checked(spec, { key: jwk, format: 'jwk' }, reason)
}

type CrtName = 'dp' | 'dq' | 'qi'

function crtNumbers(numbers: RsaNumbers, d: bigint, { p, q }: Primes): Record<CrtName, string> {
  const given = numbers.primes
  if (given !== undefined) {
    return {
      dp: toBase64url(numberOf(given.dp, 'dp')),
      dq: toBase64url(numberOf(given.dq, 'dq')),
      qi: toBase64url(numberOf(given.qi, 'qi')),
    }
  }
  const qi = inverse(q, p)
  if (qi === undefined) throw keyInvalid('its primes p and q are the same')
  return { dp: toBase64url(d % (p - 1n)), dq: toBase64url(d % (q - 1n)), qi: toBase64url(qi) }
}

function givenPrimes(primes: NonNullable<RsaNumbers['primes']>): Primes {
  return { p: numberOf(primes.p, 'p'), q: numberOf(primes.q, 'q') }
}

function numberOf(octets: Uint8Array, name: string): bigint {
  const digits = withoutLeadingZeros(octets)
  if (digits.byteLength === 0) throw keyInvalid(`its number ${name} is zero`)
  if (digits.byteLength > MAXIMUM_BYTES) {
    throw keyInvalid(`its number ${name} has more than 4096 bits`)
  }
  return toNumber(digits)
}
