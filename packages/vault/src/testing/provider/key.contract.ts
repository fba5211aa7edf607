import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { isSymmetric } from '../../crypto/is-symmetric.ts'
import { keyName } from '../../crypto/key-name.ts'
import type { KeySpec } from '../../crypto/key-spec.ts'
import type { PrivateNumbers, Provider } from '../../crypto/provider.ts'
import { COOKBOOK_P521, COOKBOOK_RSA, EDWARDS, SM2_STANDARD } from '../known-answers/known-keys.ts'
import type { ContractProvider } from './contract-provider.ts'
import { flip } from './flip.ts'
import { handleOf, SPECS } from './key-set.ts'
import { numbersOf, octets } from './known-handle.ts'
import { assertRefused } from './refusals.ts'

type RsaNumbers = Extract<PrivateNumbers, { kty: 'RSA' }>

const MADE: readonly KeySpec[] = [
  ...SPECS,
  { type: 'RSA', bits: 3072, publicExponent: 65_537 },
  { type: 'RSA', bits: 4096, publicExponent: 65_537 },
  { type: 'RSA', bits: 2048, publicExponent: 65_539 },
  // Only to take the place of one that was imported.
  { type: 'oct', bits: 160 },
  { type: 'oct', bits: 512 },
  { type: 'HMAC', bits: 224 },
  { type: 'HMAC', bits: 1024 },
]

const NOT_MADE: readonly KeySpec[] = [
  ...[0, 512, 1024, 2047, 2049, 8192].map((bits) => ({ type: 'RSA', bits, publicExponent: 65_537 }) as const),
  ...[0, 1, 2, 3, 17, 65_535, 65_536, 2 ** 32, 65_537.5].map(
    (publicExponent) => ({ type: 'RSA', bits: 2048, publicExponent }) as const,
  ),
  ...[0, 129, 520].map((bits) => ({ type: 'oct', bits }) as const),
  ...[0, 120, 129, 1032].map((bits) => ({ type: 'HMAC', bits }) as const),
]

