import type { SignatureAlgorithm } from '../crypto/algorithms.ts'
import { operation } from '../operation.ts'
import { chosenAlgorithm } from './algorithm-choice.ts'
import type { KeyVersion } from './key.ts'
import { publicKeySuffices } from './public-use.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import type { SignInput } from './sign.ts'
import { signatureFromForm } from './signature-form.ts'
import { digestToSign } from './to-sign.ts'
import { usableKey } from './usable-key.ts'

export type VerifyInput = SignInput & {
  readonly signature: Uint8Array
}

export interface Verified {
  readonly key: KeyVersion
  readonly algorithm: SignatureAlgorithm
  /** A signature that is wrong in any way is an answer, not a fault. */
  readonly valid: boolean
}

/** Checks a signature against the digest that was signed, or the message. */
export const verify = operation<VerifyInput, Verified>({
  name: 'KeyVerify',
  permission: 'keys/verify',
  orElse: publicKeySuffices,
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, signature, form = 'joined', ...toSign }) {
    const { version, handle } = await usableKey(context, key, 'verify')
    const chosen = chosenAlgorithm(algorithm, version.spec)
    const digest = digestToSign(toSign, chosen, version)
    const joined = signatureFromForm(chosen, signature, form)
    const valid = await context.provider.verify(handle, chosen, digest, joined)
    return { key: version, algorithm: chosen, valid }
  },
})
