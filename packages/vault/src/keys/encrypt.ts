import type { EncryptionAlgorithm } from '../crypto/algorithms.ts'
import type { CipherOutput } from '../crypto/provider.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { chosenAlgorithm, type AlgorithmChoice } from './algorithm-choice.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { publicKeySuffices } from './public-use.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { usableKey } from './usable-key.ts'

export interface EncryptInput {
  readonly key: KeyRef
  readonly algorithm: AlgorithmChoice<EncryptionAlgorithm>
  readonly plaintext: Secret
  readonly iv?: Uint8Array
  /** CBC wants an IV unless this says that a random one is to be made. */
  readonly makesIv?: boolean
  readonly additionalData?: Uint8Array
}

export interface Encrypted extends CipherOutput {
  readonly key: KeyVersion
}

/** With the algorithm, which the caller may have left to the key. */
export interface EncryptedBy extends Encrypted {
  readonly algorithm: EncryptionAlgorithm
}

/** Encrypts a short text: one block of RSA, or a block cipher within the size of a request. */
export const encrypt = operation<EncryptInput, EncryptedBy>({
  name: 'KeyEncrypt',
  permission: 'keys/encrypt',
  orElse: publicKeySuffices,
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, plaintext, ...more }) {
    const { version, handle } = await usableKey(context, key, 'encrypt')
    const input = { ...more, plaintext: plaintext.reveal() }
    const chosen = chosenAlgorithm(algorithm, version.spec)
    const encrypted = await context.provider.encrypt(handle, chosen, input)
    return { key: version, algorithm: chosen, ...encrypted }
  },
})
