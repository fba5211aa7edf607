// A ciphertext of SM2 is a point C1, a code C3 and the masked plaintext C2 (GB/T 32918.4 §6.1).
// It is written in two ways: as DER (GB/T 35276 §7.2), which OpenSSL reads and writes, and side by
// side as 04 ‖ C1 ‖ C3 ‖ C2.
import { derElement, derInteger, INTEGER, OCTET_STRING, readDer, SEQUENCE } from './der.ts'

const COORDINATE_BYTES = 32
const CODE_BYTES = 32
const UNCOMPRESSED = 0x04

/** Octets of a ciphertext side by side that are not the masked plaintext. */
const JOINED_OVERHEAD_BYTES = 1 + 2 * COORDINATE_BYTES + CODE_BYTES

interface Parts {
  readonly x: Uint8Array
  readonly y: Uint8Array
  readonly code: Uint8Array
  readonly masked: Uint8Array
}

/** Octets that the DER of a ciphertext takes at most. @param plaintextBytes up to 65,000. */
export function maximumSm2DerBytes(plaintextBytes: number): number {
  return 4 + 2 * (COORDINATE_BYTES + 3) + (CODE_BYTES + 2) + (plaintextBytes + 4)
}

/** The DER of a ciphertext in either form; `undefined` for what is neither, to the last octet. */
export function sm2DerCiphertext(ciphertext: Uint8Array): Uint8Array | undefined {
  if (ciphertext[0] !== UNCOMPRESSED) {
    return partsOfDer(ciphertext) === undefined ? undefined : ciphertext
  }
  if (ciphertext.byteLength <= JOINED_OVERHEAD_BYTES) return undefined
  const [toY, toCode] = [1 + COORDINATE_BYTES, 1 + 2 * COORDINATE_BYTES]
  return derOf({
    x: ciphertext.subarray(1, toY),
    y: ciphertext.subarray(toY, toCode),
    code: ciphertext.subarray(toCode, JOINED_OVERHEAD_BYTES),
    masked: ciphertext.subarray(JOINED_OVERHEAD_BYTES),
  })
}

/**
 * The form side by side of a ciphertext in DER, for wires that have that.
 * @throws TypeError for what is no such DER.
 */
export function sm2JoinedCiphertext(der: Uint8Array): Uint8Array {
  const parts = partsOfDer(der)
  if (parts === undefined) throw new TypeError('not a ciphertext of SM2 in DER')
  const { x, y, code, masked } = parts
  return Buffer.concat([Uint8Array.of(UNCOMPRESSED), sized(x), sized(y), code, masked])
}

/** What the DER holds; `undefined` unless it is the one DER of these parts. */
function partsOfDer(der: Uint8Array): Parts | undefined {
  const whole = readDer(der, SEQUENCE, 0)
  if (whole === undefined || whole.end !== der.byteLength) return undefined
  const x = readDer(whole.content, INTEGER, 0)
  const y = x && readDer(whole.content, INTEGER, x.end)
  const code = y && readDer(whole.content, OCTET_STRING, y.end)
  const masked = code && readDer(whole.content, OCTET_STRING, code.end)
  if (x === undefined || y === undefined || code === undefined || masked === undefined) {
    return undefined
  }
  const parts = { x: x.content, y: y.content, code: code.content, masked: masked.content }
  const isSized =
    isCoordinate(parts.x) &&
    isCoordinate(parts.y) &&
    parts.code.byteLength === CODE_BYTES &&
    parts.masked.byteLength > 0
  return isSized && Buffer.compare(derOf(parts), der) === 0 ? parts : undefined
}

function derOf({ x, y, code, masked }: Parts): Uint8Array {
  const point = [derInteger(x), derInteger(y)]
  const octets = [derElement(OCTET_STRING, code), derElement(OCTET_STRING, masked)]
  return derElement(SEQUENCE, ...point, ...octets)
}

/** As long as the field at most, but for a zero octet that keeps it from being negative. */
function isCoordinate({ byteLength, [0]: first = 0 }: Uint8Array): boolean {
  return byteLength <= COORDINATE_BYTES || (byteLength === COORDINATE_BYTES + 1 && first === 0)
}

function sized(number: Uint8Array): Uint8Array {
  const octets = Buffer.alloc(COORDINATE_BYTES)
  const digits = number.subarray(-COORDINATE_BYTES)
  octets.set(digits, COORDINATE_BYTES - digits.byteLength)
  return octets
}
