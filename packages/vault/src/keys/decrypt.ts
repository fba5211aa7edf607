import type { EncryptionAlgorithm } from '../crypto/algorithms.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import type { KeyVersion } from './key.ts'
import { openCiphertext, type CiphertextToOpen } from './open-ciphertext.ts'
import { auditedKey, keyTarget } from './read-key.ts'

export type DecryptInput = CiphertextToOpen

export interface Decrypted {
  readonly key: KeyVersion
  readonly plaintext: Secret
}

/** With the algorithm, which the caller may have left to the key. */
export interface DecryptedBy extends Decrypted {
  readonly algorithm: EncryptionAlgorithm
}

/** Decrypts what was encrypted with a key; one that has expired still decrypts. */
export const decrypt = operation<DecryptInput, DecryptedBy>({
  name: 'KeyDecrypt',
  permission: 'keys/decrypt',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, input) {
    const { plaintext, ...opened } = await openCiphertext(context, input)
    return { ...opened, plaintext: new Secret(plaintext) }
  },
})
