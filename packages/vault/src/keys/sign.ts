import type { SignatureAlgorithm } from '../crypto/algorithms.ts'
import { operation } from '../operation.ts'
import { chosenAlgorithm, type AlgorithmChoice } from './algorithm-choice.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { signatureInForm, type SignatureForm } from './signature-form.ts'
import { digestToSign, type ToSign } from './to-sign.ts'
import { usableKey } from './usable-key.ts'

export type SignInput = ToSign & {
  readonly key: KeyRef
  readonly algorithm: AlgorithmChoice<SignatureAlgorithm>
  /** `joined` unless said. */
  readonly form?: SignatureForm
}

export interface Signed {
  readonly key: KeyVersion
  readonly algorithm: SignatureAlgorithm
  readonly signature: Uint8Array
}

/** Signs a digest the caller has already computed, or a message. */
export const sign = operation<SignInput, Signed>({
  name: 'KeySign',
  permission: 'keys/sign',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, form = 'joined', ...toSign }) {
    const { version, handle } = await usableKey(context, key, 'sign')
    const chosen = chosenAlgorithm(algorithm, version.spec)
    const digest = digestToSign(toSign, chosen, version)
    const signature = await context.provider.sign(handle, chosen, digest)
    const inForm = signatureInForm(chosen, signature, form)
    return { key: version, algorithm: chosen, signature: inForm }
  },
})
