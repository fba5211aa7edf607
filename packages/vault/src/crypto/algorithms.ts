// THE TABLE. Names are JOSE's, and Azure's where JOSE has none; beyond those, what the field calls
// the algorithm. What may be done with a key, how long things are, the documentation and the vector
// tests read it; nothing switches on a name.
import type {
  CbcRow,
  EcbRow,
  EncryptionRow,
  GcmRow,
  HashName,
  KeyWrapRow,
  MacRow,
  SignatureRow,
  Sm2EncryptionRow,
  WrapRow,
} from './algorithm-rows.ts'

/** Data that is hashed here, not by the caller: HMAC and EdDSA. */
const MAXIMUM_INPUT_BYTES = 65_536

/**
 * Far more than any key, less than 2 ms of work. Key wrap goes over its input six times, in small
 * steps: a megabyte would hold up everybody else for a third of a second.
 */
const MAXIMUM_WRAPPED_BYTES = 16_384

const RSA_SIZES = [2048, 3072, 4096] as const

function rsaVectors(hash: string): readonly string[] {
  return RSA_SIZES.flatMap((bits) => [`rsa_signature_${bits}_${hash}`, `rsa_pkcs1_${bits}_sig_gen`])
}

/** Signature algorithms, over a digest that the caller has made unless a row bounds an input. */
export const SIGNATURES = {
  RS256: {
    keyType: 'RSA',
    padding: 'pkcs1',
    hash: 'sha256',
    digestBytes: 32,
    source: 'RFC 7518 §3.3',
    vectors: rsaVectors('sha256'),
  },
  RS384: {
    keyType: 'RSA',
    padding: 'pkcs1',
    hash: 'sha384',
    digestBytes: 48,
    source: 'RFC 7518 §3.3',
    vectors: rsaVectors('sha384'),
  },
  RS512: {
    keyType: 'RSA',
    padding: 'pkcs1',
    hash: 'sha512',
    digestBytes: 64,
    source: 'RFC 7518 §3.3',
    vectors: rsaVectors('sha512'),
  },
  RSNULL: {
    keyType: 'RSA',
    padding: 'pkcs1',
    hash: null,
    overheadBytes: 11,
    source: 'RFC 8017 §9.2, without the DigestInfo',
    vectors: [],
  },
  PS256: {
    keyType: 'RSA',
    padding: 'pss',
    hash: 'sha256',
    digestBytes: 32,
    source: 'RFC 7518 §3.5',
    vectors: RSA_SIZES.map((bits) => `rsa_pss_${bits}_sha256_mgf1_32`),
  },
  PS384: {
    keyType: 'RSA',
    padding: 'pss',
    hash: 'sha384',
    digestBytes: 48,
    source: 'RFC 7518 §3.5',
    vectors: ['rsa_pss_2048_sha384_mgf1_48', 'rsa_pss_4096_sha384_mgf1_48'],
  },
  PS512: {
    keyType: 'RSA',
    padding: 'pss',
    hash: 'sha512',
    digestBytes: 64,
    source: 'RFC 7518 §3.5',
    vectors: ['rsa_pss_4096_sha512_mgf1_64'],
  },
  ES256: {
    keyType: 'EC',
    curve: 'P-256',
    hash: 'sha256',
    digestBytes: 32,
    signatureBytes: 64,
    source: 'RFC 7518 §3.4',
    vectors: ['ecdsa_secp256r1_sha256_p1363'],
  },
  ES384: {
    keyType: 'EC',
    curve: 'P-384',
    hash: 'sha384',
    digestBytes: 48,
    signatureBytes: 96,
    source: 'RFC 7518 §3.4',
    vectors: ['ecdsa_secp384r1_sha384_p1363'],
  },
  ES512: {
    keyType: 'EC',
    curve: 'P-521',
    hash: 'sha512',
    digestBytes: 64,
    signatureBytes: 132,
    source: 'RFC 7518 §3.4',
    vectors: ['ecdsa_secp521r1_sha512_p1363'],
  },
  ES256K: {
    keyType: 'EC',
    curve: 'secp256k1',
    hash: 'sha256',
    digestBytes: 32,
    signatureBytes: 64,
    source: 'RFC 8812 §3.2',
    vectors: ['ecdsa_secp256k1_sha256_p1363'],
  },
  'SM2-SM3': {
    keyType: 'EC',
    curve: 'SM2',
    hash: 'sm3',
    digestBytes: 32,
    signatureBytes: 64,
    source: 'GB/T 32918.2, RFC 8998 §3.2.1',
    vectors: [],
  },
  HS256: {
    keyType: 'oct',
    hash: 'sha256',
    macBytes: 32,
    minimumKeyBytes: 32,
    maximumInputBytes: MAXIMUM_INPUT_BYTES,
    source: 'RFC 7518 §3.2',
    vectors: ['hmac_sha256'],
  },
  HS384: {
    keyType: 'oct',
    hash: 'sha384',
    macBytes: 48,
    minimumKeyBytes: 48,
    maximumInputBytes: MAXIMUM_INPUT_BYTES,
    source: 'RFC 7518 §3.2',
    vectors: ['hmac_sha384'],
  },
  HS512: {
    keyType: 'oct',
    hash: 'sha512',
    macBytes: 64,
    minimumKeyBytes: 64,
    maximumInputBytes: MAXIMUM_INPUT_BYTES,
    source: 'RFC 7518 §3.2',
    vectors: ['hmac_sha512'],
  },
  EdDSA: {
    keyType: 'OKP',
    curve: 'Ed25519',
    signatureBytes: 64,
    maximumInputBytes: MAXIMUM_INPUT_BYTES,
    source: 'RFC 8037 §3.1',
    vectors: [],
  },
} as const satisfies Record<string, SignatureRow>

