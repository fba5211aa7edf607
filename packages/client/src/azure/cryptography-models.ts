import type {
  EncryptionAlgorithm,
  KeyKind,
  KeyWrapAlgorithm,
  SignatureAlgorithm,
} from './algorithms.ts'

type Rsa = EncryptionAlgorithm<'RSA'>
/** AES in GCM: the iv, 12 octets, is made with the ciphertext, and so is the tag of 16. */
export type AesGcmEncryptionAlgorithm = 'A128GCM' | 'A192GCM' | 'A256GCM'
/** AES in CBC; those without `PAD` take whole blocks of 16 octets. */
export type AesCbcEncryptionAlgorithm = Exclude<
  EncryptionAlgorithm<'oct'>,
  AesGcmEncryptionAlgorithm
>

/** What RSA encrypts: one block. */
export interface RsaEncryptParameters {
  readonly algorithm: Rsa
  readonly plaintext: Uint8Array
}

/** What AES in GCM encrypts. */
export interface AesGcmEncryptParameters {
  readonly algorithm: AesGcmEncryptionAlgorithm
  readonly plaintext: Uint8Array
  readonly additionalAuthenticatedData?: Uint8Array
}

/** What AES in CBC encrypts. */
export interface AesCbcEncryptParameters {
  readonly algorithm: AesCbcEncryptionAlgorithm
  readonly plaintext: Uint8Array
  /** 16 octets; drawn here unless given. */
  readonly iv?: Uint8Array
}

/** What RSA decrypts. */
export interface RsaDecryptParameters {
  readonly algorithm: Rsa
  readonly ciphertext: Uint8Array
}

/** What AES in GCM decrypts. */
export interface AesGcmDecryptParameters {
  readonly algorithm: AesGcmEncryptionAlgorithm
  readonly ciphertext: Uint8Array
  readonly iv: Uint8Array
  readonly authenticationTag: Uint8Array
  readonly additionalAuthenticatedData?: Uint8Array
}

/** What AES in CBC decrypts. */
export interface AesCbcDecryptParameters {
  readonly algorithm: AesCbcEncryptionAlgorithm
  readonly ciphertext: Uint8Array
  readonly iv: Uint8Array
}

/** What keys of a kind encrypt. */
export type EncryptParameters<Kind extends KeyKind = KeyKind> =
  | ('RSA' extends Kind ? RsaEncryptParameters : never)
  | ('oct' extends Kind ? AesGcmEncryptParameters | AesCbcEncryptParameters : never)

/** What keys of a kind decrypt. */
export type DecryptParameters<Kind extends KeyKind = KeyKind> =
  | ('RSA' extends Kind ? RsaDecryptParameters : never)
  | ('oct' extends Kind ? AesGcmDecryptParameters | AesCbcDecryptParameters : never)

interface Result {
  /** The id of the version that was used. */
  readonly keyID?: string
  readonly result: Uint8Array
}

/** A ciphertext, and what its decryption needs beside it. */
export interface EncryptResult extends Result {
  readonly algorithm: EncryptionAlgorithm
  readonly iv?: Uint8Array
  readonly authenticationTag?: Uint8Array
  readonly additionalAuthenticatedData?: Uint8Array
}

/** A plaintext. */
export interface DecryptResult extends Result {
  readonly algorithm: EncryptionAlgorithm
}

/** A key that is wrapped, or unwrapped. */
export interface WrapResult extends Result {
  readonly algorithm: KeyWrapAlgorithm
}

/** A signature: for curves r and s one after the other, as JWS has it. */
export interface SignResult extends Result {
  readonly algorithm: SignatureAlgorithm
}

/** Whether a signature is the key's. */
export interface VerifyResult {
  readonly keyID?: string
  readonly result: boolean
}
