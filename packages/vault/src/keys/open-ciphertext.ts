import type { EncryptionRow } from '../crypto/algorithm-rows.ts'
import { ENCRYPTIONS, type EncryptionAlgorithm } from '../crypto/algorithms.ts'
import type { CipherInput } from '../crypto/provider.ts'
import { Fault, isFault } from '../fault.ts'
import type { OperationContext } from '../operation.ts'
import { chosenAlgorithm, type AlgorithmChoice } from './algorithm-choice.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { usableKey } from './usable-key.ts'

export interface CiphertextToOpen extends CipherInput {
  readonly key: KeyRef
  readonly algorithm: AlgorithmChoice<EncryptionAlgorithm>
  /** What it may have been bound to instead, tried in turn. */
  readonly orAdditionalData?: readonly Uint8Array[]
  /** The tag stands behind the ciphertext, where the algorithm has one. */
  readonly tagBehind?: boolean
}

export interface OpenedCiphertext {
  readonly key: KeyVersion
  readonly algorithm: EncryptionAlgorithm
  /** The caller wipes it. */
  readonly plaintext: Uint8Array
}

/** Decrypts by a key that may; one that has expired still decrypts. @throws Fault */
export async function openCiphertext(
  context: OperationContext,
  { key, algorithm, orAdditionalData = [], tagBehind = false, ...given }: CiphertextToOpen,
): Promise<OpenedCiphertext> {
  const { version, handle } = await usableKey(context, key, 'decrypt')
  const chosen = chosenAlgorithm(algorithm, version.spec)
  const input = tagBehind ? { ...given, ...withoutTag(chosen, given.ciphertext) } : given
  const inputs = [
    input,
    ...orAdditionalData.map((additionalData) => ({ ...input, additionalData })),
  ]
  for (const [at, one] of inputs.entries()) {
    try {
      const plaintext = await context.provider.decrypt(handle, chosen, one)
      return { key: version, algorithm: chosen, plaintext }
    } catch (thrown) {
      if (!isFault(thrown, 'DecryptionFailed') || at === inputs.length - 1) throw thrown
    }
  }
  throw new TypeError('there is one input at least')
}

function withoutTag(
  algorithm: EncryptionAlgorithm,
  sealed: Uint8Array,
): Pick<CipherInput, 'ciphertext' | 'tag'> {
  const row: EncryptionRow = ENCRYPTIONS[algorithm]
  if (!('tagBytes' in row)) return { ciphertext: sealed }
  const at = sealed.byteLength - row.tagBytes
  if (at < 0) throw new Fault('DecryptionFailed', { algorithm })
  return { ciphertext: sealed.subarray(0, at), tag: sealed.subarray(at) }
}