const RSA_ENCRYPTIONS = {
  RSA1_5: {
    keyType: 'RSA',
    padding: 'pkcs1',
    hash: null,
    overheadBytes: 11,
    source: 'RFC 7518 §4.2',
    vectors: RSA_SIZES.map((bits) => `rsa_pkcs1_${bits}`),
  },
  'RSA-OAEP': {
    keyType: 'RSA',
    padding: 'oaep',
    hash: 'sha1',
    overheadBytes: 42,
    source: 'RFC 7518 §4.3',
    vectors: ['rsa_oaep_2048_sha1_mgf1sha1'],
  },
  'RSA-OAEP-256': {
    keyType: 'RSA',
    padding: 'oaep',
    hash: 'sha256',
    overheadBytes: 66,
    source: 'RFC 7518 §4.3',
    vectors: RSA_SIZES.map((bits) => `rsa_oaep_${bits}_sha256_mgf1sha256`),
  },
} as const satisfies Record<string, EncryptionRow & WrapRow>

const SM2PKE = {
  keyType: 'EC',
  curve: 'SM2',
  hash: 'sm3',
  // With point, code and their mark, 6 KB of ciphertext.
  maximumInputBytes: 6047,
  source: 'GB/T 32918.4, GB/T 35276 §7.2',
  vectors: [],
} as const satisfies Sm2EncryptionRow

const gcm = (bits: 128 | 192 | 256) =>
  ({
    keyType: 'oct',
    mode: 'gcm',
    cipher: `aes-${bits}-gcm`,
    keyBytes: bits / 8,
    ivBytes: 12,
    tagBytes: 16,
    source: 'NIST SP 800-38D, RFC 7518 §5.3',
    vectors: ['aes_gcm'],
  }) as const satisfies GcmRow

const cbc = (bits: 128 | 192 | 256, padded: boolean) =>
  ({
    keyType: 'oct',
    mode: 'cbc',
    cipher: `aes-${bits}-cbc`,
    keyBytes: bits / 8,
    ivBytes: 16,
    padded,
    source: padded ? 'NIST SP 800-38A §6.2, RFC 5652 §6.3' : 'NIST SP 800-38A §6.2',
    vectors: padded ? ['aes_cbc_pkcs5'] : [],
  }) as const satisfies CbcRow

const ecb = (bits: 128 | 192 | 256, padded: boolean) =>
  ({
    keyType: 'oct',
    mode: 'ecb',
    cipher: `aes-${bits}-ecb`,
    keyBytes: bits / 8,
    padded,
    source: padded ? 'NIST SP 800-38A §6.1, RFC 5652 §6.3' : 'NIST SP 800-38A §6.1',
    vectors: [],
  }) as const satisfies EcbRow

