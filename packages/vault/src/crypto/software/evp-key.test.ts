import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, hash, verify } from 'node:crypto'
import { describe, it } from 'node:test'
import type { RsaSignatureRow } from '../algorithm-rows.ts'
import { ENCRYPTIONS, SIGNATURES } from '../algorithms.ts'
import { CallQueue } from './call-queue.ts'
import { EvpKey } from './evp-key.ts'
import { loadOpenssl, type Openssl } from './openssl.ts'

const message = 'a message'
const digest = hash('sha256', message, 'buffer')

function rsa(): { readonly pkcs8: Buffer; readonly spki: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  return { pkcs8: privateKey, spki: publicKey }
}

describe('a key in OpenSSL', () => {
  it('finishes the calls that are on a thread or wait for one, when it leaves meanwhile', async () => {
    const { pkcs8, spki } = rsa()
    const key = EvpKey.fromPrivate(await loadOpenssl(), pkcs8)
    assert.ok(key !== undefined)
    const queue = new CallQueue(2)
    const outputs = Array.from({ length: 10 }, () => Buffer.alloc(256))
    const calls = outputs.map((output) => key.transformOnPool(queue, 'sign', SIGNATURES.RS256, digest, output))
    key.leave()
    assert.deepEqual(await Promise.all(calls), Array.from({ length: 10 }, () => 256))
    const publicKey = createPublicKey({ key: spki, type: 'spki', format: 'der' })
    for (const output of outputs) assert.ok(verify('sha256', message, publicKey, output))
    key.leave()
    assert.throws(() => key.verify(SIGNATURES.RS256, digest, Buffer.alloc(256)), /has left/)
  })

  it('is none when the octets are none', async () => {
    const openssl = await loadOpenssl()
    const { pkcs8, spki } = rsa()
    for (const wrong of [Buffer.alloc(0), Buffer.alloc(100), pkcs8.subarray(0, 200), spki]) {
      assert.equal(EvpKey.fromPrivate(openssl, wrong), undefined)
    }
    for (const wrong of [Buffer.alloc(0), Buffer.alloc(100), spki.subarray(0, 200), pkcs8]) {
      assert.equal(EvpKey.fromPublic(openssl, wrong), undefined)
    }
  })

  it('gives back every context and the key, once each, also those that failed', async () => {
    const openssl = await loadOpenssl()
    const alive = new Map<bigint, number>()
    const counting: Openssl = {
      ...openssl,
      EVP_PKEY_CTX_new(key, engine) {
        const context = openssl.EVP_PKEY_CTX_new(key, engine)
        if (context !== null) alive.set(context, (alive.get(context) ?? 0) + 1)
        return context
      },
      EVP_PKEY_CTX_free(context) {
        alive.set(context, (alive.get(context) ?? 0) - 1)
        openssl.EVP_PKEY_CTX_free(context)
      },
      EVP_PKEY_free(key) {
        alive.set(key, (alive.get(key) ?? 0) - 1)
        openssl.EVP_PKEY_free(key)
      },
      d2i_AutoPrivateKey(into, from, length) {
        const key = openssl.d2i_AutoPrivateKey(into, from, length)
        if (key !== null) alive.set(key, (alive.get(key) ?? 0) + 1)
        return key
      },
    }
    const key = EvpKey.fromPrivate(counting, rsa().pkcs8)
    assert.ok(key !== undefined)
    const queue = new CallQueue(3)
    const block = Buffer.alloc(256)
    const { RS256, PS256 } = SIGNATURES
    for (let round = 0; round < 5; round++) {
      const sign = (row: RsaSignatureRow): Promise<number | undefined> =>
        key.transformOnPool(queue, 'sign', row, digest, Buffer.alloc(256))
      const written = await Promise.all([RS256, PS256, RS256, RS256].map(sign))
      assert.deepEqual(written, [256, 256, 256, 256])
      const row = ENCRYPTIONS['RSA-OAEP']
      assert.equal(await key.transformOnPool(queue, 'decrypt', row, block, Buffer.alloc(256)), undefined)
      assert.equal(key.verify(RS256, digest, block), false)
      assert.equal(await key.isConsistent(queue), true)
    }
    key.leave()
    key.leave()
    assert.ok(alive.size > 4)
    assert.deepEqual(new Set(alive.values()), new Set([0]))
  })
})
