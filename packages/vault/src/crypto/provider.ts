// The port behind which keys are used: in software, or in a PKCS#11 token. Operations have checked
// state, permission and key_ops before they come here; a provider checks what only the bits can tell.
import type { Secret } from '../seal/secret.ts'
import type {
  EncryptionAlgorithm,
  MacAlgorithm,
  SignatureAlgorithm,
  WrapAlgorithm,
} from './algorithms.ts'
import type { KeySpec, PublicKey } from './key-spec.ts'

/** A key as a provider has made or taken it. */
export interface NewKey {
  readonly spec: KeySpec
  /** Absent for a symmetric key. */
  readonly publicKey?: PublicKey
  /** What the provider needs to use the key again: the bits in software, a label in a token. */
  readonly material: Secret
}

/** A version of a key, for use. */
export interface KeyHandle {
  /** Never given to other bits; a provider may keep what it has loaded under it. */
  readonly id: string
  readonly spec: KeySpec
  readonly publicKey?: PublicKey
  /**
   * The material of `NewKey`, asked for when the provider does not hold the key already. The
   * provider wipes what it is given, so each call gives octets of their own.
   */
  load(): Promise<Secret>
}

/** The numbers of a key from elsewhere, octets big endian, as JOSE splits them. */
export type PrivateNumbers =
  | {
      readonly kty: 'RSA'
      readonly n: Uint8Array
      readonly e: Uint8Array
      readonly d: Uint8Array
      /** All five, or none: then they are computed from the others. */
      readonly primes?: {
        readonly p: Uint8Array
        readonly q: Uint8Array
        readonly dp: Uint8Array
        readonly dq: Uint8Array
        readonly qi: Uint8Array
      }
    }
  | {
      readonly kty: 'EC'
      readonly crv: string
      readonly x: Uint8Array
      readonly y: Uint8Array
      readonly d: Uint8Array
    }
  | {
      readonly kty: 'OKP'
      readonly crv: string
      readonly x: Uint8Array
      readonly d: Uint8Array
    }
  | { readonly kty: 'oct' | 'SM4' | 'HMAC'; readonly k: Uint8Array }

/** What is encrypted, or wrapped by an algorithm that takes more than the key. */
export interface PlainInput {
  readonly plaintext: Uint8Array
  /** Made by the provider where none is given: by GCM always, by CBC when `makesIv` is set. */
  readonly iv?: Uint8Array
  /** CBC wants an IV unless this says that a random one is to be made. */
  readonly makesIv?: boolean
  readonly additionalData?: Uint8Array
}

export interface CipherOutput {
  readonly ciphertext: Uint8Array
  readonly iv?: Uint8Array
  readonly tag?: Uint8Array
}

export interface CipherInput {
  readonly ciphertext: Uint8Array
  readonly iv?: Uint8Array
  readonly tag?: Uint8Array
  readonly additionalData?: Uint8Array
}

/**
 * Keeps and uses keys. Every implementation passes `testing/provider.contract.ts`.
 * @throws Fault AlgorithmUnfit from each use when the algorithm is not for this key; DigestLengthWrong,
 *   InvalidInput for a length that does not fit; DecryptionFailed, one fault for all that a
 *   ciphertext, tag or wrapped key can have wrong. A signature that is wrong is `false`, no fault.
 */
export interface Provider {
  /**
   * Makes a key from the CSPRNG.
   * @throws Fault InvalidInput for a size or exponent that it does not make.
   */
  create(spec: KeySpec): Promise<NewKey>
  /** Takes a key from elsewhere after checking its numbers. @throws Fault KeyInvalid */
  import(numbers: PrivateNumbers): Promise<NewKey>
  /** Signs a digest that the caller has computed (a message, for EdDSA). */
  sign(key: KeyHandle, algorithm: SignatureAlgorithm, digest: Uint8Array): Promise<Uint8Array>
  verify(
    key: KeyHandle,
    algorithm: SignatureAlgorithm,
    digest: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>
  /** The authentication code of a message. */
  generateMac(key: KeyHandle, algorithm: MacAlgorithm, message: Uint8Array): Promise<Uint8Array>
  /** Tells whether this is the whole code of the message, in constant time. */
  verifyMac(
    key: KeyHandle,
    algorithm: MacAlgorithm,
    message: Uint8Array,
    code: Uint8Array,
  ): Promise<boolean>
  encrypt(key: KeyHandle, algorithm: EncryptionAlgorithm, input: PlainInput): Promise<CipherOutput>
  /** The caller wipes what it gets. */
  decrypt(key: KeyHandle, algorithm: EncryptionAlgorithm, input: CipherInput): Promise<Uint8Array>
  wrap(key: KeyHandle, algorithm: WrapAlgorithm, input: PlainInput): Promise<CipherOutput>
  /** The caller wipes what it gets. */
  unwrap(key: KeyHandle, algorithm: WrapAlgorithm, input: CipherInput): Promise<Uint8Array>
  /**
   * The private half as PKCS #8 in DER, for a certificate whose policy lets it leave; the caller
   * wipes it.
   * @throws Fault ProviderUnavailable where keys cannot leave their token.
   */
  exportPrivateKey(key: KeyHandle): Promise<Secret>
  /** Destroys the key where it lives outside the store; in software, forgets what is loaded. */
  destroy(key: KeyHandle): Promise<void>
}
