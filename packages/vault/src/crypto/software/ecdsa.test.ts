import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import type { EcSignatureRow } from '../algorithm-rows.ts'
import { SIGNATURES } from '../algorithms.ts'
import { CallQueue } from './call-queue.ts'
import { ecdsaSign, ecdsaVerify } from './ecdsa.ts'
import { EvpKey } from './evp-key.ts'
import { loadOpenssl } from './openssl.ts'

const NAMES = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1', secp256k1: 'secp256k1', SM2: 'SM2' }

async function keyFor({ curve }: EcSignatureRow): Promise<EvpKey> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: NAMES[curve] })
  const der = privateKey.export({ type: 'pkcs8', format: 'der' })
  return EvpKey.fromPrivate(await loadOpenssl(), der) ?? assert.fail('the key was not read')
}

/** A queue of one place that is taken until `end` is called. */
function takenQueue(): { readonly queue: CallQueue; readonly end: () => void } {
  const queue = new CallQueue(1)
  let end = (): void => {}
  void queue.run(() => new Promise<void>((resolve) => (end = resolve)))
  return { queue, end: () => end() }
}

describe('a signature on a curve', () => {
  it('is made and verified here when the curve is quick', async () => {
    const { queue, end } = takenQueue()
    const key = await keyFor(SIGNATURES.ES256)
    const digest = randomBytes(32)
    const signature = await ecdsaSign(key, queue, SIGNATURES.ES256, digest)
    assert.equal(await ecdsaVerify(key, queue, SIGNATURES.ES256, digest, signature), true)
    key.leave()
    end()
  })

  for (const row of [SIGNATURES.ES384, SIGNATURES.ES512, SIGNATURES.ES256K, SIGNATURES['SM2-SM3']]) {
    it(`waits for its turn on the thread pool on ${row.curve}, also when its key leaves meanwhile`, async () => {
      const { queue, end } = takenQueue()
      const [key, free] = [await keyFor(row), new CallQueue(1)]
      const digest = randomBytes(row.digestBytes)
      const other = await ecdsaSign(key, free, row, digest)
      let isDone = false
      const signing = ecdsaSign(key, queue, row, digest).finally(() => (isDone = true))
      const verifying = ecdsaVerify(key, queue, row, digest, other).finally(() => (isDone = true))
      const refusing = ecdsaVerify(key, queue, row, randomBytes(row.digestBytes), other)
      await new Promise(setImmediate)
      assert.equal(isDone, false)
      key.leave()
      end()
      assert.equal((await signing).byteLength, row.signatureBytes)
      assert.equal(await verifying, true)
      assert.equal(await refusing, false)
    })
  }
})
