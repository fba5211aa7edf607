import assert from 'node:assert/strict'
import { createHash, type KeyObject } from 'node:crypto'

// What a program that has SM2 signed computes by itself (GM/T 0003.2): the digest is over the
// message and over who signs, which the curve and the public key stand for.

/** Who signs, unless two programs agree on something else. */
const STANDARD_IDENTITY = '1234567812345678'
/** sm2p256v1: a, b, and the coordinates of its base point (GM/T 0003.5). */
const CURVE = Buffer.from(
  'fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc' +
    '28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93' +
    '32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7' +
    'bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0',
  'hex',
)

/** SM3 over Z of the key and the message. */
export function sm2Digest(
  key: KeyObject,
  message: Uint8Array,
  identity = STANDARD_IDENTITY,
): Buffer {
  const der = key.export({ format: 'der', type: 'spki' })
  // The point ends the structure: 04, then both coordinates.
  const point = der.subarray(-65)
  assert.equal(point[0], 4)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(identity.length * 8)
  const z = createHash('sm3')
    .update(length)
    .update(identity)
    .update(CURVE)
    .update(point.subarray(1))
    .digest()
  return createHash('sm3').update(z).update(message).digest()
}
