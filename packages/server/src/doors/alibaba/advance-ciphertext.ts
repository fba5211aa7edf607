import type { EncryptedBy } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { cipherUse } from './choose-algorithm.ts'

/** What the vault encrypted by a symmetric key, as the ciphertext that says it all of itself. */
export function advanceCiphertext(
  keyId: string,
  { key, algorithm, ciphertext, iv, tag }: Omit<EncryptedBy, 'plaintext'>,
): Uint8Array {
  return alibaba.buildAdvanceCiphertext({
    ...cipherUse(algorithm),
    keyVersionId: alibaba.shared.formatKeyVersionId(keyId, key.version),
    iv: iv ?? new Uint8Array(),
    sealed: joinTag(ciphertext, tag),
  })
}

/** The ciphertext with its tag behind it, where there is one. */
export function joinTag(ciphertext: Uint8Array, tag: Uint8Array | undefined): Uint8Array {
  return tag === undefined ? ciphertext : Buffer.concat([ciphertext, tag])
}
