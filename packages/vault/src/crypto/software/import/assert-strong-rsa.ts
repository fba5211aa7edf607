import { RSA_BITS, RSA_EXPONENTS } from '../../key-limits.ts'
import { hasRocaFingerprint } from './has-roca-fingerprint.ts'
import { keyInvalid } from './key-invalid.ts'
import { bitLength } from './octets.ts'
import type { Primes } from './recover-primes.ts'

/**
 * Holds the public numbers against what is taken.
 * @returns bits of the modulus.
 * @throws Fault KeyInvalid
 */
export function assertStrongPublic(n: bigint, e: bigint): number {
  const bits = bitLength(n)
  if (!RSA_BITS.includes(bits)) {
    throw keyInvalid(`its modulus n has ${bits} bits, it must have ${RSA_BITS.join(', ')}`)
  }
  const { minimum, maximum } = RSA_EXPONENTS
  if (e % 2n === 0n || e < minimum || e > maximum) {
    throw keyInvalid(`its exponent e must be an odd number from ${minimum} to ${maximum}`)
  }
  if (n % 2n === 0n) throw keyInvalid('its modulus n is even')
  if (hasRocaFingerprint(n)) {
    const reason = 'it seems to come from a faulty generator (CVE-2017-15361)'
    throw keyInvalid(`${reason}; make a new key elsewhere`)
  }
  return bits
}

/**
 * Refuses private numbers that would let the modulus be factored: a short d (Wiener, Boneh and
 * Durfee), primes close to each other (Fermat), or one that is short. The bounds are those of FIPS
 * 186-5 §A.1.1 and §A.1.3, the length of the primes a little wider, for makers who do not fix it.
 * @throws Fault KeyInvalid
 */
export function assertStrongPrivate(bits: number, d: bigint, { p, q }: Primes): void {
  const half = bits / 2
  if (bitLength(d) <= half) {
    throw keyInvalid(`its exponent d is too short, it must exceed ${half} bits`)
  }
  if (Math.min(bitLength(p), bitLength(q)) < half - 8) {
    const reason = 'its modulus n has a small factor'
    throw keyInvalid(`${reason}, its primes must have about ${half} bits each`)
  }
  if (bitLength(p > q ? p - q : q - p) <= half - 100) {
    throw keyInvalid('its primes p and q are too close to each other')
  }
}
