import type { EncryptionAlgorithm } from '../crypto/algorithms.ts'
import type { CipherInput } from '../crypto/provider.ts'
import { isFault } from '../fault.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import { chosenAlgorithm, type AlgorithmChoice } from './algorithm-choice.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { usableKey } from './usable-key.ts'

export interface DecryptInput extends CipherInput {
  readonly key: KeyRef
  readonly algorithm: AlgorithmChoice<EncryptionAlgorithm>
  /** What it may have been bound to instead, tried in turn. */
  readonly orAdditionalData?: readonly Uint8Array[]
}

export interface Decrypted {
  readonly key: KeyVersion
  readonly plaintext: Secret
}

/** Decrypts what was encrypted with a key; one that has expired still decrypts. */
export const decrypt = operation<DecryptInput, Decrypted>({
  name: 'KeyDecrypt',
  permission: 'keys/decrypt',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, orAdditionalData = [], ...input }) {
    const { version, handle } = await usableKey(context, key, 'decrypt')
    const chosen = chosenAlgorithm(algorithm, version.spec)
    const inputs = [
      input,
      ...orAdditionalData.map((additionalData) => ({ ...input, additionalData })),
    ]
    for (const [at, one] of inputs.entries()) {
      try {
        const plaintext = new Secret(await context.provider.decrypt(handle, chosen, one))
        return { key: version, plaintext }
      } catch (thrown) {
        if (!isFault(thrown, 'DecryptionFailed') || at === inputs.length - 1) throw thrown
      }
    }
    throw new TypeError('there is one input at least')
  },
})
