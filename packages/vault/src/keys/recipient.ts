import { hash } from 'node:crypto'
import type { EncryptionAlgorithm } from '../crypto/algorithms.ts'
import type { Provider } from '../crypto/provider.ts'
import { publicKeyDer } from '../crypto/public-key-der.ts'
import type { ReadPublicKey } from '../crypto/read-public-key.ts'

/** Somebody's public key, under which a data key leaves, and how it is encrypted. */
export interface Recipient {
  readonly key: ReadPublicKey
  readonly algorithm: EncryptionAlgorithm
}

/**
 * Encrypts a data key for somebody.
 * @throws Fault AlgorithmUnfit; InvalidInput for a data key that is too long for the public key.
 */
export async function encryptForRecipient(
  provider: Provider,
  { key: { spec, publicKey }, algorithm }: Recipient,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  const handle = {
    id: `recipient/${hash('sha256', publicKeyDer(publicKey), 'hex')}`,
    spec,
    publicKey,
    load: async (): Promise<never> => {
      throw new TypeError('a public key alone has no material')
    },
  }
  return (await provider.encrypt(handle, algorithm, { plaintext })).ciphertext
}
