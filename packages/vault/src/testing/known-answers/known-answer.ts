import type {
  EncryptionAlgorithm,
  MacAlgorithm,
  SignatureAlgorithm,
  WrapAlgorithm,
} from '../../crypto/algorithms.ts'

/** A key as JOSE writes it, or would; without `d` or `k` it is the public half alone. */
export interface KnownKey {
  readonly kty: 'RSA' | 'EC' | 'OKP' | 'oct' | 'SM4' | 'HMAC'
  readonly crv?: string
  readonly n?: string
  readonly e?: string
  readonly d?: string
  readonly p?: string
  readonly q?: string
  readonly dp?: string
  readonly dq?: string
  readonly qi?: string
  readonly x?: string
  readonly y?: string
  readonly k?: string
}

/** What the published answers have in common; octets are base64url. */
interface KnownAnswer {
  /** Where it was published. */
  readonly source: string
  readonly key: KnownKey
  /** Whether the algorithm gives this very answer each time. */
  readonly isRepeatable: boolean
}

export interface KnownSignature extends KnownAnswer {
  readonly algorithm: SignatureAlgorithm
  /** What is signed: a digest, or the message where the algorithm takes that. */
  readonly input: string
  readonly signature: string
}

export interface KnownMac extends Omit<KnownAnswer, 'isRepeatable'> {
  readonly algorithm: MacAlgorithm
  readonly message: string
  readonly code: string
}

export interface KnownCiphertext extends KnownAnswer {
  readonly algorithm: EncryptionAlgorithm
  readonly plaintext: string
  readonly iv?: string
  readonly additionalData?: string
  readonly ciphertext: string
  readonly tag?: string
}

export interface KnownWrappedKey extends KnownAnswer {
  readonly algorithm: WrapAlgorithm
  readonly plaintext: string
  readonly ciphertext: string
}
