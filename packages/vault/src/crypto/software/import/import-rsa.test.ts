import assert from 'node:assert/strict'
import { checkPrimeSync, generatePrimeSync, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { isFault } from '../../../fault.ts'
import type { PrivateNumbers } from '../../provider.ts'
import { SoftwareProvider } from '../software-provider.ts'
import { hasRocaFingerprint } from './has-roca-fingerprint.ts'
import { toBase64url } from './octets.ts'
import { inverse, recoverPrimes } from './recover-primes.ts'

const E = 65_537n

function octets(number: bigint): Uint8Array {
  return Buffer.from(toBase64url(number), 'base64url')
}

/** A whole and consistent key of these primes, however weak. */
function keyOf(p: bigint, q: bigint, e = E): PrivateNumbers {
  const d = inverse(e, (p - 1n) * (q - 1n)) ?? assert.fail('e has no inverse')
  const qi = inverse(q, p) ?? assert.fail('q has no inverse')
  const primes = { p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi }
  const written = Object.fromEntries(Object.entries(primes).map(([name, value]) => [name, octets(value)]))
  return {
    kty: 'RSA',
    n: octets(p * q),
    e: octets(e),
    d: octets(d),
    primes: written as Record<keyof typeof primes, Uint8Array>,
  }
}

/** A prime of so many bits, the two highest set, to which e has an inverse. */
function prime(bits: number): bigint {
  for (;;) {
    const found = generatePrimeSync(bits, { bigint: true })
    if (found >> BigInt(bits - 2) === 3n && (found - 1n) % E !== 0n) return found
  }
}

function nextPrime(from: bigint): bigint {
  for (let next = from | 1n; ; next += 2n) {
    if ((next - 1n) % E !== 0n && checkPrimeSync(next)) return next
  }
}

/** A prime as the faulty generator made it: k·M + (65537^a mod M), M the product of 126 primes. */
function rocaPrime(): bigint {
  const small = Array.from({ length: 701 }, (_, index) => index + 2).filter((candidate) =>
    Array.from({ length: candidate - 2 }, (_, index) => index + 2).every((divisor) => candidate % divisor !== 0),
  )
  const product = small.slice(0, 126).reduce((all, one) => all * BigInt(one), 1n)
  const bits = BigInt(product.toString(2).length)
  for (;;) {
    const [power, factor] = [randomBytes(8), randomBytes(8)].map((random) => random.readBigUInt64BE())
    let residue = 1n
    for (let round = 0n; round < (power ?? 0n) % 1000n; round++) residue = (residue * E) % product
    const high = (3n << 1022n) / product + ((factor ?? 0n) >> (64n - (1020n - bits)))
    const candidate = high * product + residue
    if (candidate.toString(2).length === 1024 && checkPrimeSync(candidate)) return candidate
  }
}

describe('an RSA key that comes from elsewhere', () => {
  let provider: SoftwareProvider
  before(async () => {
    provider = await SoftwareProvider.open()
  })
  after(() => provider.close())

  async function assertInvalid(numbers: PrivateNumbers, reason: RegExp): Promise<void> {
    await assert.rejects(provider.import(numbers), (thrown) => {
      assert.ok(isFault(thrown, 'KeyInvalid'), String(thrown))
      assert.match(thrown.detail.reason, reason)
      return true
    })
  }

  it('is taken when there is nothing wrong with it', async () => {
    const key = await provider.import(keyOf(prime(1024), prime(1024)))
    assert.deepEqual(key.spec, { type: 'RSA', bits: 2048, publicExponent: 65_537 })
  })

  it('is refused when it bears the marks of the faulty generator', async () => {
    await assertInvalid(keyOf(rocaPrime(), rocaPrime()), /faulty generator/)
  })

  it('is refused when its primes are close to each other', async () => {
    const p = prime(1024)
    await assertInvalid(keyOf(nextPrime(p + (1n << 600n)), p), /close to each other/)
    await assertInvalid(keyOf(p, nextPrime(p + 2n)), /close to each other/)
  })

  it('is refused when one of its primes is short', async () => {
    await assertInvalid(keyOf(prime(1848), prime(200)), /small factor/)
  })

  it('is refused when its numbers agree but are not prime', async () => {
    const p = prime(512) * prime(512)
    await assertInvalid(keyOf(p, prime(1024)), /not both prime|belong together/)
  })

  it('is refused when its private exponent is short', async () => {
    const [p, q] = [prime(1024), prime(1024)]
    const d = nextPrime(1n << 300n)
    const e = inverse(d, (p - 1n) * (q - 1n)) ?? assert.fail('d has no inverse')
    await assertInvalid(keyOf(p, q, e), /exponent e must be/)
    const short = { kty: 'RSA', n: octets(p * q), e: octets(E), d: octets(d) } as const
    await assertInvalid(short, /belong together/)
  })

  it('shows its primes by n, e and d, for both ways to compute d', () => {
    const [p, q] = [prime(1024), prime(1024)]
    const phi = (p - 1n) * (q - 1n)
    const shared = greatestDivisor(p - 1n, q - 1n)
    for (const order of [phi, phi / shared]) {
      const d = inverse(E, order) ?? assert.fail('e has no inverse')
      const found = recoverPrimes(p * q, E, d)
      assert.deepEqual(new Set([found?.p, found?.q]), new Set([p, q]))
      assert.equal(recoverPrimes(p * q, E, d + 2n), undefined)
      assert.equal(recoverPrimes(p * q + 2n, E, d), undefined)
    }
  })

  it('is not taken for one of the faulty generator by chance', () => {
    for (let round = 0; round < 200; round++) {
      assert.equal(hasRocaFingerprint(BigInt(`0x${randomBytes(256).toString('hex')}`) | 1n), false)
    }
  })
})

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b)
}
