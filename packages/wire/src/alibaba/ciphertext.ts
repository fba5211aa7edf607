// One ciphertext, readable through both gateways. The shared gateway's blob is
//   KeyVersionId (36, ASCII) ‖ IV (12) ‖ ciphertext ‖ GCM tag (16)
// What AdvanceEncrypt gives is the same behind three octets (`$`, version and padding, algorithm),
// which the vendor's clients cut off and put back.

/** The key version comes first, in ASCII, so its length is part of the format. */
export const KEY_VERSION_ID_LENGTH = 36

/** How the cipher of the key, AES or SM4, was used. */
export type CipherMode = keyof typeof MODES

export type CiphertextPadding = 'none' | 'PKCS7'

export interface Ciphertext {
  /** 36 characters of `[0-9A-Za-z-]`. */
  readonly keyVersionId: string
  /** 12 octets. */
  readonly iv: Uint8Array
  /** The ciphertext and, after it, the tag of 16 octets. */
  readonly sealed: Uint8Array
}

/** The same, but for CBC the IV has 16 octets, for ECB none, and there is no tag for either. */
export interface AdvanceCiphertext extends Ciphertext {
  readonly mode: CipherMode
  readonly padding: CiphertextPadding
}

interface Mode {
  readonly id: number
  readonly ivBytes: number
  readonly tagBytes: number
  readonly blockBytes: number
  readonly paddings: readonly CiphertextPadding[]
}

/**
 * The id of GCM is the vendor's for AES_GCM. It does not tell the cipher, since clients put it
 * before the blobs of every key. The vendor's other ids and paddings are not published; our ids are
 * above 0x80, where those hardly are.
 */
const MODES = {
  GCM: { id: 0x02, ivBytes: 12, tagBytes: 16, blockBytes: 1, paddings: ['none'] },
  CBC: { id: 0x81, ivBytes: 16, tagBytes: 0, blockBytes: 16, paddings: ['none', 'PKCS7'] },
  ECB: { id: 0x82, ivBytes: 0, tagBytes: 0, blockBytes: 16, paddings: ['none', 'PKCS7'] },
} as const satisfies Readonly<Record<string, Mode>>

/** The low half of the second octet; the high half is the version, 0. */
const PADDING_CODES = { none: 0, PKCS7: 1 } as const satisfies Record<CiphertextPadding, number>

const MAGIC = 0x24
const ADVANCE_PREFIX_BYTES = 3

/** More than the 3 MiB of any request, so that what could be encrypted has a form. */
const CIPHERTEXT_MAX_BYTES = 4 * 1024 * 1024

/** @throws RangeError for parts of another length than the layout has, a mistake of the caller. */
export function buildCiphertext(parts: Ciphertext): Uint8Array {
  return build(parts, MODES.GCM, [])
}

/** @throws RangeError for parts of another length than the layout has, a mistake of the caller. */
export function buildAdvanceCiphertext(parts: AdvanceCiphertext): Uint8Array {
  const mode: Mode = MODES[parts.mode]
  if (!mode.paddings.includes(parts.padding)) throw new RangeError('the mode takes no padding')
  return build(parts, mode, [MAGIC, PADDING_CODES[parts.padding], mode.id])
}

/**
 * The parts of a blob of the shared gateway, views into it. The form of AdvanceEncrypt counts as
 * well where it is GCM: no KeyVersionId begins with `$`. `undefined` for anything else.
 */
export function parseCiphertext(blob: Uint8Array): Ciphertext | undefined {
  if (blob[0] !== MAGIC) return parse(blob, MODES.GCM)
  const advance = parseAdvanceCiphertext(blob)
  return advance?.mode === 'GCM' ? advance : undefined
}

/** The parts of a blob of AdvanceEncrypt, views into it; `undefined` for anything else. */
export function parseAdvanceCiphertext(blob: Uint8Array): AdvanceCiphertext | undefined {
  const [magic, versionAndPadding, id] = blob
  if (magic !== MAGIC) return undefined
  const mode = modeOf(id)
  const padding = paddingOf(versionAndPadding)
  if (mode === undefined || padding === undefined) return undefined
  const row: Mode = MODES[mode]
  if (!row.paddings.includes(padding)) return undefined
  const parts = parse(blob.subarray(ADVANCE_PREFIX_BYTES), row)
  return parts === undefined ? undefined : { ...parts, mode, padding }
}

function build({ keyVersionId, iv, sealed }: Ciphertext, mode: Mode, prefix: number[]): Uint8Array {
  const id = Buffer.from(keyVersionId)
  const isSound = isKeyVersionId(keyVersionId) && iv.length === mode.ivBytes
  if (!isSound || !isSealed(sealed, mode)) throw new RangeError('no parts of a ciphertext')
  return new Uint8Array(Buffer.concat([Uint8Array.from(prefix), id, iv, sealed]))
}

function parse(blob: Uint8Array, mode: Mode): Ciphertext | undefined {
  const ivEnd = KEY_VERSION_ID_LENGTH + mode.ivBytes
  const sealed = blob.subarray(ivEnd)
  if (blob.length < ivEnd || !isSealed(sealed, mode)) return undefined
  const id = blob.subarray(0, KEY_VERSION_ID_LENGTH)
  const keyVersionId = Buffer.from(id).toString('latin1')
  if (!isKeyVersionId(keyVersionId)) return undefined
  return { keyVersionId, iv: blob.subarray(KEY_VERSION_ID_LENGTH, ivEnd), sealed }
}

/** GCM may seal nothing; a block cipher has one block at least, and whole ones. */
function isSealed(sealed: Uint8Array, { tagBytes, blockBytes }: Mode): boolean {
  const ciphertextBytes = sealed.length - tagBytes
  const smallest = blockBytes === 1 ? 0 : blockBytes
  return (
    ciphertextBytes >= smallest &&
    ciphertextBytes % blockBytes === 0 &&
    sealed.length <= CIPHERTEXT_MAX_BYTES
  )
}

function isKeyVersionId(text: string): boolean {
  return /^[0-9A-Za-z-]{36}$/.test(text)
}

function modeOf(id: number | undefined): CipherMode | undefined {
  if (id === MODES.GCM.id) return 'GCM'
  if (id === MODES.CBC.id) return 'CBC'
  return id === MODES.ECB.id ? 'ECB' : undefined
}

function paddingOf(versionAndPadding: number | undefined): CiphertextPadding | undefined {
  if (versionAndPadding === PADDING_CODES.none) return 'none'
  return versionAndPadding === PADDING_CODES.PKCS7 ? 'PKCS7' : undefined
}
