import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { MacRow } from '../../crypto/algorithm-rows.ts'
import { MACS, type MacAlgorithm } from '../../crypto/algorithms.ts'
import type { Provider } from '../../crypto/provider.ts'
import type { ContractProvider } from './contract-provider.ts'
import { flip } from './flip.ts'
import { fits, KeySet, SPECS } from './key-set.ts'
import { assertRefused } from './refusals.ts'

const ROWS = Object.entries(MACS) as readonly [MacAlgorithm, MacRow][]

/** Making and verifying authentication codes, for each row of the table. */
export function macContract(name: string, open: () => Promise<ContractProvider>): void {
  describe(`${name}: authentication codes`, () => {
    let opened: ContractProvider
    let provider: Provider
    let keys: KeySet
    let others: KeySet
    before(async () => {
      opened = await open()
      provider = opened.provider
      keys = new KeySet(provider)
      others = new KeySet(provider)
    })
    after(() => opened.close())

    for (const [algorithm, row] of ROWS) {
      it(`${algorithm} verifies its own codes of messages of any length, and nothing else`, async () => {
        const key = await keys.for(row)
        for (const length of [0, 1, 63, 64, 65, 128, 1000, row.maximumInputBytes]) {
          const message = randomBytes(length)
          const code = await provider.generateMac(key, algorithm, message)
          assert.equal(code.byteLength, row.macBytes)
          assert.deepEqual(await provider.generateMac(key, algorithm, message), code)
          assert.equal(await provider.verifyMac(key, algorithm, message, code), true)
          for (const at of [0, 10, -1]) {
            assert.equal(await provider.verifyMac(key, algorithm, message, flip(code, at)), false)
          }
          if (length === 0) continue
          assert.equal(await provider.verifyMac(key, algorithm, flip(message, 0), code), false)
          assert.equal(await provider.verifyMac(key, algorithm, message.subarray(1), code), false)
        }
      })

      it(`${algorithm} calls a code of another length wrong, not an error`, async () => {
        const key = await keys.for(row)
        const message = randomBytes(40)
        const code = await provider.generateMac(key, algorithm, message)
        const malformed = [
          new Uint8Array(0),
          code.subarray(0, 16),
          code.subarray(0, -1),
          Buffer.concat([code, Uint8Array.of(0)]),
          Buffer.concat([code, code]),
        ]
        for (const wrong of malformed) {
          assert.equal(await provider.verifyMac(key, algorithm, message, wrong), false)
        }
      })

      it(`${algorithm} tells the codes of two keys apart`, async () => {
        const [key, other] = [await keys.for(row), await others.for(row)]
        const message = randomBytes(40)
        const code = await provider.generateMac(other, algorithm, message)
        assert.equal(await provider.verifyMac(other, algorithm, message, code), true)
        assert.equal(await provider.verifyMac(key, algorithm, message, code), false)
      })

      it(`${algorithm} refuses a message that is too long, and keys of another type`, async () => {
        const key = await keys.for(row)
        const long = new Uint8Array(row.maximumInputBytes + 1)
        await assertRefused(provider.generateMac(key, algorithm, long), 'InvalidInput', 'message')
        await assertRefused(provider.verifyMac(key, algorithm, long, long), 'InvalidInput', 'message')
        for (const spec of SPECS.filter((spec) => !fits(spec, row))) {
          const unfit = await keys.of(spec)
          const octets = randomBytes(row.macBytes)
          await assertRefused(provider.generateMac(unfit, algorithm, octets), 'AlgorithmUnfit')
          await assertRefused(provider.verifyMac(unfit, algorithm, octets, octets), 'AlgorithmUnfit')
        }
      })
    }

    it('come by every algorithm from keys of every size that is made', async () => {
      for (const bits of [128, 224, 256, 384, 512, 1024]) {
        const key = await keys.of({ type: 'HMAC', bits })
        for (const [algorithm, row] of ROWS) {
          const code = await provider.generateMac(key, algorithm, Buffer.from('Hi There'))
          assert.equal(code.byteLength, row.macBytes)
        }
      }
    })
  })
}
