import type { KeyCurveName, KeyKind } from './algorithms.ts'
import type { DeletionProperties, ObjectProperties } from './object-properties.ts'

/**
 * Key types; `-HSM` are kept in hardware.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export type KeyType = 'RSA' | 'RSA-HSM' | 'EC' | 'EC-HSM' | 'oct' | 'oct-HSM'

/**
 * What a key may be used for.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export type KeyOperation =
  'encrypt' | 'decrypt' | 'sign' | 'verify' | 'wrapKey' | 'unwrapKey' | 'import' | 'export'

/**
 * The type of keys of a kind.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export type KeyTypeOf<Kind extends KeyKind> = Kind extends 'RSA'
  ? 'RSA' | 'RSA-HSM'
  : Kind extends 'oct'
    ? 'oct' | 'oct-HSM'
    : 'EC' | 'EC-HSM'

/**
 * The kinds that keys of a type can be of.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export type KindOf<Type extends KeyType> = Type extends 'RSA' | 'RSA-HSM'
  ? 'RSA'
  : Type extends 'oct' | 'oct-HSM'
    ? 'oct'
    : KeyCurveName

/**
 * A key as RFC 7517 has it, its numbers as octets. The service gives public members alone.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key
 */
export interface JsonWebKey<Kind extends KeyKind = KeyKind> {
  /** The key's URL with its version. */
  readonly kid?: string
  /** The key's type (RFC 7518 §6.1). */
  readonly kty?: KeyTypeOf<Kind>
  /** What it may be used for (RFC 7517 §4.3). */
  readonly keyOps?: readonly KeyOperation[]
  /** The curve (RFC 7518 §6.2.1.1); of elliptic-curve keys. */
  readonly crv?: NoInfer<Extract<Kind, KeyCurveName>>
  /** Modulus of an RSA key, as many octets as its size has: 256, 384 or 512. */
  readonly n?: Uint8Array
  /** Public exponent of an RSA key; 1, 0, 1 for 65537. */
  readonly e?: Uint8Array
  /** First coordinate of a public point: 32, 48 or 66 octets, as the curve has it. */
  readonly x?: Uint8Array
  /** Second coordinate of a public point, as long as the first. */
  readonly y?: Uint8Array
  /**
   * Private exponent of an RSA key, or private number of an elliptic-curve key; to import alone.
   */
  readonly d?: Uint8Array
  /** First prime factor of an RSA key; to import alone. */
  readonly p?: Uint8Array
  /** Second prime factor of an RSA key; to import alone. */
  readonly q?: Uint8Array
  /** `d` modulo `p` - 1, of an RSA key; to import alone. */
  readonly dp?: Uint8Array
  /** `d` modulo `q` - 1, of an RSA key; to import alone. */
  readonly dq?: Uint8Array
  /** Inverse of `q` modulo `p`, of an RSA key; to import alone. */
  readonly qi?: Uint8Array
  /** A symmetric key: 16, 24 or 32 octets for AES, up to 64 for HMAC; to import alone. */
  readonly k?: Uint8Array
  /** A key wrapped for the hardware it goes to (`key_hsm`). */
  readonly t?: Uint8Array
}

/**
 * The rules by which a key is released to an attested environment.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/release
 */
export interface KeyReleasePolicy {
  /** What the policy is; `application/json; charset=utf-8` unless said. */
  readonly contentType?: string
  /** The policy's JSON as UTF-8. */
  readonly encodedPolicy?: Uint8Array
  /** Whether it can never change. */
  readonly immutable?: boolean
}

/**
 * What the hardware says about a key.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key-attestation
 */
export interface KeyAttestation {
  /** Certificates in PEM that the attestations are checked with. */
  readonly certificatePemFile?: Uint8Array
  /** The hardware's statement about the private or symmetric key. */
  readonly privateKeyAttestation?: Uint8Array
  /** The hardware's statement about the public key, of an asymmetric one. */
  readonly publicKeyAttestation?: Uint8Array
  /** Version of the form of the statements. */
  readonly version?: string
}

/**
 * What a key has beside its material.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-keys
 */
export interface KeyProperties extends ObjectProperties {
  /** Whether it belongs to a certificate, and ends with it. */
  readonly managed?: boolean
  /** Whether it may be released to an attested environment; set when it is made alone. */
  readonly exportable?: boolean
  /** The rules of its release, of an exportable key. */
  readonly releasePolicy?: KeyReleasePolicy
  /** `0` software, `1` FIPS 140-2 level 2, `2` FIPS 140-3 level 3. */
  readonly hsmPlatform?: string
  /** What its hardware says about it; by `getKeyAttestation` alone. */
  readonly attestation?: KeyAttestation
}

/**
 * A key of a vault. `Kind` is what the compiler knows of which algorithms it has.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key
 */
export interface KeyVaultKey<Kind extends KeyKind = KeyKind> {
  /** 1 to 127 letters, digits and hyphens. */
  readonly name: string
  /** The key's URL with its version. */
  readonly id?: string
  /** The public part; of a symmetric key nothing but what it is for. */
  readonly key: JsonWebKey<Kind>
  /** The key's type; those with `-HSM` are kept in hardware. */
  readonly keyType?: KeyTypeOf<Kind>
  /** What it may be used for. */
  readonly keyOperations?: readonly KeyOperation[]
  /** What it has beside its material. */
  readonly properties: KeyProperties
  /** `RSA`, `oct`, or the curve. */
  readonly kind?: Kind
}

/**
 * A key that is deleted and not yet purged.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-deleted-key
 */
export interface DeletedKey extends KeyVaultKey {
  /** What it has beside its material, and when it was deleted. */
  readonly properties: KeyProperties & DeletionProperties
}

/**
 * A released key: a compact JWS.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/release
 */
export interface ReleaseKeyResult {
  /** A compact JWS (RFC 7515 §3.1); the wrapped key is in its payload. */
  readonly value: string
}

/**
 * What happens to a key by itself. Durations are ISO 8601, such as `P90D`.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key-rotation-policy
 */
export interface KeyRotationLifetimeAction {
  /** A new version, or an event that tells of the end. */
  readonly action: 'Rotate' | 'Notify'
  /** How long after a version is made, as ISO 8601; at least `P7D`. */
  readonly timeAfterCreate?: string
  /** How long before a version ends, as ISO 8601; at least `P7D`. */
  readonly timeBeforeExpiry?: string
}

/**
 * When a key is rotated and how long a version lasts.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key-rotation-policy
 */
export interface KeyRotationPolicyProperties {
  /** How long a new version lasts, as ISO 8601; at least `P28D`. */
  readonly expiresIn?: string
  /** What happens by itself: at most a rotation and a notification. */
  readonly lifetimeActions?: readonly KeyRotationLifetimeAction[]
}

/**
 * The rotation policy that a key has.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key-rotation-policy
 */
export interface KeyRotationPolicy extends KeyRotationPolicyProperties {
  /** The policy's URL. */
  readonly id?: string
  /** When it was first set; whole seconds. */
  readonly createdOn?: Date
  /** When it was last set; whole seconds. */
  readonly updatedOn?: Date
}
