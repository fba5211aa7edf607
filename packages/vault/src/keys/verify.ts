import { operation } from '../operation.ts'
import { chosenAlgorithm } from './algorithm-choice.ts'
import type { KeyVersion } from './key.ts'
import { publicKeySuffices } from './public-use.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import type { SignInput } from './sign.ts'
import { usableKey } from './usable-key.ts'

export interface VerifyInput extends SignInput {
  readonly signature: Uint8Array
}

export interface Verified {
  readonly key: KeyVersion
  /** A signature that is wrong in any way is an answer, not a fault. */
  readonly valid: boolean
}

/** Checks a signature against the digest that was signed. */
export const verify = operation<VerifyInput, Verified>({
  name: 'KeyVerify',
  permission: 'keys/verify',
  orElse: publicKeySuffices,
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, digest, signature }) {
    const { version, handle } = await usableKey(context, key, 'verify')
    const chosen = chosenAlgorithm(algorithm, version.spec)
    const valid = await context.provider.verify(handle, chosen, digest, signature)
    return { key: version, valid }
  },
})
