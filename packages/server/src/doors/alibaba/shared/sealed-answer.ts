import type { EncryptionAlgorithm, KeyPlace, KeySpec, KeyVersion } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { keySpecOf } from '../key-specs.ts'
import { keyVersionId } from './answer-key.ts'

/** What the vault has encrypted with a tag. */
export interface SealedParts {
  readonly key: KeyVersion
  readonly ciphertext: Uint8Array
  readonly iv?: Uint8Array
  readonly tag?: Uint8Array
}

/** The authenticated cipher of a key; asymmetric keys have none. */
export function gcmOf(spec: KeySpec): EncryptionAlgorithm | undefined {
  const { row } = keySpecOf(spec) ?? {}
  return row?.encryptions['AES_GCM'] ?? row?.encryptions['SM4_GCM']
}

/** What the vault has encrypted, in the layout of this gateway. */
export function sealedAnswer(
  { keyId }: KeyPlace,
  { key, ciphertext, iv, tag }: SealedParts,
): alibaba.shared.AnswerObject {
  if (iv === undefined || tag === undefined) throw new TypeError('GCM gives an IV and a tag')
  const id = keyVersionId(keyId, key)
  const sealed = Buffer.concat([ciphertext, tag])
  const blob = alibaba.buildCiphertext({ keyVersionId: id, iv, sealed })
  const CiphertextBlob = alibaba.shared.encodeBase64(blob)
  return { KeyId: keyId, KeyVersionId: id, CiphertextBlob }
}
