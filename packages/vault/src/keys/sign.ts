import type { SignatureAlgorithm } from '../crypto/algorithms.ts'
import { operation } from '../operation.ts'
import { chosenAlgorithm, type AlgorithmChoice } from './algorithm-choice.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { usableKey } from './usable-key.ts'

export interface SignInput {
  readonly key: KeyRef
  readonly algorithm: AlgorithmChoice<SignatureAlgorithm>
  /** The digest; for HMAC and EdDSA the data itself. */
  readonly digest: Uint8Array
}

export interface Signed {
  readonly key: KeyVersion
  readonly signature: Uint8Array
}

/** Signs a digest the caller has already computed; the vault never sees the message. */
export const sign = operation<SignInput, Signed>({
  name: 'KeySign',
  permission: 'keys/sign',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, digest }) {
    const { version, handle } = await usableKey(context, key, 'sign')
    const chosen = chosenAlgorithm(algorithm, version.spec)
    return { key: version, signature: await context.provider.sign(handle, chosen, digest) }
  },
})
