import { Fault } from '../../fault.ts'
import { invalidInput } from '../../invalid-input.ts'
import type { EncryptionRow, MacRow, SignatureRow, WrapRow } from '../algorithm-rows.ts'
import type { CipherInput, PlainInput } from '../provider.ts'

/** Of AES and of SM4. */
const BLOCK_BYTES = 16
const WRAP_STEP_BYTES = 8

/**
 * Holds what is to be signed or verified against its row.
 * @param modulusBytes of an RSA key, else 0.
 * @param property `value` where it is to be signed, `digest` where the value is a signature.
 * @throws Fault DigestLengthWrong, InvalidInput
 */
export function assertSignable(
  algorithm: string,
  row: SignatureRow,
  { byteLength }: Uint8Array,
  modulusBytes: number,
  property: 'value' | 'digest',
): void {
  if ('digestBytes' in row) {
    if (byteLength === row.digestBytes) return
    const lengths = { expectedBytes: row.digestBytes, actualBytes: byteLength }
    throw new Fault('DigestLengthWrong', { property, algorithm, ...lengths })
  }
  if ('maximumInputBytes' in row) return assertAtMost(byteLength, row.maximumInputBytes, property)
  // Nothing at all would pad to a block that OpenSSL makes but does not verify.
  if (byteLength === 0) throw invalidInput(property, 'it must not be empty')
  assertAtMost(byteLength, modulusBytes - row.overheadBytes, property)
}

/**
 * Holds what is to be encrypted or wrapped against its row.
 * @param modulusBytes of an RSA key, else 0.
 * @throws Fault InvalidInput
 */
export function assertPlainInput(
  row: EncryptionRow | WrapRow,
  { plaintext: { byteLength }, iv, additionalData, makesIv = false }: PlainInput,
  modulusBytes: number,
): void {
  const isIvMade = makesIv || ('mode' in row && row.mode === 'gcm')
  assertParts(row, { iv, additionalData }, !isIvMade)
  if (row.keyType === 'RSA') return assertAtMost(byteLength, modulusBytes - row.overheadBytes)
  if (row.keyType === 'EC') return assertSm2Plaintext(byteLength, row.maximumInputBytes)
  if ('padded' in row && !row.padded && byteLength % BLOCK_BYTES !== 0) {
    const multiple = `its length must be a multiple of ${BLOCK_BYTES} octets`
    throw invalidInput('value', `${multiple}, or choose an algorithm that pads`)
  }
  if (row.mode !== 'kw') return
  assertAtMost(byteLength, row.maximumInputBytes)
  if (byteLength < 2 * WRAP_STEP_BYTES || byteLength % WRAP_STEP_BYTES !== 0) {
    throw invalidInput('value', 'its length must be a multiple of 8 octets, and at least 16')
  }
}

/**
 * Holds what stands beside a ciphertext against its row. The ciphertext itself is not looked at:
 * whatever is wrong with it shows as one fault, after the same work.
 * @throws Fault InvalidInput
 */
export function assertCipherInput(row: EncryptionRow | WrapRow, input: CipherInput): void {
  assertParts(row, input, true)
  const wanted = 'tagBytes' in row ? row.tagBytes : undefined
  if (wanted !== undefined && input.tag?.byteLength !== wanted) {
    throw invalidInput('tag', `it must be the ${wanted} octets that were given with the ciphertext`)
  }
  if (wanted === undefined && input.tag !== undefined) throw notTaken('tag')
}

/** Holds a message against its row. @throws Fault InvalidInput */
export function assertMessage({ maximumInputBytes }: MacRow, { byteLength }: Uint8Array): void {
  assertAtMost(byteLength, maximumInputBytes, 'message')
}

/** Nothing at all would be masked by nothing, for which OpenSSL looks for ever. */
function assertSm2Plaintext(byteLength: number, maximum: number): void {
  if (byteLength === 0) throw invalidInput('value', 'it must not be empty')
  assertAtMost(byteLength, maximum)
}

function assertParts(
  row: EncryptionRow | WrapRow,
  { iv, additionalData }: { iv?: Uint8Array | undefined; additionalData?: Uint8Array | undefined },
  isIvNeeded: boolean,
): void {
  const ivBytes = 'ivBytes' in row ? row.ivBytes : undefined
  if (ivBytes === undefined && iv !== undefined) throw notTaken('iv')
  if (ivBytes !== undefined && (iv === undefined ? isIvNeeded : iv.byteLength !== ivBytes)) {
    throw invalidInput('iv', `it must have ${ivBytes} octets with this algorithm`)
  }
  // Taken and dropped, it would look authenticated.
  if (additionalData !== undefined && !('tagBytes' in row)) throw notTaken('aad')
}

function assertAtMost(byteLength: number, maximum: number, property = 'value'): void {
  if (byteLength <= maximum) return
  const reason = `it has ${byteLength} octets, at most ${maximum} fit this algorithm and key`
  throw invalidInput(property, reason)
}

function notTaken(property: string): Fault {
  return invalidInput(property, 'leave it out: this algorithm has none')
}
