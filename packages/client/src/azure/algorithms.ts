// What each algorithm needs, and who can do it. `local` names it in WebCrypto, or is null where
// WebCrypto has no such thing; then only the service does it. Source: RFC 7518, RFC 8812 and Key
// Vault's "keys" page.

/**
 * What a key is: its type, for elliptic curves the curve. Decides which algorithms it has.
 * @see https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
 */
export type KeyKind = 'RSA' | 'oct' | KeyCurveName

/**
 * Curves; `P-256K` is secp256k1.
 * @see https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
 */
export type KeyCurveName = 'P-256' | 'P-384' | 'P-521' | 'P-256K'

/** Signatures. What is signed is the digest, `hash` of the data; HS* sign the data itself. */
export const SIGNATURES = {
  RS256: { kind: 'RSA', hash: 'SHA-256', local: 'RSASSA-PKCS1-v1_5' },
  RS384: { kind: 'RSA', hash: 'SHA-384', local: 'RSASSA-PKCS1-v1_5' },
  RS512: { kind: 'RSA', hash: 'SHA-512', local: 'RSASSA-PKCS1-v1_5' },
  PS256: { kind: 'RSA', hash: 'SHA-256', local: 'RSA-PSS' },
  PS384: { kind: 'RSA', hash: 'SHA-384', local: 'RSA-PSS' },
  PS512: { kind: 'RSA', hash: 'SHA-512', local: 'RSA-PSS' },
  RSNULL: { kind: 'RSA', hash: null, local: null },
  ES256: { kind: 'P-256', hash: 'SHA-256', local: 'ECDSA' },
  ES384: { kind: 'P-384', hash: 'SHA-384', local: 'ECDSA' },
  ES512: { kind: 'P-521', hash: 'SHA-512', local: 'ECDSA' },
  ES256K: { kind: 'P-256K', hash: 'SHA-256', local: null },
  HS256: { kind: 'oct', hash: 'SHA-256', local: 'HMAC' },
  HS384: { kind: 'oct', hash: 'SHA-384', local: 'HMAC' },
  HS512: { kind: 'oct', hash: 'SHA-512', local: 'HMAC' },
} as const

/** Encryptions. `bits` is the size of the AES key. */
export const ENCRYPTIONS = {
  RSA1_5: { kind: 'RSA', local: null },
  'RSA-OAEP': { kind: 'RSA', local: 'RSA-OAEP', hash: 'SHA-1', hashBytes: 20 },
  'RSA-OAEP-256': { kind: 'RSA', local: 'RSA-OAEP', hash: 'SHA-256', hashBytes: 32 },
  A128GCM: { kind: 'oct', local: 'AES-GCM', bits: 128 },
  A192GCM: { kind: 'oct', local: 'AES-GCM', bits: 192 },
  A256GCM: { kind: 'oct', local: 'AES-GCM', bits: 256 },
  A128CBC: { kind: 'oct', local: 'AES-CBC', bits: 128, pads: false },
  A192CBC: { kind: 'oct', local: 'AES-CBC', bits: 192, pads: false },
  A256CBC: { kind: 'oct', local: 'AES-CBC', bits: 256, pads: false },
  A128CBCPAD: { kind: 'oct', local: 'AES-CBC', bits: 128, pads: true },
  A192CBCPAD: { kind: 'oct', local: 'AES-CBC', bits: 192, pads: true },
  A256CBCPAD: { kind: 'oct', local: 'AES-CBC', bits: 256, pads: true },
} as const

/** Wrappings of one key by another. */
export const WRAPPINGS = {
  RSA1_5: { kind: 'RSA', local: null },
  'RSA-OAEP': { kind: 'RSA', local: 'RSA-OAEP', hash: 'SHA-1', hashBytes: 20 },
  'RSA-OAEP-256': { kind: 'RSA', local: 'RSA-OAEP', hash: 'SHA-256', hashBytes: 32 },
  A128KW: { kind: 'oct', local: 'AES-KW', bits: 128 },
  A192KW: { kind: 'oct', local: 'AES-KW', bits: 192 },
  A256KW: { kind: 'oct', local: 'AES-KW', bits: 256 },
  CKM_AES_KEY_WRAP: { kind: 'oct', local: null },
  CKM_AES_KEY_WRAP_PAD: { kind: 'oct', local: null },
} as const

/** Names of a table's rows whose keys are of such a kind. */
type NamesOf<Table extends Readonly<Record<string, { readonly kind: KeyKind }>>, Kind> = {
  [Name in keyof Table]: Table[Name]['kind'] extends Kind ? Name : never
}[keyof Table]

/**
 * The signatures that keys of this kind make.
 * @see https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
 */
export type SignatureAlgorithm<Kind extends KeyKind = KeyKind> = NamesOf<typeof SIGNATURES, Kind>

/**
 * The encryptions that keys of this kind do; none for curves.
 * @see https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
 */
export type EncryptionAlgorithm<Kind extends KeyKind = KeyKind> = NamesOf<typeof ENCRYPTIONS, Kind>

/**
 * The wrappings that keys of this kind do; none for curves.
 * @see https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
 */
export type KeyWrapAlgorithm<Kind extends KeyKind = KeyKind> = NamesOf<typeof WRAPPINGS, Kind>

/** One row of encryptions, as code that looks at any of them sees it. */
export interface CipherRow {
  readonly kind: KeyKind
  readonly local: 'RSA-OAEP' | 'AES-GCM' | 'AES-CBC' | 'AES-KW' | null
  readonly hash?: 'SHA-1' | 'SHA-256'
  readonly hashBytes?: number
  readonly bits?: number
  readonly pads?: boolean
}

/** One row of signatures, as code that looks at any of them sees it. */
export interface SignatureRow {
  readonly kind: KeyKind
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512' | null
  readonly local: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'ECDSA' | 'HMAC' | null
}
