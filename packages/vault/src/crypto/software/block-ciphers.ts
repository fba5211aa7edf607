import { createCipheriv, createDecipheriv, type CipherGCMTypes } from 'node:crypto'
import type { CbcRow, EcbRow, GcmRow, KeyWrapRow } from '../algorithm-rows.ts'
import type { CipherInput, CipherOutput, PlainInput } from '../provider.ts'
import { pooledRandom } from '../../seal/pooled-random.ts'

// RFC 3394 §2.2.3.1: the initial value by which an unwrapping tells that it is right.
const WRAP_IV = Uint8Array.from({ length: 8 }, () => 0xa6)
const NO_IV = new Uint8Array(0)

/** Encrypts with a tag; the IV is 96 random bits unless one is given. */
export function encryptGcm(row: GcmRow, key: Uint8Array, input: PlainInput): CipherOutput {
  const iv = input.iv ?? pooledRandom(row.ivBytes)
  const cipher = createCipheriv(gcmName(row), key, iv, { authTagLength: row.tagBytes })
  if (input.additionalData !== undefined) cipher.setAAD(input.additionalData)
  const ciphertext = cipher.update(input.plaintext)
  cipher.final()
  return { ciphertext, iv, tag: cipher.getAuthTag() }
}

/** The plaintext; `undefined` when ciphertext, tag, IV or additional data is not as it was. */
export function decryptGcm(
  row: GcmRow,
  key: Uint8Array,
  input: CipherInput,
): Uint8Array | undefined {
  const { iv = NO_IV, tag = NO_IV } = input
  const decipher = createDecipheriv(gcmName(row), key, iv, { authTagLength: row.tagBytes })
  if (input.additionalData !== undefined) decipher.setAAD(input.additionalData)
  decipher.setAuthTag(tag)
  const plaintext = decipher.update(input.ciphertext)
  try {
    decipher.final()
  } catch {
    plaintext.fill(0)
    return undefined
  }
  return plaintext
}

/** Encrypts whole blocks, or any length where the row pads. */
export function encryptBlocks(
  row: CbcRow | EcbRow,
  key: Uint8Array,
  input: PlainInput,
): CipherOutput {
  const iv = row.mode === 'cbc' ? (input.iv ?? pooledRandom(row.ivBytes)) : undefined
  const cipher = createCipheriv(row.cipher, key, iv ?? null).setAutoPadding(row.padded)
  const ciphertext = Buffer.concat([cipher.update(input.plaintext), cipher.final()])
  return { ciphertext, ...(iv === undefined ? {} : { iv }) }
}

/** The plaintext; `undefined` when the length or the padding is wrong, after the same work. */
export function decryptBlocks(
  row: CbcRow | EcbRow,
  key: Uint8Array,
  input: CipherInput,
): Uint8Array | undefined {
  const iv = row.mode === 'cbc' ? (input.iv ?? NO_IV) : null
  const decipher = createDecipheriv(row.cipher, key, iv).setAutoPadding(row.padded)
  const first = decipher.update(input.ciphertext)
  try {
    const last = decipher.final()
    const plaintext = Buffer.concat([first, last])
    last.fill(0)
    return plaintext
  } catch {
    return undefined
  } finally {
    first.fill(0)
  }
}

/** Wraps 16 octets or more, in steps of 8. */
export function wrapKey(row: KeyWrapRow, key: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv(row.cipher, key, WRAP_IV)
  return Buffer.concat([cipher.update(plaintext), cipher.final()])
}

/** What was wrapped; `undefined` when it was not wrapped by this key, or is not as it was. */
export function unwrapKey(
  row: KeyWrapRow,
  key: Uint8Array,
  wrapped: Uint8Array,
): Uint8Array | undefined {
  // RFC 3394 §2.2.2: the check value and two blocks of 8 octets at least. OpenSSL unwraps nothing
  // at all to nothing at all, without a check.
  if (wrapped.byteLength < 24 || wrapped.byteLength % 8 !== 0) return undefined
  if (wrapped.byteLength > row.maximumInputBytes + 8) return undefined
  const decipher = createDecipheriv(row.cipher, key, WRAP_IV)
  try {
    const first = decipher.update(wrapped)
    const last = decipher.final()
    if (last.byteLength === 0) return first
    return Buffer.concat([first, last])
  } catch {
    return undefined
  }
}

/** The types of node:crypto know AES alone by this mode; SM4 has the same calls. */
function gcmName({ cipher }: GcmRow): CipherGCMTypes {
  return cipher as CipherGCMTypes // every cipher of such a row is in GCM
}
