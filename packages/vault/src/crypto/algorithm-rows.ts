import type { EcCurve } from './key-spec.ts'

/** Hashes by the names that node:crypto and OpenSSL share. */
export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512'

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

/** ECDSA over a digest; the signature is r and s, each as long as the order of the curve. */
export interface EcSignatureRow extends Described {
  readonly keyType: 'EC'
  readonly curve: EcCurve
  readonly hash: HashName
  readonly digestBytes: number
  readonly signatureBytes: number
}

/** A message authentication code over data of any length up to the bound. */
export interface MacRow extends Described {
  readonly keyType: 'oct'
  readonly hash: HashName
  readonly macBytes: number
  readonly minimumKeyBytes: number
  readonly maximumInputBytes: number
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
  | MacRow
  | EdwardsSignatureRow

/** One block of RSA; OAEP with MGF1 of the same hash and no label. */
export interface RsaEncryptionRow extends Described {
  readonly keyType: 'RSA'
  readonly padding: 'pkcs1' | 'oaep'
  readonly hash: HashName | null
  /** Octets of the modulus that the padding takes; the plaintext has the rest. */
  readonly overheadBytes: number
}

/** AES with a tag over ciphertext and additional data. */
export interface GcmRow extends Described {
  readonly keyType: 'oct'
  readonly mode: 'gcm'
  readonly cipher: 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm'
  readonly keyBytes: number
  readonly ivBytes: 12
  readonly tagBytes: 16
}

/** AES in CBC mode, without authentication; the caller brings the IV. */
export interface CbcRow extends Described {
  readonly keyType: 'oct'
  readonly mode: 'cbc'
  readonly cipher: 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc'
  readonly keyBytes: number
  readonly ivBytes: 16
  /** PKCS#7; without it the plaintext is whole blocks of 16 octets. */
  readonly padded: boolean
}

export type EncryptionRow = RsaEncryptionRow | GcmRow | CbcRow

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