/** Making, taking and destroying keys. */
export function keyContract(name: string, open: () => Promise<ContractProvider>): void {
  describe(`${name}: keys`, () => {
    let opened: ContractProvider
    let provider: Provider
    before(async () => {
      opened = await open()
      provider = opened.provider
    })
    after(() => opened.close())

    for (const spec of MADE) {
      it(`makes ${keyName(spec)}, another each time`, async () => {
        const [one, other] = await Promise.all([provider.create(spec), provider.create(spec)])
        assert.deepEqual(one.spec, spec)
        assert.notDeepEqual(Buffer.from(one.material.reveal()), Buffer.from(other.material.reveal()))
        assert.equal(one.publicKey?.kty, isSymmetric(spec) ? undefined : spec.type)
        if (!isSymmetric(spec)) assert.notDeepEqual(one.publicKey, other.publicKey)
        if (one.publicKey?.kty !== 'RSA' || spec.type !== 'RSA') return
        assert.equal(octets(one.publicKey.n).byteLength, spec.bits / 8)
        assert.equal(Number(`0x${octets(one.publicKey.e).toString('hex')}`), spec.publicExponent)
      })
    }

    it('makes no key of another size, nor with a small or an even exponent', async () => {
      for (const spec of NOT_MADE) await assertRefused(provider.create(spec), 'InvalidInput')
    })

    it('takes keys of every type, and says what they are', async () => {
      const rsa = await provider.import(rsaNumbers())
      assert.deepEqual(rsa.spec, { type: 'RSA', bits: 2048, publicExponent: 65_537 })
      assert.deepEqual(rsa.publicKey, { kty: 'RSA', n: COOKBOOK_RSA.n, e: 'AQAB' })
      const okp = await provider.import(knownNumbers(EDWARDS))
      assert.deepEqual(okp.spec, { type: 'OKP', curve: 'Ed25519' })
      const ec = await provider.import(knownNumbers(COOKBOOK_P521))
      assert.deepEqual(ec.spec, { type: 'EC', curve: 'P-521' })
      for (const bytes of [1, 16, 20, 33, 64]) {
        const oct = await provider.import({ kty: 'oct', k: randomBytes(bytes) })
        assert.deepEqual(oct.spec, { type: 'oct', bits: bytes * 8 })
      }
      const sm2 = await provider.import(knownNumbers(SM2_STANDARD))
      assert.deepEqual(sm2.spec, { type: 'EC', curve: 'SM2' })
      assert.deepEqual(sm2.publicKey, { kty: 'EC', crv: 'SM2', x: SM2_STANDARD.x, y: SM2_STANDARD.y })
      const sm4 = await provider.import({ kty: 'SM4', k: randomBytes(16) })
      assert.deepEqual(sm4.spec, { type: 'SM4', bits: 128 })
      for (const bytes of [16, 20, 64, 128]) {
        const hmac = await provider.import({ kty: 'HMAC', k: randomBytes(bytes) })
        assert.deepEqual(hmac.spec, { type: 'HMAC', bits: bytes * 8 })
      }
    })

    it('takes numbers with zeros before them, or without those that JOSE wants', async () => {
      const zero = Uint8Array.of(0)
      const rsa = rsaNumbers()
      const padded = { ...rsa, n: Buffer.concat([zero, rsa.n]), d: Buffer.concat([zero, zero, rsa.d]) }
      assert.deepEqual((await provider.import(padded)).publicKey, (await provider.import(rsa)).publicKey)
      const ec = knownNumbers(COOKBOOK_P521)
      assert.ok(ec.kty === 'EC')
      const short = { ...ec, x: ec.x.subarray(1), d: Buffer.concat([zero, ec.d]) }
      assert.deepEqual((await provider.import(short)).publicKey, (await provider.import(ec)).publicKey)
      const sm2 = knownNumbers(SM2_STANDARD)
      assert.ok(sm2.kty === 'EC')
      const long = { ...sm2, x: Buffer.concat([zero, sm2.x]), d: Buffer.concat([zero, zero, sm2.d]) }
      assert.deepEqual((await provider.import(long)).publicKey, (await provider.import(sm2)).publicKey)
    })

    it('finds the primes of an RSA key that comes without', async () => {
      const { primes: _, ...bare } = rsaNumbers()
      const handle = handleOf(await provider.import(bare))
      const { ciphertext } = await provider.encrypt(handle, 'RSA-OAEP', { plaintext: octets('AQID') })
      assert.deepEqual(Buffer.from(await provider.decrypt(handle, 'RSA-OAEP', { ciphertext })), octets('AQID'))
    })

    it('takes no RSA numbers that do not belong together', async () => {
      const whole = rsaNumbers()
      const { primes, ...bare } = whole
      assert.ok(primes !== undefined)
      const zero = new Uint8Array(0)
      const wrong: readonly RsaNumbers[] = [
        { ...whole, n: flip(whole.n, 40) },
        { ...whole, d: flip(whole.d, -1) },
        { ...whole, d: flip(whole.d, 5) },
        { ...whole, e: octets('AQAD') },
        { ...whole, d: whole.n },
        { ...whole, d: zero },
        ...(['p', 'q', 'dp', 'dq', 'qi'] as const).flatMap((name) => [
          { ...whole, primes: { ...primes, [name]: flip(primes[name], -1) } },
          { ...whole, primes: { ...primes, [name]: zero } },
          { ...whole, primes: { ...primes, [name]: new Uint8Array(600).fill(1) } },
        ]),
        { ...whole, primes: { ...primes, p: primes.q, q: primes.p } },
        { ...bare, d: flip(bare.d, 30) },
        { ...bare, n: flip(bare.n, 30) },
        { ...bare, e: octets('AQAD') },
        { ...bare, d: octets('Aw') },
      ]
      for (const numbers of wrong) await assertRefused(provider.import(numbers), 'KeyInvalid')
    })

    it('takes no RSA key of another size, nor with a small, an even or a huge exponent', async () => {
      for (const modulusLength of [1024, 2056]) {
        await assertRefused(provider.import(madeRsa(modulusLength, 65_537)), 'KeyInvalid')
      }
      await assertRefused(provider.import(madeRsa(2048, 3)), 'KeyInvalid')
      const whole = rsaNumbers()
      for (const e of ['AA', 'AQ', 'Ag', 'AQAA', 'AQAAAAE']) {
        await assertRefused(provider.import({ ...whole, e: octets(e) }), 'KeyInvalid')
      }
      await assertRefused(provider.import({ ...whole, n: new Uint8Array(0) }), 'KeyInvalid')
    })

    it('takes no point off its curve, nor a number that does not belong to it', async () => {
      const ec = knownNumbers(COOKBOOK_P521)
      assert.ok(ec.kty === 'EC')
      const zero = new Uint8Array(66)
      const wrong: readonly PrivateNumbers[] = [
        { ...ec, y: flip(ec.y, -1) },
        { ...ec, x: zero, y: zero },
        { ...ec, d: flip(ec.d, -1) },
        { ...ec, d: zero },
        { ...ec, d: new Uint8Array(66).fill(255) },
        { ...ec, d: new Uint8Array(67).fill(1) },
        { ...ec, x: new Uint8Array(70).fill(1) },
        { ...ec, crv: 'P-256' },
        { ...ec, crv: 'P-384' },
        { ...ec, crv: 'brainpoolP512r1' },
        { ...ec, crv: '' },
        { ...ec, crv: 'SM2' },
        ...wrongSm2Numbers(),
      ]
      for (const numbers of wrong) await assertRefused(provider.import(numbers), 'KeyInvalid')
    })

    it('takes no Edwards key whose halves differ, nor a symmetric one that is empty or too long', async () => {
      const okp = knownNumbers(EDWARDS)
      assert.ok(okp.kty === 'OKP')
      const wrong: readonly PrivateNumbers[] = [
        { ...okp, x: flip(okp.x, 0) },
        { ...okp, d: okp.d.subarray(1) },
        { ...okp, x: Buffer.concat([okp.x, okp.x]) },
        { ...okp, crv: 'X25519' },
        { ...okp, crv: 'Ed448' },
        { kty: 'oct', k: new Uint8Array(0) },
        { kty: 'oct', k: new Uint8Array(65) },
        ...[0, 15, 17, 32].map((bytes) => ({ kty: 'SM4', k: new Uint8Array(bytes) }) as const),
        ...[0, 15, 129].map((bytes) => ({ kty: 'HMAC', k: new Uint8Array(bytes) }) as const),
      ]
      for (const numbers of wrong) await assertRefused(provider.import(numbers), 'KeyInvalid')
    })

    it('destroys a key, and is content when nothing is left of it', async () => {
      const handle = handleOf(await provider.create({ type: 'EC', curve: 'P-256' }))
      await provider.sign(handle, 'ES256', new Uint8Array(32))
      await provider.destroy(handle)
      await provider.destroy(handle)
    })
  })
}

