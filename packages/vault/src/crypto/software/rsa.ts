import { Fault } from '../../fault.ts'
import type {
  RawRsaSignatureRow,
  RsaEncryptionRow,
  RsaSignatureRow,
} from '../algorithm-rows.ts'
import type { CallQueue } from './call-queue.ts'
import type { EvpKey } from './evp-key.ts'

/** Signs on the thread pool. @param modulusBytes octets of the signature. */
export async function rsaSign(
  key: EvpKey,
  queue: CallQueue,
  row: RsaSignatureRow | RawRsaSignatureRow,
  digest: Uint8Array,
  modulusBytes: number,
): Promise<Uint8Array> {
  const signature = Buffer.alloc(modulusBytes)
  const written = await key.transformOnPool(queue, 'sign', row, digest, signature)
  if (written !== modulusBytes) throw new Error('OpenSSL failed to sign')
  return signature
}

/** Encrypts one block. @param modulusBytes octets of the ciphertext. */
export function rsaEncrypt(
  key: EvpKey,
  row: RsaEncryptionRow,
  plaintext: Uint8Array,
  modulusBytes: number,
): Uint8Array {
  const ciphertext = Buffer.alloc(modulusBytes)
  key.transform('encrypt', row, plaintext, ciphertext)
  return ciphertext
}

/**
 * Decrypts one block on the thread pool. By RSA1_5 a ciphertext with a wrong padding gives octets
 * that look random, always the same ones, so that nobody learns of the padding.
 * @throws Fault DecryptionFailed
 */
export async function rsaDecrypt(
  key: EvpKey,
  queue: CallQueue,
  algorithm: string,
  row: RsaEncryptionRow,
  ciphertext: Uint8Array,
  modulusBytes: number,
): Promise<Uint8Array> {
  if (ciphertext.byteLength !== modulusBytes) throw new Fault('DecryptionFailed', { algorithm })
  const block = Buffer.alloc(modulusBytes)
  try {
    const written = await key.transformOnPool(queue, 'decrypt', row, ciphertext, block)
    if (written === undefined) throw new Fault('DecryptionFailed', { algorithm })
    return Uint8Array.prototype.slice.call(block, 0, written)
  } finally {
    block.fill(0)
  }
}
