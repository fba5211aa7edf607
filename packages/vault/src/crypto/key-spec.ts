/** Curves of EC keys, by their JOSE names (RFC 7518 §6.2.1.1, RFC 8812 §3.1). */
export type EcCurve = 'P-256' | 'P-384' | 'P-521' | 'secp256k1'

/** Curves of OKP keys (RFC 8037 §2). */
export type OkpCurve = 'Ed25519' | 'X25519'

/** What a key is made as: its type and its size or curve. */
export type KeySpec =
  | { readonly type: 'RSA'; readonly bits: number; readonly publicExponent: number }
  | { readonly type: 'EC'; readonly curve: EcCurve }
  | { readonly type: 'OKP'; readonly curve: OkpCurve }
  | { readonly type: 'oct'; readonly bits: number }

export type KeyType = KeySpec['type']

/** The public half as JOSE names its members, base64url without padding; an `oct` key has none. */
export type PublicKey =
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: EcCurve; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: OkpCurve; readonly x: string }
