import { createHmac, type KeyObject } from 'node:crypto'

const COUNTER = Buffer.from([0, 0, 0, 1])
const SEPARATOR = Buffer.from([0])
const LENGTH_BITS = Buffer.from([0, 0, 1, 0])

/**
 * Derives a 256-bit key: the KDF in counter mode of NIST SP 800-108r1 §4.1 with HMAC-SHA-256, of
 * which one block is enough: `HMAC(parent, [1]₃₂ || label || 0x00 || context || [256]₃₂)`.
 * The caller erases the result after use.
 * @param label what the key is for; ASCII without a zero octet, so that it ends where it seems to.
 */
export function deriveKey(parent: KeyObject, label: string, context: Uint8Array): Buffer {
  return createHmac('sha256', parent)
    .update(COUNTER)
    .update(label)
    .update(SEPARATOR)
    .update(context)
    .update(LENGTH_BITS)
    .digest()
}
