import { randomBytes } from 'node:crypto'
import type { EncryptionAlgorithm } from '../crypto/algorithms.ts'
import type { CipherOutput } from '../crypto/provider.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import { chosenAlgorithm, type AlgorithmChoice } from './algorithm-choice.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { encryptForRecipient, type Recipient } from './recipient.ts'
import { usableKey } from './usable-key.ts'

const MAXIMUM_BYTES = 1024

export interface GenerateDataKeyInput {
  readonly key: KeyRef
  readonly algorithm: AlgorithmChoice<EncryptionAlgorithm>
  /** 1 to 1024. */
  readonly count: number
  /** What is encrypted: the octets, or their base64, as clients of text alone need it. */
  readonly form: 'octets' | 'base64'
  readonly additionalData?: Uint8Array
  /** For whom the octets are encrypted besides. */
  readonly recipient?: Recipient
}

export interface GeneratedDataKey extends CipherOutput {
  readonly key: KeyVersion
  readonly algorithm: EncryptionAlgorithm
  /** The octets; the caller wipes them. */
  readonly plaintext: Secret
  /** Under the public key of the recipient, where there is one. */
  readonly exported?: Uint8Array
}

/** Makes a key for somebody else's data from the CSPRNG, and encrypts it under this key. */
export const generateDataKey = operation<GenerateDataKeyInput, GeneratedDataKey>({
  name: 'KeyGenerateDataKey',
  permission: 'keys/wrapKey',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, count, form, additionalData, recipient }) {
    if (!Number.isInteger(count) || count < 1 || count > MAXIMUM_BYTES) {
      throw invalidInput('NumberOfBytes', `it must be a whole number from 1 to ${MAXIMUM_BYTES}`)
    }
    const { provider } = context
    const { version, handle } = await usableKey(context, key, 'encrypt')
    const chosen = chosenAlgorithm(algorithm, version.spec)
    const octets = randomBytes(count)
    const plaintext = form === 'octets' ? octets : Buffer.from(octets.toString('base64'))
    try {
      const exported =
        recipient === undefined
          ? {}
          : { exported: await encryptForRecipient(provider, recipient, octets) }
      const bound = additionalData === undefined ? {} : { additionalData }
      const encrypted = await provider.encrypt(handle, chosen, {
        plaintext,
        makesIv: true,
        ...bound,
      })
      const made = { key: version, algorithm: chosen, plaintext: new Secret(octets) }
      return { ...made, ...encrypted, ...exported }
    } catch (thrown) {
      octets.fill(0)
      throw thrown
    } finally {
      if (plaintext !== octets) plaintext.fill(0)
    }
  },
})
