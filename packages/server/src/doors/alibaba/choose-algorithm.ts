import {
  ENCRYPTIONS,
  type EncryptionAlgorithm,
  type EncryptionRow,
  type KeySpec,
  type SignatureAlgorithm,
} from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { KEY_SPECS, keySpecOf, type KeySpecRow, type PaddingMode } from './key-specs.ts'

/** Which algorithm goes with the key that is found; `undefined` when none does. */
export type Choice<Algorithm> = (spec: KeySpec) => Algorithm | undefined

/** How a caller says what to encrypt by; empty or absent where it leaves that to the key. */
export interface EncryptionWish {
  readonly algorithm?: string | undefined
  readonly paddingMode?: PaddingMode | undefined
  /** Keys of one kind alone. */
  readonly keys?: 'symmetric' | 'asymmetric'
}

const STANDARD_PADDING: PaddingMode = 'PKCS7_PADDING'

/** The encryption algorithm of this name, or the key's own: the authenticated one, or OAEP. */
export function encryptionChoice(wish: EncryptionWish): Choice<EncryptionAlgorithm> {
  const { algorithm = '', paddingMode, keys } = wish
  return (spec) => {
    const row = keySpecOf(spec)?.row
    if (row === undefined || (keys !== undefined && keys !== kindOf(spec))) return undefined
    const block = ownValue(row.blockEncryptions, algorithm)
    if (block !== undefined) return block[paddingMode ?? STANDARD_PADDING]
    // Nothing is filled up where there are no blocks.
    if (paddingMode === STANDARD_PADDING) return undefined
    return algorithm === ''
      ? Object.values(row.encryptions)[0]
      : ownValue(row.encryptions, algorithm)
  }
}

/** The signature algorithm of this name, or the key's own where none is named. */
export function signatureChoice(algorithm: string): Choice<SignatureAlgorithm> {
  return (spec) => {
    const signatures = keySpecOf(spec)?.row.signatures ?? {}
    return algorithm === '' ? Object.values(signatures)[0] : ownValue(signatures, algorithm)
  }
}

/** How this wire names an encryption algorithm of a key. */
export interface EncryptionName {
  readonly algorithm: string
  /** Empty where nothing is filled up. */
  readonly paddingMode: PaddingMode | ''
}

export function encryptionName(spec: KeySpec, wanted: EncryptionAlgorithm): EncryptionName {
  const named = encryptionsOf(spec)
  const found = named.find(({ encryption }) => encryption === wanted)
  return found?.name ?? { algorithm: wanted, paddingMode: '' }
}

export function signatureName(spec: KeySpec, wanted: SignatureAlgorithm): string {
  const signatures = Object.entries(keySpecOf(spec)?.row.signatures ?? {})
  return signatures.find(([, signature]) => signature === wanted)?.[0] ?? wanted
}

/** How a symmetric cipher is used, as ciphertexts of AdvanceEncrypt say it. */
export type CipherUse = Pick<alibaba.AdvanceCiphertext, 'mode' | 'padding'>

const MODES = { gcm: 'GCM', cbc: 'CBC', ecb: 'ECB' } as const

/** @throws TypeError for an asymmetric algorithm. */
export function cipherUse(algorithm: EncryptionAlgorithm): CipherUse {
  const row: EncryptionRow = ENCRYPTIONS[algorithm]
  if (!('mode' in row)) throw new TypeError('an algorithm of a symmetric cipher')
  return { mode: MODES[row.mode], padding: 'padded' in row && row.padded ? 'PKCS7' : 'none' }
}

/** The algorithm of a key that a ciphertext of AdvanceEncrypt was made by. */
export function cipherChoice({ mode, padding }: CipherUse): Choice<EncryptionAlgorithm> {
  return (spec) => {
    if (kindOf(spec) !== 'symmetric') return undefined
    return encryptionsOf(spec)
      .map(({ encryption }) => encryption)
      .find((one) => {
        const use = cipherUse(one)
        return use.mode === mode && use.padding === padding
      })
  }
}

/** @returns `undefined` for a text that is no padding mode; nothing where none is named. */
export function readPaddingMode(
  text: string | undefined,
): { readonly paddingMode?: PaddingMode } | undefined {
  if (text === undefined || text === '') return {}
  if (text !== 'PKCS7_PADDING' && text !== 'NO_PADDING') return undefined
  return { paddingMode: text }
}

function kindOf({ type }: KeySpec): 'symmetric' | 'asymmetric' {
  return type === 'oct' || type === 'SM4' ? 'symmetric' : 'asymmetric'
}

interface NamedEncryption {
  readonly name: EncryptionName
  readonly encryption: EncryptionAlgorithm
}

function encryptionsOf(spec: KeySpec): readonly NamedEncryption[] {
  const row = keySpecOf(spec)?.row
  return (row && NAMED_ENCRYPTIONS.get(row)) ?? []
}

function namedEncryptions(row: KeySpecRow): readonly NamedEncryption[] {
  const whole = Object.entries(row.encryptions).map(([algorithm, encryption]) => ({
    name: { algorithm, paddingMode: '' as const },
    encryption,
  }))
  const blocks = Object.entries(row.blockEncryptions).flatMap(([algorithm, paddings]) =>
    (['PKCS7_PADDING', 'NO_PADDING'] as const).map((paddingMode) => ({
      name: { algorithm, paddingMode },
      encryption: paddings[paddingMode],
    })),
  )
  return [...whole, ...blocks]
}

const NAMED_ENCRYPTIONS: ReadonlyMap<KeySpecRow, readonly NamedEncryption[]> = new Map(
  Object.values(KEY_SPECS).map((row) => [row, namedEncryptions(row)]),
)

function ownValue<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
