/** Curves that JOSE has names for (RFC 7518 §6.2.1.1, RFC 8812 §3.1). */
export type JoseCurve = 'P-256' | 'P-384' | 'P-521' | 'secp256k1'

/** Curves of EC keys: JOSE's, and that of GB/T 32918.5 (`sm2p256v1`), which JOSE does not know. */
export type EcCurve = JoseCurve | 'SM2'

/** Curves of OKP keys (RFC 8037 §2). */
export type OkpCurve = 'Ed25519' | 'X25519'

/**
 * What a key is made as: its type and its size or curve. A key of type `oct` is for AES or for
 * JOSE's codes, as its use says; keys of the types `SM4` and `HMAC` are for that alone.
 */
export type KeySpec =
  | { readonly type: 'RSA'; readonly bits: number; readonly publicExponent: number }
  | { readonly type: 'EC'; readonly curve: EcCurve }
  | { readonly type: 'OKP'; readonly curve: OkpCurve }
  | { readonly type: 'oct'; readonly bits: number }
  | { readonly type: 'SM4'; readonly bits: 128 }
  | { readonly type: 'HMAC'; readonly bits: number }

export type KeyType = KeySpec['type']

/** What a key without a public half is made as: octets alone. */
export type SymmetricSpec = Extract<KeySpec, { type: 'oct' | 'SM4' | 'HMAC' }>

/**
 * The public half as JOSE names its members, base64url without padding; a symmetric key has none.
 */
export type PublicKey =
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: JoseCurve; readonly x: string; readonly y: string }
  | Sm2PublicKey
  | { readonly kty: 'OKP'; readonly crv: OkpCurve; readonly x: string }

/** The public half of a key on SM2; each number has 32 octets. */
export interface Sm2PublicKey {
  readonly kty: 'EC'
  readonly crv: 'SM2'
  readonly x: string
  readonly y: string
}