const SM4_GCM = {
  keyType: 'SM4',
  mode: 'gcm',
  cipher: 'sm4-gcm',
  keyBytes: 16,
  ivBytes: 12,
  tagBytes: 16,
  source: 'GB/T 32907, RFC 8998 §3.5.1',
  vectors: [],
} as const satisfies GcmRow

const sm4Cbc = (padded: boolean) =>
  ({
    keyType: 'SM4',
    mode: 'cbc',
    cipher: 'sm4-cbc',
    keyBytes: 16,
    ivBytes: 16,
    padded,
    source: padded ? 'GB/T 32907, GB/T 17964, RFC 5652 §6.3' : 'GB/T 32907, GB/T 17964',
    vectors: [],
  }) as const satisfies CbcRow

const sm4Ecb = (padded: boolean) =>
  ({
    keyType: 'SM4',
    mode: 'ecb',
    cipher: 'sm4-ecb',
    keyBytes: 16,
    padded,
    source: padded ? 'GB/T 32907, GB/T 17964, RFC 5652 §6.3' : 'GB/T 32907, GB/T 17964',
    vectors: [],
  }) as const satisfies EcbRow

const kw = (bits: 128 | 192 | 256) =>
  ({
    keyType: 'oct',
    mode: 'kw',
    cipher: `aes${bits}-wrap`,
    keyBytes: bits / 8,
    maximumInputBytes: MAXIMUM_WRAPPED_BYTES,
    source: 'RFC 3394, RFC 7518 §4.4',
    vectors: ['aes_wrap'],
  }) as const satisfies KeyWrapRow

/** Encryption algorithms. */
export const ENCRYPTIONS = {
  ...RSA_ENCRYPTIONS,
  A128GCM: gcm(128),
  A192GCM: gcm(192),
  A256GCM: gcm(256),
  A128CBC: cbc(128, false),
  A192CBC: cbc(192, false),
  A256CBC: cbc(256, false),
  A128CBCPAD: cbc(128, true),
  A192CBCPAD: cbc(192, true),
  A256CBCPAD: cbc(256, true),
  A128ECB: ecb(128, false),
  A192ECB: ecb(192, false),
  A256ECB: ecb(256, false),
  A128ECBPAD: ecb(128, true),
  A192ECBPAD: ecb(192, true),
  A256ECBPAD: ecb(256, true),
  'SM4-GCM': SM4_GCM,
  'SM4-CBC': sm4Cbc(false),
  'SM4-CBC-PAD': sm4Cbc(true),
  'SM4-ECB': sm4Ecb(false),
  'SM4-ECB-PAD': sm4Ecb(true),
  SM2PKE,
} as const satisfies Record<string, EncryptionRow>

/** Key wrapping algorithms. */
export const WRAPS = {
  ...RSA_ENCRYPTIONS,
  A128KW: kw(128),
  A192KW: kw(192),
  A256KW: kw(256),
} as const satisfies Record<string, WrapRow>

const hmac = (hash: HashName, macBytes: number, source: string, vectors: readonly string[]) =>
  ({
    keyType: 'HMAC',
    hash,
    macBytes,
    maximumInputBytes: MAXIMUM_INPUT_BYTES,
    source,
    vectors,
  }) as const satisfies MacRow

/** Codes by keys that are for codes alone. */
export const MACS = {
  'HMAC-SM3': hmac('sm3', 32, 'RFC 2104, GB/T 32905', []),
  'HMAC-SHA-224': hmac('sha224', 28, 'RFC 2104, RFC 4231', []),
  'HMAC-SHA-256': hmac('sha256', 32, 'RFC 2104, RFC 4231', ['hmac_sha256']),
  'HMAC-SHA-384': hmac('sha384', 48, 'RFC 2104, RFC 4231', ['hmac_sha384']),
  'HMAC-SHA-512': hmac('sha512', 64, 'RFC 2104, RFC 4231', ['hmac_sha512']),
} as const satisfies Record<string, MacRow>

export type MacAlgorithm = keyof typeof MACS
export type SignatureAlgorithm = keyof typeof SIGNATURES
export type EncryptionAlgorithm = keyof typeof ENCRYPTIONS
export type WrapAlgorithm = keyof typeof WRAPS
