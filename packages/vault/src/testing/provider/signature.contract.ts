import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import type { SignatureRow } from '../../crypto/algorithm-rows.ts'
import { SIGNATURES, type SignatureAlgorithm } from '../../crypto/algorithms.ts'
import type { Provider } from '../../crypto/provider.ts'
import type { ContractProvider } from './contract-provider.ts'
import { flip } from './flip.ts'
import { fits, handleOf, KeySet, SPECS } from './key-set.ts'
import { assertRefused } from './refusals.ts'

const ROWS = Object.entries(SIGNATURES) as readonly [SignatureAlgorithm, SignatureRow][]

/** One in 256 begins with zero, so that so many without one are no chance (2⁻⁴⁵). */
const MANY_SIGNATURES = 8000

/** Something that the algorithm may sign. */
function inputFor(row: SignatureRow): Uint8Array {
  return randomBytes('digestBytes' in row ? row.digestBytes : 33)
}

/** Signing and verifying, for each row of the table. */
export function signatureContract(name: string, open: () => Promise<ContractProvider>): void {
  describe(`${name}: signatures`, () => {
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
      it(`${algorithm} verifies what it has signed, and nothing else`, async () => {
        const key = await keys.for(row)
        const input = inputFor(row)
        const signature = await provider.sign(key, algorithm, input)
        assert.equal(await provider.verify(key, algorithm, input, signature), true)
        assert.equal(await provider.verify(key, algorithm, flip(input, 0), signature), false)
        assert.equal(await provider.verify(key, algorithm, flip(input, -1), signature), false)
        for (const at of [0, 1, Math.floor(signature.byteLength / 2), -1]) {
          assert.equal(await provider.verify(key, algorithm, input, flip(signature, at)), false)
        }
      })

      it(`${algorithm} calls a signature of another form wrong, not an error`, async () => {
        const key = await keys.for(row)
        const input = inputFor(row)
        const signature = await provider.sign(key, algorithm, input)
        const { byteLength } = signature
        const malformed = [
          new Uint8Array(0),
          Uint8Array.of(0),
          signature.subarray(1),
          signature.subarray(0, byteLength - 1),
          Buffer.concat([signature, Uint8Array.of(0)]),
          Buffer.concat([Uint8Array.of(0), signature]),
          Buffer.concat([signature, signature]),
          new Uint8Array(byteLength),
          new Uint8Array(byteLength).fill(255),
        ]
        for (const wrong of malformed) {
          assert.equal(await provider.verify(key, algorithm, input, wrong), false)
        }
      })

      if (row.keyType === 'RSA') {
        it(`${algorithm} wants a signature as long as the modulus, also when it begins with zero`, async () => {
          const key = await keys.for(row)
          let input = inputFor(row)
          let signature = await provider.sign(key, algorithm, input)
          for (let tries = 1; signature[0] !== 0 && tries < MANY_SIGNATURES; tries++) {
            assert.equal(signature.byteLength, 256)
            input = inputFor(row)
            signature = await provider.sign(key, algorithm, input)
          }
          assert.equal(signature[0], 0)
          assert.equal(signature.byteLength, 256)
          assert.equal(await provider.verify(key, algorithm, input, signature), true)
          assert.equal(await provider.verify(key, algorithm, input, signature.subarray(1)), false)
        })
      }

      it(`${algorithm} tells the signatures of two keys apart`, async () => {
        const key = await keys.for(row)
        const other = await others.for(row)
        const input = inputFor(row)
        const signature = await provider.sign(other, algorithm, input)
        assert.equal(await provider.verify(other, algorithm, input, signature), true)
        assert.equal(await provider.verify(key, algorithm, input, signature), false)
      })

      it(`${algorithm} refuses inputs of a length it does not take, in both directions`, async () => {
        const key = await keys.for(row)
        const code = 'digestBytes' in row ? 'DigestLengthWrong' : 'InvalidInput'
        for (const length of wrongLengths(row)) {
          const input = new Uint8Array(length)
          await assertRefused(provider.sign(key, algorithm, input), code, 'value')
          // Beside a signature, which is the value there.
          await assertRefused(provider.verify(key, algorithm, input, new Uint8Array(64)), code, 'digest')
        }
      })

      it(`${algorithm} refuses keys of another type, curve or size, in both directions`, async () => {
        for (const spec of SPECS.filter((spec) => !fits(spec, row))) {
          const key = await keys.of(spec)
          const input = inputFor(row)
          await assertRefused(provider.sign(key, algorithm, input), 'AlgorithmUnfit')
          await assertRefused(provider.verify(key, algorithm, input, input), 'AlgorithmUnfit')
        }
      })

      it(`${algorithm} signs many things at once without mixing them up`, async () => {
        const key = await keys.for(row)
        const inputs = Array.from({ length: 24 }, () => inputFor(row))
        const signatures = await Promise.all(inputs.map((input) => provider.sign(key, algorithm, input)))
        for (const [index, input] of inputs.entries()) {
          const [signature, next] = [signatures[index]!, signatures[(index + 1) % inputs.length]!]
          assert.equal(await provider.verify(key, algorithm, input, signature), true)
          assert.equal(await provider.verify(key, algorithm, input, next), false)
        }
      })
    }

    it('of a key that two handles name are the same key’s', async () => {
      const made = await provider.create({ type: 'EC', curve: 'P-256' })
      const digest = createHash('sha256').update('two handles').digest()
      const signature = await provider.sign(handleOf(made), 'ES256', digest)
      assert.equal(await provider.verify(handleOf(made), 'ES256', digest, signature), true)
    })
  })
}

function wrongLengths(row: SignatureRow): readonly number[] {
  if ('digestBytes' in row) return [0, 20, row.digestBytes - 1, row.digestBytes + 1, 512]
  if ('maximumInputBytes' in row) return [row.maximumInputBytes + 1]
  return [0, 256 - row.overheadBytes + 1, 256, 4096]
}