function knownNumbers(key: Parameters<typeof numbersOf>[0]): PrivateNumbers {
  const numbers = numbersOf(key)
  assert.ok(numbers !== undefined)
  return numbers
}

/** The numbers of no key on SM2; n − 1 is no private number there, though it is on other curves. */
function wrongSm2Numbers(): readonly PrivateNumbers[] {
  const sm2 = knownNumbers(SM2_STANDARD)
  assert.ok(sm2.kty === 'EC')
  const zero = new Uint8Array(32)
  const order = Buffer.from('FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123', 'hex')
  return [
    { ...sm2, y: flip(sm2.y, -1) },
    { ...sm2, x: zero, y: zero },
    { ...sm2, d: flip(sm2.d, -1) },
    { ...sm2, d: zero },
    { ...sm2, d: order },
    { ...sm2, d: new Uint8Array(32).fill(255) },
    { ...sm2, d: new Uint8Array(33).fill(1) },
    { ...sm2, x: new Uint8Array(33).fill(1) },
    { ...sm2, crv: 'P-256' },
    lastNumberOfSm2(),
  ]
}

/** d = n − 1 with its point, the base point mirrored: a pair, but one that SM2 excludes. */
function lastNumberOfSm2(): PrivateNumbers {
  const octets = (hex: string): Buffer => Buffer.from(hex, 'hex')
  return {
    kty: 'EC',
    crv: 'SM2',
    x: octets('32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7'),
    y: octets('43C8C95C0B098863A642311C9496DEAC2F56788239D5B8C0FD20CD1ADEC60F5F'),
    d: octets('FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54122'),
  }
}

function rsaNumbers(): RsaNumbers {
  const numbers = knownNumbers(COOKBOOK_RSA)
  assert.ok(numbers.kty === 'RSA')
  return numbers
}

function madeRsa(modulusLength: number, publicExponent: number): PrivateNumbers {
  const pem = { type: 'pkcs8', format: 'pem' } as const
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength,
    publicExponent,
    privateKeyEncoding: pem,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const { n = '', e = '', d = '' } = createPrivateKey(privateKey).export({ format: 'jwk' })
  return { kty: 'RSA', n: octets(n), e: octets(e), d: octets(d) }
}
