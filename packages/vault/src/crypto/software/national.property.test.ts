import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { flip } from '../../testing/provider/flip.ts'
import { handleOf } from '../../testing/provider/key-set.ts'
import { assertRefused } from '../../testing/provider/refusals.ts'
import { MACS, type MacAlgorithm } from '../algorithms.ts'
import type { KeyHandle } from '../provider.ts'
import { sm2JoinedCiphertext } from './sm2-ciphertext.ts'
import { SoftwareProvider } from './software-provider.ts'

const octets = fc.uint8Array({ maxLength: 400 })
const some = fc.uint8Array({ minLength: 1, maxLength: 400 })
const place = fc.nat(10_000)
const macs = Object.keys(MACS) as MacAlgorithm[] // the keys of that record

describe('SM2, SM4 and codes, whatever the octets', () => {
  let provider: SoftwareProvider
  let sm2: KeyHandle
  let sm4: KeyHandle
  before(async () => {
    provider = await SoftwareProvider.open()
    sm2 = handleOf(await provider.create({ type: 'EC', curve: 'SM2' }))
    sm4 = handleOf(await provider.create({ type: 'SM4', bits: 128 }))
  })
  after(() => provider.close())

  it('come back from SM4-GCM, unless one bit of any part was changed', async () => {
    const part = fc.constantFrom('ciphertext', 'iv', 'tag', 'additionalData')
    const property = fc.asyncProperty(some, some, part, place, async (plaintext, additionalData, name, at) => {
      const sealed = await provider.encrypt(sm4, 'SM4-GCM', { plaintext, additionalData })
      const whole = { ...sealed, additionalData }
      const opened = await provider.decrypt(sm4, 'SM4-GCM', whole)
      assert.deepEqual(Buffer.from(opened), Buffer.from(plaintext))
      const one = whole[name] ?? assert.fail()
      const changed = { ...whole, [name]: flip(one, at % one.byteLength) }
      await assertRefused(provider.decrypt(sm4, 'SM4-GCM', changed), 'DecryptionFailed')
    })
    await fc.assert(property)
  })

  it('come back from SM4 in CBC and ECB with padding', async () => {
    const algorithms = fc.constantFrom('SM4-CBC-PAD' as const, 'SM4-ECB-PAD' as const)
    const property = fc.asyncProperty(octets, algorithms, async (plaintext, algorithm) => {
      const encrypted = await provider.encrypt(sm4, algorithm, { plaintext, makesIv: true })
      assert.equal(encrypted.ciphertext.byteLength, plaintext.byteLength - (plaintext.byteLength % 16) + 16)
      const opened = await provider.decrypt(sm4, algorithm, encrypted)
      assert.deepEqual(Buffer.from(opened), Buffer.from(plaintext))
    })
    await fc.assert(property)
  })

  it('come back from SM2PKE in both forms, unless one bit was changed', async () => {
    const property = fc.asyncProperty(some, place, fc.boolean(), async (plaintext, at, isJoined) => {
      const { ciphertext: der } = await provider.encrypt(sm2, 'SM2PKE', { plaintext })
      const ciphertext = isJoined ? sm2JoinedCiphertext(der) : der
      const opened = await provider.decrypt(sm2, 'SM2PKE', { ciphertext })
      assert.deepEqual(Buffer.from(opened), Buffer.from(plaintext))
      const changed = flip(ciphertext, at % ciphertext.byteLength)
      await assertRefused(provider.decrypt(sm2, 'SM2PKE', { ciphertext: changed }), 'DecryptionFailed')
    })
    await fc.assert(property)
  })

  it('are no ciphertext of SM2, and no signature', async () => {
    const property = fc.asyncProperty(some, async (random) => {
      await assertRefused(provider.decrypt(sm2, 'SM2PKE', { ciphertext: random }), 'DecryptionFailed')
      const digest = new Uint8Array(32)
      assert.equal(await provider.verify(sm2, 'SM2-SM3', digest, random), false)
      assert.equal(await provider.verify(sm2, 'SM2-SM3', digest, Buffer.alloc(64, random)), false)
    })
    await fc.assert(property)
  })

  it('have a code that is right for them and no others', async () => {
    const key = fc.uint8Array({ minLength: 16, maxLength: 128 })
    const property = fc.asyncProperty(key, some, fc.constantFrom(...macs), place, async (k, message, algorithm, at) => {
      const handle = handleOf(await provider.import({ kty: 'HMAC', k }))
      const code = await provider.generateMac(handle, algorithm, message)
      assert.equal(await provider.verifyMac(handle, algorithm, message, code), true)
      const other = flip(message, at % message.byteLength)
      assert.equal(await provider.verifyMac(handle, algorithm, other, code), false)
      assert.equal(await provider.verifyMac(handle, algorithm, message, flip(code, at % code.byteLength)), false)
    })
    await fc.assert(property)
  })
})
