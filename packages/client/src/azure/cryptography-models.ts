import type {
  EncryptionAlgorithm,
  KeyKind,
  KeyWrapAlgorithm,
  SignatureAlgorithm,
} from './algorithms.ts'

type Rsa = EncryptionAlgorithm<'RSA'>
/**
 * AES in GCM: the iv, 12 octets, is made with the ciphertext, and so is the tag of 16.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/encrypt
 */
export type AesGcmEncryptionAlgorithm = 'A128GCM' | 'A192GCM' | 'A256GCM'
/**
 * AES in CBC; those without `PAD` take whole blocks of 16 octets.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/encrypt
 */
export type AesCbcEncryptionAlgorithm = Exclude<
  EncryptionAlgorithm<'oct'>,
  AesGcmEncryptionAlgorithm
>

/**
 * What RSA encrypts: one block.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/encrypt
 */
export interface RsaEncryptParameters {
  /** The padding. */
  readonly algorithm: Rsa
  /** At most the key's octets less 11 (`RSA1_5`), 42 (`RSA-OAEP`) or 66 (`RSA-OAEP-256`). */
  readonly plaintext: Uint8Array
}

/**
 * What AES in GCM encrypts.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/encrypt
 */
export interface AesGcmEncryptParameters {
  /** GCM with a key of 128, 192 or 256 bits. */
  readonly algorithm: AesGcmEncryptionAlgorithm
  /** Any number of octets, as far as the service takes them. */
  readonly plaintext: Uint8Array
  /** Octets that are authenticated with the ciphertext and not encrypted. */
  readonly additionalAuthenticatedData?: Uint8Array
}

/**
 * What AES in CBC encrypts.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/encrypt
 */
export interface AesCbcEncryptParameters {
  /** CBC with a key of 128, 192 or 256 bits, with padding or without. */
  readonly algorithm: AesCbcEncryptionAlgorithm
  /** Octets; whole blocks of 16 where the algorithm does not pad. */
  readonly plaintext: Uint8Array
  /** 16 octets; drawn here unless given. */
  readonly iv?: Uint8Array
}

/**
 * What RSA decrypts.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/decrypt
 */
export interface RsaDecryptParameters {
  /** The padding that it was encrypted with. */
  readonly algorithm: Rsa
  /** As many octets as the key's size has: 256, 384 or 512. */
  readonly ciphertext: Uint8Array
}

/**
 * What AES in GCM decrypts.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/decrypt
 */
export interface AesGcmDecryptParameters {
  /** GCM with a key of 128, 192 or 256 bits. */
  readonly algorithm: AesGcmEncryptionAlgorithm
  /** As many octets as the plaintext had. */
  readonly ciphertext: Uint8Array
  /** 12 octets, as `encrypt` gave them. */
  readonly iv: Uint8Array
  /** 16 octets, as `encrypt` gave them. */
  readonly authenticationTag: Uint8Array
  /** The octets that were given to `encrypt`. */
  readonly additionalAuthenticatedData?: Uint8Array
}

/**
 * What AES in CBC decrypts.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/decrypt
 */
export interface AesCbcDecryptParameters {
  /** The algorithm that it was encrypted with. */
  readonly algorithm: AesCbcEncryptionAlgorithm
  /** Octets, whole blocks of 16. */
  readonly ciphertext: Uint8Array
  /** 16 octets, as `encrypt` gave them. */
  readonly iv: Uint8Array
}

/**
 * What keys of a kind encrypt.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/encrypt
 */
export type EncryptParameters<Kind extends KeyKind = KeyKind> =
  | ('RSA' extends Kind ? RsaEncryptParameters : never)
  | ('oct' extends Kind ? AesGcmEncryptParameters | AesCbcEncryptParameters : never)

/**
 * What keys of a kind decrypt.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/decrypt
 */
export type DecryptParameters<Kind extends KeyKind = KeyKind> =
  | ('RSA' extends Kind ? RsaDecryptParameters : never)
  | ('oct' extends Kind ? AesGcmDecryptParameters | AesCbcDecryptParameters : never)

interface Result {
  /** The id of the version that was used. */
  readonly keyID?: string
  /** Octets of the ciphertext, the plaintext, the key or the signature. */
  readonly result: Uint8Array
}

/**
 * A ciphertext, and what its decryption needs beside it.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/encrypt
 */
export interface EncryptResult extends Result {
  /** The algorithm that was used. */
  readonly algorithm: EncryptionAlgorithm
  /** Of AES: 12 octets with GCM, 16 with CBC. */
  readonly iv?: Uint8Array
  /** Of AES in GCM: 16 octets. */
  readonly authenticationTag?: Uint8Array
  /** Of AES in GCM: the octets that were given. */
  readonly additionalAuthenticatedData?: Uint8Array
}

/**
 * A plaintext.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/decrypt
 */
export interface DecryptResult extends Result {
  /** The algorithm that was used. */
  readonly algorithm: EncryptionAlgorithm
}

/**
 * A key that is wrapped, or unwrapped.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/wrap-key
 */
export interface WrapResult extends Result {
  /** The algorithm that was used. */
  readonly algorithm: KeyWrapAlgorithm
}

/**
 * A signature: for curves r and s one after the other, as JWS has it.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/sign
 */
export interface SignResult extends Result {
  /** The algorithm that was used. */
  readonly algorithm: SignatureAlgorithm
}

/**
 * Whether a signature is the key's.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/verify
 */
export interface VerifyResult {
  /** The id of the version that was used. */
  readonly keyID?: string
  /** True when the signature is of this key and of what was given. */
  readonly result: boolean
}
