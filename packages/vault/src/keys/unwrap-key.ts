import type { WrapAlgorithm } from '../crypto/algorithms.ts'
import type { CipherInput } from '../crypto/provider.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import type { Decrypted } from './decrypt.ts'
import type { KeyRef } from './key.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { usableKey } from './usable-key.ts'

export interface UnwrapKeyInput extends CipherInput {
  readonly key: KeyRef
  readonly algorithm: WrapAlgorithm
}

/** Unwraps another key; a wrapping key that has expired still unwraps. */
export const unwrapKey = operation<UnwrapKeyInput, Decrypted>({
  name: 'KeyUnwrap',
  permission: 'keys/unwrapKey',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, ...input }) {
    const { version, handle } = await usableKey(context, key, 'unwrapKey')
    const plaintext = new Secret(await context.provider.unwrap(handle, algorithm, input))
    return { key: version, plaintext }
  },
})
