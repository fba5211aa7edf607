import type { OperationOptions } from '../core/pipeline.ts'
import type { KeyCurveName, KeyKind } from './algorithms.ts'
import type {
  DeletionProperties,
  ObjectProperties,
  SettableAttributes,
  Tags,
} from './object-properties.ts'

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
 * What any key is made with.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export interface CreateAnyKeyOptions extends OperationOptions, SettableAttributes {
  /** Free text by name; 15 at most. */
  readonly tags?: Tags
  /** Whether it may be released; with a release policy alone. */
  readonly exportable?: boolean
  /** The rules by which it may be released. */
  readonly releasePolicy?: KeyReleasePolicy
}

/**
 * What an RSA key is made with.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export interface CreateRsaKeyOptions extends CreateAnyKeyOptions {
  /** What it may be used for; encryption, wrapping and signatures unless said. */
  readonly keyOps?: readonly KeyOperation[]
  /** Bits; 2048 unless said. */
  readonly keySize?: 2048 | 3072 | 4096
  /** 65537 unless said. */
  readonly publicExponent?: number
  /** Kept in hardware. */
  readonly hsm?: boolean
}

/**
 * What an elliptic-curve key is made with.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export interface CreateEcKeyOptions<
  Curve extends KeyCurveName = KeyCurveName,
> extends CreateAnyKeyOptions {
  /** What it may be used for; signatures and their verification unless said. */
  readonly keyOps?: readonly ('sign' | 'verify' | 'export')[]
  /** P-256 unless said. */
  readonly curve?: Curve
  /** Kept in hardware. */
  readonly hsm?: boolean
}

/**
 * What a symmetric key is made with.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export interface CreateOctKeyOptions extends CreateAnyKeyOptions {
  /** What it may be used for; the service chooses unless said. */
  readonly keyOps?: readonly KeyOperation[]
  /** Bits. */
  readonly keySize?: 128 | 192 | 256
  /** Kept in hardware. */
  readonly hsm?: boolean
}

/**
 * What a key of a type is made with.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export type CreateKeyOptions<Type extends KeyType = KeyType> = Type extends 'RSA' | 'RSA-HSM'
  ? CreateRsaKeyOptions
  : Type extends 'oct' | 'oct-HSM'
    ? CreateOctKeyOptions
    : CreateEcKeyOptions

/**
 * What a key is imported with.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/import-key
 */
export interface ImportKeyOptions extends CreateAnyKeyOptions {
  /** Kept in hardware. */
  readonly hardwareProtected?: boolean
}

/**
 * What may change about a version of a key; `tags`, when given, replaces all.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/update-key
 */
export interface UpdateKeyPropertiesOptions extends OperationOptions, SettableAttributes {
  /** What it may be used for from now on, in place of all it was. */
  readonly keyOps?: readonly KeyOperation[]
  /** In place of all it has; 15 at most. */
  readonly tags?: Tags
  /** In place of the one it has, unless that is immutable. */
  readonly releasePolicy?: KeyReleasePolicy
}

/**
 * Which version of a key is read; the newest unless said.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key
 */
export interface GetKeyOptions extends OperationOptions {
  /** 32 hexadecimal digits; the newest unless said. */
  readonly version?: string
}

/**
 * How a key is released.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/release
 */
export interface ReleaseKeyOptions extends GetKeyOptions {
  /** Comes back inside what is signed. */
  readonly nonce?: string
  /** How the released key is wrapped; `CKM_RSA_AES_KEY_WRAP` unless said. */
  readonly algorithm?: 'CKM_RSA_AES_KEY_WRAP' | 'RSA_AES_KEY_WRAP_256' | 'RSA_AES_KEY_WRAP_384'
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
