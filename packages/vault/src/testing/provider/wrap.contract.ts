import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { WrapRow } from '../../crypto/algorithm-rows.ts'
import { WRAPS, type WrapAlgorithm } from '../../crypto/algorithms.ts'
import type { Provider } from '../../crypto/provider.ts'
import type { ContractProvider } from './contract-provider.ts'
import { flip } from './flip.ts'
import { fits, KeySet, SPECS } from './key-set.ts'
import { assertRefused } from './refusals.ts'

const ROWS = Object.entries(WRAPS) as readonly [WrapAlgorithm, WrapRow][]

/** Wrapping and unwrapping, for each row of the table. */
export function wrapContract(name: string, open: () => Promise<ContractProvider>): void {
  describe(`${name}: key wrapping`, () => {
    let opened: ContractProvider
    let provider: Provider
    let keys: KeySet
    before(async () => {
      opened = await open()
      provider = opened.provider
      keys = new KeySet(provider)
    })
    after(() => opened.close())

    for (const [algorithm, row] of ROWS) {
      it(`${algorithm} unwraps what it has wrapped`, async () => {
        const key = await keys.for(row)
        for (const length of [16, 24, 32, 64, 136]) {
          const plaintext = randomBytes(length)
          const wrapped = await provider.wrap(key, algorithm, { plaintext })
          assert.deepEqual(Object.keys(wrapped), ['ciphertext'])
          assert.deepEqual(Buffer.from(await provider.unwrap(key, algorithm, wrapped)), plaintext)
        }
      })

      it(`${algorithm} never gives the key out of a wrapping that was changed`, async () => {
        const key = await keys.for(row)
        const plaintext = randomBytes(32)
        const { ciphertext } = await provider.wrap(key, algorithm, { plaintext })
        for (const at of [0, 9, -1]) {
          const changed = provider.unwrap(key, algorithm, { ciphertext: flip(ciphertext, at) })
          // RSA1_5 answers octets that look random, so that nobody learns about the padding.
          if (algorithm !== 'RSA1_5') await assertRefused(changed, 'DecryptionFailed')
          else assert.notDeepEqual(await changed.then((octets) => Buffer.from(octets), () => undefined), plaintext)
        }
      })

      it(`${algorithm} refuses a wrapping of another length with the same fault`, async () => {
        const key = await keys.for(row)
        const { ciphertext } = await provider.wrap(key, algorithm, { plaintext: randomBytes(32) })
        const wrong = [0, 1, 8, 16, 23, 16_400].map((length) => new Uint8Array(length))
        for (const input of [...wrong, ciphertext.subarray(8), Buffer.concat([ciphertext, ciphertext])]) {
          const refused = provider.unwrap(key, algorithm, { ciphertext: input })
          await assertRefused(refused, 'DecryptionFailed')
        }
      })

      it(`${algorithm} takes neither iv nor tag nor additional data`, async () => {
        const key = await keys.for(row)
        const octets = randomBytes(16)
        const plain = { plaintext: octets }
        await assertRefused(provider.wrap(key, algorithm, { ...plain, iv: octets }), 'InvalidInput', 'iv')
        const withData = { ...plain, additionalData: octets }
        await assertRefused(provider.wrap(key, algorithm, withData), 'InvalidInput', 'aad')
        const wrapped = { ciphertext: octets, tag: octets }
        await assertRefused(provider.unwrap(key, algorithm, wrapped), 'InvalidInput', 'tag')
      })

      it(`${algorithm} refuses to wrap a length that does not fit`, async () => {
        const key = await keys.for(row)
        const wrong =
          row.keyType === 'RSA'
            ? [256 - row.overheadBytes + 1]
            : [0, 8, 15, 17, 20, row.maximumInputBytes + 8]
        for (const length of wrong) {
          const refused = provider.wrap(key, algorithm, { plaintext: new Uint8Array(length) })
          await assertRefused(refused, 'InvalidInput', 'value')
        }
      })

      it(`${algorithm} refuses keys of another type or size, in both directions`, async () => {
        for (const spec of SPECS.filter((spec) => !fits(spec, row))) {
          const other = await keys.of(spec)
          const octets = randomBytes(16)
          await assertRefused(provider.wrap(other, algorithm, { plaintext: octets }), 'AlgorithmUnfit')
          await assertRefused(provider.unwrap(other, algorithm, { ciphertext: octets }), 'AlgorithmUnfit')
        }
      })
    }
  })
}
