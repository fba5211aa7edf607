import { operation } from '../operation.ts'
import type { KeyVersion } from './key.ts'
import { openCiphertext, type CiphertextToOpen } from './open-ciphertext.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { encryptForRecipient, type Recipient } from './recipient.ts'

export interface ExportDataKeyInput extends CiphertextToOpen {
  readonly recipient: Recipient
}

export interface ExportedDataKey {
  readonly key: KeyVersion
  /** Under the public key of the recipient. */
  readonly exported: Uint8Array
}

/**
 * Decrypts a data key and encrypts it for somebody, without showing it: its octets, also where they
 * were encrypted as base64, for programs that know text alone.
 */
export const exportDataKey = operation<ExportDataKeyInput, ExportedDataKey>({
  name: 'KeyExportDataKey',
  permission: 'keys/decrypt',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { recipient, ...input }) {
    const { key, plaintext } = await openCiphertext(context, input)
    const octets = octetsOf(plaintext)
    try {
      return { key, exported: await encryptForRecipient(context.provider, recipient, octets) }
    } finally {
      plaintext.fill(0)
      octets.fill(0)
    }
  },
})

/** What stands in base64; what is none, as it is. */
function octetsOf(plaintext: Uint8Array): Uint8Array {
  const text = Buffer.from(plaintext).toString('latin1')
  const octets = Buffer.from(text, 'base64')
  return octets.byteLength > 0 && octets.toString('base64') === text ? octets : plaintext
}
