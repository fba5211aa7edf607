import type { EncryptionAlgorithm } from '../crypto/algorithms.ts'
import type { CipherInput } from '../crypto/provider.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { usableKey } from './usable-key.ts'

export interface DecryptInput extends CipherInput {
  readonly key: KeyRef
  readonly algorithm: EncryptionAlgorithm
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

  async run(context, { key, algorithm, ...input }) {
    const { version, handle } = await usableKey(context, key, 'decrypt')
    const plaintext = new Secret(await context.provider.decrypt(handle, algorithm, input))
    return { key: version, plaintext }
  },
})
