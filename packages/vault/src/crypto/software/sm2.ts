import { Fault } from '../../fault.ts'
import type { Sm2EncryptionRow } from '../algorithm-rows.ts'
import type { CallQueue } from './call-queue.ts'
import type { EvpKey } from './evp-key.ts'
import { maximumSm2DerBytes, sm2DerCiphertext } from './sm2-ciphertext.ts'

/** Encrypts on the thread pool. @returns the ciphertext in DER. */
export async function sm2Encrypt(
  key: EvpKey,
  queue: CallQueue,
  row: Sm2EncryptionRow,
  plaintext: Uint8Array,
): Promise<Uint8Array> {
  const ciphertext = Buffer.alloc(maximumSm2DerBytes(plaintext.byteLength))
  const written = await key.transformOnPool(queue, 'encrypt', row, plaintext, ciphertext)
  if (written === undefined) throw new Error('OpenSSL failed to encrypt')
  return ciphertext.subarray(0, written)
}

/**
 * Decrypts a ciphertext, in DER or side by side, on the thread pool.
 * @throws Fault DecryptionFailed
 */
export async function sm2Decrypt(
  key: EvpKey,
  queue: CallQueue,
  algorithm: string,
  row: Sm2EncryptionRow,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  const isLong = ciphertext.byteLength > maximumSm2DerBytes(row.maximumInputBytes)
  const der = isLong ? undefined : sm2DerCiphertext(ciphertext)
  if (der === undefined) throw new Fault('DecryptionFailed', { algorithm })
  // More than the plaintext: OpenSSL looks whether there is room before it writes.
  const plaintext = Buffer.alloc(der.byteLength)
  try {
    const written = await key.transformOnPool(queue, 'decrypt', row, der, plaintext)
    if (written === undefined) throw new Fault('DecryptionFailed', { algorithm })
    return Uint8Array.prototype.slice.call(plaintext, 0, written)
  } finally {
    plaintext.fill(0)
  }
}
