// The algorithms that the vault offers, written down here a second time on purpose: a mistake in the
// server's own table must not be repeated by what tests it.

const RSA = ['RSA-2048', 'RSA-3072', 'RSA-4096'] as const

export interface SignatureCase {
  readonly algorithm: string
  readonly scheme: 'pkcs1' | 'raw' | 'pss' | 'ecdsa' | 'hmac' | 'eddsa'
  /** As node:crypto names it; empty where the algorithm hashes nothing, or by itself. */
  readonly hash: string
  /** Names of local keys it is tried with. */
  readonly keys: readonly string[]
}

/** Every signature algorithm with every kind of key it is for. */
export const SIGNATURE_CASES: readonly SignatureCase[] = [
  { algorithm: 'RS256', scheme: 'pkcs1', hash: 'sha256', keys: RSA },
  { algorithm: 'RS384', scheme: 'pkcs1', hash: 'sha384', keys: RSA },
  { algorithm: 'RS512', scheme: 'pkcs1', hash: 'sha512', keys: RSA },
  { algorithm: 'RSNULL', scheme: 'raw', hash: '', keys: RSA },
  { algorithm: 'PS256', scheme: 'pss', hash: 'sha256', keys: RSA },
  { algorithm: 'PS384', scheme: 'pss', hash: 'sha384', keys: RSA },
  { algorithm: 'PS512', scheme: 'pss', hash: 'sha512', keys: RSA },
  { algorithm: 'ES256', scheme: 'ecdsa', hash: 'sha256', keys: ['EC-P-256'] },
  { algorithm: 'ES384', scheme: 'ecdsa', hash: 'sha384', keys: ['EC-P-384'] },
  { algorithm: 'ES512', scheme: 'ecdsa', hash: 'sha512', keys: ['EC-P-521'] },
  { algorithm: 'ES256K', scheme: 'ecdsa', hash: 'sha256', keys: ['EC-P-256K'] },
  { algorithm: 'HS256', scheme: 'hmac', hash: 'sha256', keys: ['oct-256', 'oct-384', 'oct-512'] },
  { algorithm: 'HS384', scheme: 'hmac', hash: 'sha384', keys: ['oct-384', 'oct-512'] },
  { algorithm: 'HS512', scheme: 'hmac', hash: 'sha512', keys: ['oct-512'] },
  { algorithm: 'EdDSA', scheme: 'eddsa', hash: '', keys: ['OKP-Ed25519'] },
]

export interface CipherCase {
  readonly algorithm: string
  readonly scheme: 'RSA1_5' | 'OAEP' | 'GCM' | 'CBC' | 'CBCPAD' | 'KW'
  /** The hash of OAEP; the name of the cipher elsewhere. */
  readonly primitive: string
  readonly keys: readonly string[]
}

const RSA_CIPHERS: readonly CipherCase[] = [
  { algorithm: 'RSA1_5', scheme: 'RSA1_5', primitive: '', keys: RSA },
  { algorithm: 'RSA-OAEP', scheme: 'OAEP', primitive: 'sha1', keys: RSA },
  { algorithm: 'RSA-OAEP-256', scheme: 'OAEP', primitive: 'sha256', keys: RSA },
]

/** Every encryption algorithm with every kind of key it is for. */
export const ENCRYPTION_CASES: readonly CipherCase[] = [
  ...RSA_CIPHERS,
  ...[128, 192, 256].flatMap((bits): CipherCase[] => {
    const keys = [`oct-${bits}`]
    return [
      { algorithm: `A${bits}GCM`, scheme: 'GCM', primitive: `aes-${bits}-gcm`, keys },
      { algorithm: `A${bits}CBC`, scheme: 'CBC', primitive: `aes-${bits}-cbc`, keys },
      { algorithm: `A${bits}CBCPAD`, scheme: 'CBCPAD', primitive: `aes-${bits}-cbc`, keys },
    ]
  }),
]

/** Every algorithm that wraps keys, with every kind of key it is for. */
export const WRAP_CASES: readonly CipherCase[] = [
  ...RSA_CIPHERS,
  ...[128, 192, 256].map((bits): CipherCase => {
    const primitive = `id-aes${bits}-wrap`
    return { algorithm: `A${bits}KW`, scheme: 'KW', primitive, keys: [`oct-${bits}`] }
  }),
]
