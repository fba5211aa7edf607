import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { deriveKey } from './derive-key.ts'
import { pooledRandom } from './pooled-random.ts'

/**
 * The one way anything is encrypted here: AES-256-GCM under a key used once.
 *
 * Each sealing draws 32 random octets: 20 derive a fresh key from the parent and the identity of
 * what is sealed, 12 are the IV. A nonce repeats under one key only when all 256 random bits repeat
 * for the same identity; after 2^48 sealings under one parent that has a chance below 2^-160, where
 * one key with random IVs would have to stop at 2^32 (NIST SP 800-38D §8.3). So a parent key needs
 * no counter that could be rolled back. ADR 9 has the alternatives.
 */
export interface SealedParts {
  /** 32 octets: salt of the key (20) and IV (12). */
  readonly random: Uint8Array
  readonly ciphertext: Uint8Array
  /** 16 octets. */
  readonly tag: Uint8Array
}

/** Octets of randomness that stand before a ciphertext. */
export const RANDOM_BYTES = 32
/** Octets of an authentication tag. */
export const TAG_BYTES = 16

const SALT_BYTES = 20
const CIPHER = 'aes-256-gcm'
const OPTIONS = { authTagLength: TAG_BYTES } as const

/**
 * Seals `plaintext`, bound to what the key is for (`label`) and to what is sealed (`identity`).
 * The caller erases the plaintext.
 */
export function sealBytes(
  parent: KeyObject,
  label: string,
  identity: Uint8Array,
  plaintext: Uint8Array,
): SealedParts {
  const random = pooledRandom(RANDOM_BYTES)
  const key = keyFor(parent, label, identity, random)
  const cipher = createCipheriv(CIPHER, key, random.subarray(SALT_BYTES), OPTIONS)
  key.fill(0)
  cipher.setAAD(identity)
  const ciphertext = cipher.update(plaintext)
  cipher.final()
  return { random, ciphertext, tag: cipher.getAuthTag() }
}

/** The plaintext; `undefined` when a part, the label or the identity is not as it was sealed. */
export function openBytes(
  parent: KeyObject,
  label: string,
  identity: Uint8Array,
  parts: SealedParts,
): Buffer | undefined {
  // Node takes shorter tags than it should unless told, and throws on a wrong length: both are the
  // same answer here.
  if (parts.random.byteLength !== RANDOM_BYTES) return undefined
  if (parts.tag.byteLength !== TAG_BYTES) return undefined
  const key = keyFor(parent, label, identity, parts.random)
  const decipher = createDecipheriv(CIPHER, key, parts.random.subarray(SALT_BYTES), OPTIONS)
  key.fill(0)
  decipher.setAAD(identity)
  decipher.setAuthTag(parts.tag)
  const plaintext = decipher.update(parts.ciphertext)
  try {
    decipher.final()
  } catch {
    plaintext.fill(0)
    return undefined
  }
  return plaintext
}

function keyFor(
  parent: KeyObject,
  label: string,
  identity: Uint8Array,
  random: Uint8Array,
): Buffer {
  return deriveKey(parent, label, Buffer.concat([identity, random.subarray(0, SALT_BYTES)]))
}
