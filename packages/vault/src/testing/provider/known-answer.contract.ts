import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ENCRYPTIONS, MACS, SIGNATURES, WRAPS } from '../../crypto/algorithms.ts'
import type { CipherInput, PlainInput, Provider } from '../../crypto/provider.ts'
import { KNOWN_CIPHERTEXTS } from '../known-answers/known-ciphertexts.ts'
import { KNOWN_MACS } from '../known-answers/known-macs.ts'
import { KNOWN_SIGNATURES } from '../known-answers/known-signatures.ts'
import { KNOWN_WRAPPED_KEYS } from '../known-answers/known-wrapped-keys.ts'
import type { ContractProvider } from './contract-provider.ts'
import { unpaddedTwin } from './encryption.contract.ts'
import { knownHandle, octets } from './known-handle.ts'

/** Published answers, at least one for each row of each table. */
export function knownAnswerContract(name: string, open: () => Promise<ContractProvider>): void {
  describe(`${name}: published answers`, () => {
    let opened: ContractProvider
    let provider: Provider
    before(async () => {
      opened = await open()
      provider = opened.provider
    })
    after(() => opened.close())

    it('are there for every algorithm', () => {
      const namesOf = (answers: readonly { algorithm: string }[]): Set<string> =>
        new Set(answers.map(({ algorithm }) => algorithm))
      assert.deepEqual(namesOf(KNOWN_SIGNATURES), new Set(Object.keys(SIGNATURES)))
      assert.deepEqual(namesOf(KNOWN_MACS), new Set(Object.keys(MACS)))
      const encrypted = namesOf(KNOWN_CIPHERTEXTS)
      // That one pads before it does what its twin does, the contract of encryption shows.
      for (const [algorithm, row] of Object.entries(ENCRYPTIONS)) {
        const isCovered = 'padded' in row && row.padded && encrypted.has(unpaddedTwin(row))
        assert.ok(encrypted.has(algorithm) || isCovered, algorithm)
      }
      const wrapped = [...KNOWN_WRAPPED_KEYS, ...KNOWN_CIPHERTEXTS].filter(({ algorithm }) => algorithm in WRAPS)
      assert.deepEqual(namesOf(wrapped), new Set(Object.keys(WRAPS)))
    })

    for (const known of KNOWN_SIGNATURES) {
      it(`${known.algorithm}: ${known.source}`, async () => {
        const { handle, isWhole } = await knownHandle(provider, known.key)
        const [input, signature] = [octets(known.input), octets(known.signature)]
        assert.equal(await provider.verify(handle, known.algorithm, input, signature), true)
        if (!isWhole) return
        const own = await provider.sign(handle, known.algorithm, input)
        if (known.isRepeatable) assert.deepEqual(Buffer.from(own), signature)
        else assert.equal(await provider.verify(handle, known.algorithm, input, own), true)
      })
    }

    for (const known of KNOWN_MACS) {
      it(`${known.algorithm}: ${known.source}`, async () => {
        const { handle } = await knownHandle(provider, known.key)
        const [message, code] = [octets(known.message), octets(known.code)]
        const own = await provider.generateMac(handle, known.algorithm, message)
        assert.deepEqual(Buffer.from(own), code)
        assert.equal(await provider.verifyMac(handle, known.algorithm, message, code), true)
      })
    }

    for (const known of KNOWN_CIPHERTEXTS) {
      it(`${known.algorithm}: ${known.source}`, async () => {
        const { handle } = await knownHandle(provider, known.key)
        const [plaintext, ciphertext] = [octets(known.plaintext), octets(known.ciphertext)]
        const beside: Omit<PlainInput, 'plaintext'> = {
          ...(known.iv === undefined ? {} : { iv: octets(known.iv) }),
          ...(known.additionalData === undefined ? {} : { additionalData: octets(known.additionalData) }),
        }
        const tag: Pick<CipherInput, 'tag'> = known.tag === undefined ? {} : { tag: octets(known.tag) }
        const sealed = { ...beside, ...tag, ciphertext }
        assert.deepEqual(Buffer.from(await provider.decrypt(handle, known.algorithm, sealed)), plaintext)
        if (!known.isRepeatable) return
        const own = await provider.encrypt(handle, known.algorithm, { ...beside, plaintext })
        assert.deepEqual(Buffer.from(own.ciphertext), ciphertext)
        assert.deepEqual(Buffer.from(own.tag ?? []), octets(known.tag ?? ''))
      })
    }

    for (const known of KNOWN_WRAPPED_KEYS) {
      it(`${known.algorithm}: ${known.source}`, async () => {
        const { handle } = await knownHandle(provider, known.key)
        const [plaintext, ciphertext] = [octets(known.plaintext), octets(known.ciphertext)]
        const wrapped = await provider.wrap(handle, known.algorithm, { plaintext })
        assert.deepEqual(Buffer.from(wrapped.ciphertext), ciphertext)
        const unwrapped = await provider.unwrap(handle, known.algorithm, { ciphertext })
        assert.deepEqual(Buffer.from(unwrapped), plaintext)
      })
    }
  })
}
