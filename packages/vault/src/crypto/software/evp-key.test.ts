import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, hash, verify } from 'node:crypto'
import { describe, it } from 'node:test'
import { SIGNATURES } from '../algorithms.ts'
import { CallQueue } from './call-queue.ts'
import { EvpKey } from './evp-key.ts'
import { loadOpenssl } from './openssl.ts'

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

  it('gives its memory back', async () => {
    const openssl = await loadOpenssl()
    const { pkcs8 } = rsa()
    const queue = new CallQueue(4)
    const round = async (): Promise<void> => {
      const key = EvpKey.fromPrivate(openssl, pkcs8)
      assert.ok(key !== undefined)
      await key.transformOnPool(queue, 'sign', SIGNATURES.RS256, digest, Buffer.alloc(256))
      key.leave()
    }
    for (let index = 0; index < 100; index++) await round()
    const before = process.memoryUsage.rss()
    for (let index = 0; index < 1500; index++) await round()
    // Kept, they would take 7 KB each, 10 MB in all.
    assert.ok(process.memoryUsage.rss() - before < 6_000_000)
  })
})
