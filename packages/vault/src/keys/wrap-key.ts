import type { WrapAlgorithm } from '../crypto/algorithms.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import type { Encrypted } from './encrypt.ts'
import type { KeyRef } from './key.ts'
import { publicKeySuffices } from './public-use.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { usableKey } from './usable-key.ts'

export interface WrapKeyInput {
  readonly key: KeyRef
  readonly algorithm: WrapAlgorithm
  /** The key to be wrapped. */
  readonly plaintext: Secret
  /** For algorithms that take one; none does yet, and what is given is refused. */
  readonly iv?: Uint8Array
  readonly additionalData?: Uint8Array
}

/** Wraps another key, to be kept elsewhere. */
export const wrapKey = operation<WrapKeyInput, Encrypted>({
  name: 'KeyWrap',
  permission: 'keys/wrapKey',
  orElse: publicKeySuffices,
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, plaintext, ...more }) {
    const { version, handle } = await usableKey(context, key, 'wrapKey')
    const input = { ...more, plaintext: plaintext.reveal() }
    return { key: version, ...(await context.provider.wrap(handle, algorithm, input)) }
  },
})
