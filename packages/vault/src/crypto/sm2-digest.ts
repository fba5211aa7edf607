import type { Sm2PublicKey } from './key-spec.ts'
import { sm3 } from './sm3.ts'

/** Who signs, where nobody says it (GB/T 35276 §10; TLS has another, RFC 8998 §3.2.1). */
const DEFAULT_ID = Buffer.from('1234567812345678', 'ascii')

/** What two octets can count in bits. */
const MAXIMUM_ID_BYTES = 8191

/** a, b and the base point of the curve (GB/T 32918.5). */
const CURVE = Buffer.from(
  'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC' +
    '28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93' +
    '32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7' +
    'BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0',
  'hex',
)

/**
 * The digest that SM2 signs of a message, `SM3(Z ‖ M)`, where Z is `sm2Identity` (GB/T 32918.2).
 * @param id who signs, at most 8191 octets.
 * @throws RangeError for a longer one.
 */
export function sm2Digest(
  key: Sm2PublicKey,
  message: Uint8Array,
  id: Uint8Array = DEFAULT_ID,
): Uint8Array {
  return sm3(sm2Identity(key, id), message)
}

/** Z of GB/T 32918.2 §5.5: the digest of who signs and by which key. @throws RangeError */
export function sm2Identity({ x, y }: Sm2PublicKey, id: Uint8Array = DEFAULT_ID): Uint8Array {
  if (id.byteLength > MAXIMUM_ID_BYTES) throw new RangeError('the id of the signer is too long')
  const bits = Buffer.alloc(2)
  bits.writeUInt16BE(id.byteLength * 8)
  return sm3(bits, id, CURVE, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url'))
}
