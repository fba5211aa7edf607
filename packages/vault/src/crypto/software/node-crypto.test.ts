import assert from 'node:assert/strict'
import {
  constants,
  createPrivateKey,
  createPublicKey,
  hash,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { handleOf } from '../../testing/provider/key-set.ts'
import type { KeySpec } from '../key-spec.ts'
import type { KeyHandle, NewKey } from '../provider.ts'
import { SoftwareProvider } from './software-provider.ts'

const RSA: KeySpec = { type: 'RSA', bits: 2048, publicExponent: 65_537 }
const PSS = constants.RSA_PKCS1_PSS_PADDING

/** Each signature over a digest, and how node:crypto makes it of the message. */
const SIGNED = [
  ['RS256', RSA, 'sha256', {}],
  ['RS384', RSA, 'sha384', {}],
  ['RS512', RSA, 'sha512', {}],
  ['PS256', RSA, 'sha256', { padding: PSS, saltLength: 32 }],
  ['PS384', RSA, 'sha384', { padding: PSS, saltLength: 48 }],
  ['PS512', RSA, 'sha512', { padding: PSS, saltLength: 64 }],
  ['ES256', { type: 'EC', curve: 'P-256' }, 'sha256', { dsaEncoding: 'ieee-p1363' }],
  ['ES384', { type: 'EC', curve: 'P-384' }, 'sha384', { dsaEncoding: 'ieee-p1363' }],
  ['ES512', { type: 'EC', curve: 'P-521' }, 'sha512', { dsaEncoding: 'ieee-p1363' }],
  ['ES256K', { type: 'EC', curve: 'secp256k1' }, 'sha256', { dsaEncoding: 'ieee-p1363' }],
] as const satisfies readonly (readonly [string, KeySpec, string, object])[]

const ENCRYPTED = [
  ['RSA1_5', { padding: constants.RSA_PKCS1_PADDING }],
  ['RSA-OAEP', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }],
  ['RSA-OAEP-256', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }],
] as const

describe('the software provider and node:crypto', () => {
  let provider: SoftwareProvider
  const rsa: { handle?: KeyHandle; key?: KeyObject } = {}
  before(async () => {
    provider = await SoftwareProvider.open()
    const made = await provider.create(RSA)
    rsa.handle = handleOf(made)
    rsa.key = privateKeyOf(made)
  })
  after(() => provider.close())

  async function keyFor(spec: KeySpec): Promise<{ handle: KeyHandle; key: KeyObject }> {
    const { handle, key } = rsa
    if (spec.type === 'RSA' && handle !== undefined && key !== undefined) return { handle, key }
    const made = await provider.create(spec)
    return { handle: handleOf(made), key: privateKeyOf(made) }
  }

  for (const [algorithm, spec, hashName, options] of SIGNED) {
    it(`verify each other's ${algorithm}`, async () => {
      const { handle, key } = await keyFor(spec)
      const publicKey = createPublicKey(key)
      // Enough rounds for numbers r and s that begin with zeros.
      for (let round = 0; round < (spec.type === 'RSA' ? 5 : 100); round++) {
        const message = randomBytes(40)
        const digest = hash(hashName, message, 'buffer')
        const own = await provider.sign(handle, algorithm, digest)
        assert.ok(verify(hashName, message, { key: publicKey, ...options }, own))
        const theirs = sign(hashName, message, { key, ...options })
        assert.equal(await provider.verify(handle, algorithm, digest, theirs), true)
      }
    })
  }

  for (const [algorithm, options] of ENCRYPTED) {
    it(`decrypt each other's ${algorithm}`, async () => {
      const { handle, key } = await keyFor(RSA)
      const plaintext = randomBytes(32)
      const { ciphertext } = await provider.encrypt(handle, algorithm, { plaintext })
      assert.deepEqual(privateDecrypt({ key, ...options }, ciphertext), plaintext)
      const theirs = publicEncrypt({ key: createPublicKey(key), ...options }, plaintext)
      const own = await provider.decrypt(handle, algorithm, { ciphertext: theirs })
      assert.deepEqual(Buffer.from(own), plaintext)
    })
  }

  it('go on signing while keys come and go in a room for few', async () => {
    const small = await SoftwareProvider.open({ heldKeys: 2, callsOnPool: 2 })
    const made = [RSA, RSA, RSA, { type: 'EC', curve: 'P-256' } as const].map((spec) => small.create(spec))
    const keys = await Promise.all(made)
    const message = randomBytes(40)
    const digest = hash('sha256', message, 'buffer')
    const signOnce = async (round: number): Promise<void> => {
      const key = keys[round % keys.length] ?? assert.fail()
      const handle = handleOf(key)
      const isRsa = key.spec.type === 'RSA'
      const signature = await small.sign(handle, isRsa ? 'RS256' : 'ES256', digest)
      const publicKey = createPublicKey(privateKeyOf(key))
      assert.ok(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature))
    }
    await Promise.all(Array.from({ length: 200 }, (_, round) => signOnce(round)))
    small.close()
  })

  it('leave nothing behind that TLS or another call would stumble over, after failures', async () => {
    const { handle } = await keyFor(RSA)
    for (let round = 0; round < 40; round++) {
      const wrong = { ciphertext: randomBytes(256).fill(0, 0, 1) }
      await assert.rejects(provider.decrypt(handle, 'RSA-OAEP', wrong), { code: 'DecryptionFailed' })
      assert.equal(await provider.verify(handle, 'RS256', new Uint8Array(32), wrong.ciphertext), false)
    }
    assert.throws(() => createPrivateKey('no key'), { code: 'ERR_OSSL_UNSUPPORTED' })
  })
})

function privateKeyOf({ material }: NewKey): KeyObject {
  return createPrivateKey({ key: Buffer.from(material.reveal()), type: 'pkcs8', format: 'der' })
}
