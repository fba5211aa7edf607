import type {
  EncryptionAlgorithm,
  KeySpec,
  MacAlgorithm,
  SignatureAlgorithm,
} from '@claviger/vault'

/** What a key may be used for, fixed when it is made. */
export type KeyUsage = 'ENCRYPT/DECRYPT' | 'SIGN/VERIFY' | 'GENERATE_VERIFY_MAC'

/** How the last block of a block cipher is filled. */
export type PaddingMode = 'PKCS7_PADDING' | 'NO_PADDING'

/** A kind of key as this wire names it. */
export interface KeySpecRow {
  readonly spec: KeySpec
  /** The first is taken when none is asked for. */
  readonly usages: readonly KeyUsage[]
  /** Encryption algorithms by their names here, the first where none is named. */
  readonly encryptions: Readonly<Record<string, EncryptionAlgorithm>>
  /** Those of whole blocks, which are what they are by their padding. */
  readonly blockEncryptions: Readonly<
    Record<string, Readonly<Record<PaddingMode, EncryptionAlgorithm>>>
  >
  readonly signatures: Readonly<Record<string, SignatureAlgorithm>>
  readonly macs: Readonly<Record<string, MacAlgorithm>>
}

const NONE = { encryptions: {}, blockEncryptions: {}, signatures: {}, macs: {} } as const

function aes(bits: 128 | 192 | 256): KeySpecRow {
  return {
    ...NONE,
    spec: { type: 'oct', bits },
    usages: ['ENCRYPT/DECRYPT'],
    encryptions: { AES_GCM: `A${bits}GCM` },
    blockEncryptions: {
      AES_CBC: { PKCS7_PADDING: `A${bits}CBCPAD`, NO_PADDING: `A${bits}CBC` },
      AES_ECB: { PKCS7_PADDING: `A${bits}ECBPAD`, NO_PADDING: `A${bits}ECB` },
    },
  }
}

function rsa(bits: number): KeySpecRow {
  return {
    ...NONE,
    spec: { type: 'RSA', bits, publicExponent: 65_537 },
    usages: ['SIGN/VERIFY', 'ENCRYPT/DECRYPT'],
    encryptions: { RSAES_OAEP_SHA_256: 'RSA-OAEP-256', RSAES_OAEP_SHA_1: 'RSA-OAEP' },
    signatures: { RSA_PSS_SHA_256: 'PS256', RSA_PKCS1_SHA_256: 'RS256' },
  }
}

/** Codes, each by every key that is for codes. */
export const MAC_ALGORITHMS: Readonly<Record<string, MacAlgorithm>> = {
  HMAC_SHA_224: 'HMAC-SHA-224',
  HMAC_SHA_256: 'HMAC-SHA-256',
  HMAC_SHA_384: 'HMAC-SHA-384',
  HMAC_SHA_512: 'HMAC-SHA-512',
  HMAC_SM3: 'HMAC-SM3',
}

function mac(bits: number): KeySpecRow {
  return {
    ...NONE,
    spec: { type: 'HMAC', bits },
    usages: ['GENERATE_VERIFY_MAC'],
    macs: MAC_ALGORITHMS,
  }
}

/**
 * Every KeySpec (Alibaba Cloud KMS, "Key types and specifications") and what it is in the vault. The
 * names of the HMAC specs are ours: none are published.
 */
export const KEY_SPECS: Readonly<Record<string, KeySpecRow>> = {
  Aliyun_AES_256: aes(256),
  Aliyun_AES_192: aes(192),
  Aliyun_AES_128: aes(128),
  Aliyun_SM4: {
    ...NONE,
    spec: { type: 'SM4', bits: 128 },
    usages: ['ENCRYPT/DECRYPT'],
    encryptions: { SM4_GCM: 'SM4-GCM' },
    blockEncryptions: {
      SM4_CBC: { PKCS7_PADDING: 'SM4-CBC-PAD', NO_PADDING: 'SM4-CBC' },
      SM4_ECB: { PKCS7_PADDING: 'SM4-ECB-PAD', NO_PADDING: 'SM4-ECB' },
    },
  },
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  EC_P256: {
    ...NONE,
    spec: { type: 'EC', curve: 'P-256' },
    usages: ['SIGN/VERIFY'],
    signatures: { ECDSA_SHA_256: 'ES256' },
  },
  EC_P256K: {
    ...NONE,
    spec: { type: 'EC', curve: 'secp256k1' },
    usages: ['SIGN/VERIFY'],
    signatures: { ECDSA_SHA_256: 'ES256K' },
  },
  EC_SM2: {
    ...NONE,
    spec: { type: 'EC', curve: 'SM2' },
    usages: ['SIGN/VERIFY', 'ENCRYPT/DECRYPT'],
    encryptions: { SM2PKE: 'SM2PKE' },
    signatures: { SM2DSA: 'SM2-SM3' },
  },
  HMAC_224: mac(224),
  HMAC_256: mac(256),
  HMAC_384: mac(384),
  HMAC_512: mac(512),
}

const NAMED_ROWS = Object.entries(KEY_SPECS).map(([name, row]) => ({ name, row }))

/** The name of a key's kind and its row; `undefined` for a kind that this wire has no name for. */
export function keySpecOf(spec: KeySpec): { readonly name: string; readonly row: KeySpecRow } | undefined {
  return NAMED_ROWS.find(({ row }) => isSame(row.spec, spec))
}

function isSame(one: KeySpec, other: KeySpec): boolean {
  if (one.type !== other.type) return false
  if ('curve' in one) return 'curve' in other && one.curve === other.curve
  return 'bits' in other && one.bits === other.bits
}
