import type { EcCurve } from './key-spec.ts'

/** Hashes by the names that node:crypto and OpenSSL share. */
export type HashName = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'sm3'

/** What every row says for readers: where the algorithm is defined, and what proves it. */
interface Described {
  readonly source: string
  /** Wycheproof files that exercise the row, without `_test.json`; empty where there is none. */
  readonly vectors: readonly string[]
}

/** PKCS#1 signatures over a digest; the salt of PSS is as long as the digest. */
export interface RsaSignatureRow extends Described {
  readonly keyType: 'RSA'
  readonly padding: 'pkcs1' | 'pss'
  readonly hash: HashName
  readonly digestBytes: number
}

/** PKCS#1 v1.5 padding of a value as it is: no DigestInfo says which hash made it. */
export interface RawRsaSignatureRow extends Described {
  readonly keyType: 'RSA'
  readonly padding: 'pkcs1'
  readonly hash: null
  /** Octets of the modulus that the padding takes; the value has the rest. */
  readonly overheadBytes: number
}

/**
 * A signature with a curve over a digest, by ECDSA or on the curve SM2 by the algorithm of that name;
 * it is r and s, each as long as the order of the curve.
 */
export interface EcSignatureRow extends Described {
  readonly keyType: 'EC'
  readonly curve: EcCurve
  readonly hash: HashName
  readonly digestBytes: number
  readonly signatureBytes: number
}

/** A message authentication code over data of any length up to the bound. */
interface HmacRow extends Described {
  readonly hash: HashName
  readonly macBytes: number
  readonly maximumInputBytes: number
}

/** JOSE's code, which counts as a signature and wants a key as long as the hash. */
export interface JoseMacRow extends HmacRow {
  readonly keyType: 'oct'
  readonly minimumKeyBytes: number
}

/** A code by a key that is for codes alone. */
export interface MacRow extends HmacRow {
  readonly keyType: 'HMAC'
}

/** A signature over the message itself, of any length up to the bound. */
export interface EdwardsSignatureRow extends Described {
  readonly keyType: 'OKP'
  readonly curve: 'Ed25519'
  readonly signatureBytes: number
  readonly maximumInputBytes: number
}

export type SignatureRow =
  | RsaSignatureRow
  | RawRsaSignatureRow
  | EcSignatureRow
  | JoseMacRow
  | EdwardsSignatureRow

/** One block of RSA; OAEP with MGF1 of the same hash and no label. */
export interface RsaEncryptionRow extends Described {
  readonly keyType: 'RSA'
  readonly padding: 'pkcs1' | 'oaep'
  readonly hash: HashName | null
  /** Octets of the modulus that the padding takes; the plaintext has the rest. */
  readonly overheadBytes: number
}

/** The public key encryption of SM2, which makes a new point and a code for each plaintext. */
export interface Sm2EncryptionRow extends Described {
  readonly keyType: 'EC'
  readonly curve: 'SM2'
  readonly hash: 'sm3'
  /** Of the plaintext, which has one octet at least: the mask of nothing would be zero. */
  readonly maximumInputBytes: number
}

type AesBits = 128 | 192 | 256

/** A cipher that is named with its mode, and the key that goes with it. */
type ModeOf<Mode extends string> =
  | {
      readonly keyType: 'oct'
      readonly cipher: `aes-${AesBits}-${Mode}`
      readonly keyBytes: number
    }
  | {
      readonly keyType: 'SM4'
      readonly cipher: `sm4-${Mode}`
      readonly keyBytes: 16
    }

/** A tag over ciphertext and additional data. */
export type GcmRow = Described &
  ModeOf<'gcm'> & {
    readonly mode: 'gcm'
    readonly ivBytes: 12
    readonly tagBytes: 16
  }

/** Each block mixed with the one before, without authentication. */
export type CbcRow = Described &
  ModeOf<'cbc'> & {
    readonly mode: 'cbc'
    readonly ivBytes: 16
    /** PKCS#7; without it the plaintext is whole blocks of 16 octets. */
    readonly padded: boolean
  }

/** Each block by itself, without IV and authentication: equal blocks show in the ciphertext. */
export type EcbRow = Described &
  ModeOf<'ecb'> & {
    readonly mode: 'ecb'
    /** As with CBC. */
    readonly padded: boolean
  }

export type EncryptionRow = RsaEncryptionRow | Sm2EncryptionRow | GcmRow | CbcRow | EcbRow

/** AES key wrap: no IV, no additional data, the check value inside. */
export interface KeyWrapRow extends Described {
  readonly keyType: 'oct'
  readonly mode: 'kw'
  readonly cipher: 'aes128-wrap' | 'aes192-wrap' | 'aes256-wrap'
  readonly keyBytes: number
  /** Of what is wrapped. */
  readonly maximumInputBytes: number
}

export type WrapRow = RsaEncryptionRow | KeyWrapRow

/** A row of any of the tables. */
export type AlgorithmRow = SignatureRow | MacRow | EncryptionRow | WrapRow
