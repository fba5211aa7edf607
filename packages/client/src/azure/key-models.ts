import type { OperationOptions } from '../core/pipeline.ts'
import type { KeyCurveName, KeyKind } from './algorithms.ts'
import type {
  DeletionProperties,
  ObjectProperties,
  SettableAttributes,
  Tags,
} from './object-properties.ts'

/** Key types; `-HSM` are kept in hardware. */
export type KeyType = 'RSA' | 'RSA-HSM' | 'EC' | 'EC-HSM' | 'oct' | 'oct-HSM'

/** What a key may be used for. */
export type KeyOperation =
  'encrypt' | 'decrypt' | 'sign' | 'verify' | 'wrapKey' | 'unwrapKey' | 'import' | 'export'

/** The type of keys of a kind. */
export type KeyTypeOf<Kind extends KeyKind> = Kind extends 'RSA'
  ? 'RSA' | 'RSA-HSM'
  : Kind extends 'oct'
    ? 'oct' | 'oct-HSM'
    : 'EC' | 'EC-HSM'

/** The kinds that keys of a type can be of. */
export type KindOf<Type extends KeyType> = Type extends 'RSA' | 'RSA-HSM'
  ? 'RSA'
  : Type extends 'oct' | 'oct-HSM'
    ? 'oct'
    : KeyCurveName

/** A key as RFC 7517 has it, its numbers as octets. The service gives public members alone. */
export interface JsonWebKey<Kind extends KeyKind = KeyKind> {
  readonly kid?: string
  readonly kty?: KeyTypeOf<Kind>
  readonly keyOps?: readonly KeyOperation[]
  readonly crv?: NoInfer<Extract<Kind, KeyCurveName>>
  readonly n?: Uint8Array
  readonly e?: Uint8Array
  readonly x?: Uint8Array
  readonly y?: Uint8Array
  readonly d?: Uint8Array
  readonly p?: Uint8Array
  readonly q?: Uint8Array
  readonly dp?: Uint8Array
  readonly dq?: Uint8Array
  readonly qi?: Uint8Array
  readonly k?: Uint8Array
  /** A key wrapped for the hardware it goes to (`key_hsm`). */
  readonly t?: Uint8Array
}

/** The rules by which a key is released to an attested environment. */
export interface KeyReleasePolicy {
  readonly contentType?: string
  /** The policy's JSON as UTF-8. */
  readonly encodedPolicy?: Uint8Array
  /** Whether it can never change. */
  readonly immutable?: boolean
}

/** What the hardware says about a key. */
export interface KeyAttestation {
  readonly certificatePemFile?: Uint8Array
  readonly privateKeyAttestation?: Uint8Array
  readonly publicKeyAttestation?: Uint8Array
  readonly version?: string
}

/** What a key has beside its material. */
export interface KeyProperties extends ObjectProperties {
  /** Whether it belongs to a certificate, and ends with it. */
  readonly managed?: boolean
  readonly exportable?: boolean
  readonly releasePolicy?: KeyReleasePolicy
  /** `0` software, `1` FIPS 140-2 level 2, `2` FIPS 140-3 level 3. */
  readonly hsmPlatform?: string
  readonly attestation?: KeyAttestation
}

/** A key of a vault. `Kind` is what the compiler knows of which algorithms it has. */
export interface KeyVaultKey<Kind extends KeyKind = KeyKind> {
  readonly name: string
  readonly id?: string
  readonly key: JsonWebKey<Kind>
  readonly keyType?: KeyTypeOf<Kind>
  readonly keyOperations?: readonly KeyOperation[]
  readonly properties: KeyProperties
  /** `RSA`, `oct`, or the curve. */
  readonly kind?: Kind
}

/** A key that is deleted and not yet purged. */
export interface DeletedKey extends KeyVaultKey {
  readonly properties: KeyProperties & DeletionProperties
}

/** What any key is made with. */
export interface CreateAnyKeyOptions extends OperationOptions, SettableAttributes {
  readonly tags?: Tags
  readonly exportable?: boolean
  readonly releasePolicy?: KeyReleasePolicy
}

/** What an RSA key is made with. */
export interface CreateRsaKeyOptions extends CreateAnyKeyOptions {
  readonly keyOps?: readonly KeyOperation[]
  /** Bits; 2048 unless said. */
  readonly keySize?: 2048 | 3072 | 4096
  /** 65537 unless said. */
  readonly publicExponent?: number
  readonly hsm?: boolean
}

/** What an elliptic-curve key is made with. */
export interface CreateEcKeyOptions<
  Curve extends KeyCurveName = KeyCurveName,
> extends CreateAnyKeyOptions {
  readonly keyOps?: readonly ('sign' | 'verify' | 'export')[]
  /** P-256 unless said. */
  readonly curve?: Curve
  readonly hsm?: boolean
}

/** What a symmetric key is made with. */
export interface CreateOctKeyOptions extends CreateAnyKeyOptions {
  readonly keyOps?: readonly KeyOperation[]
  /** Bits. */
  readonly keySize?: 128 | 192 | 256
  readonly hsm?: boolean
}

/** What a key of a type is made with. */
export type CreateKeyOptions<Type extends KeyType = KeyType> = Type extends 'RSA' | 'RSA-HSM'
  ? CreateRsaKeyOptions
  : Type extends 'oct' | 'oct-HSM'
    ? CreateOctKeyOptions
    : CreateEcKeyOptions

/** What a key is imported with. */
export interface ImportKeyOptions extends CreateAnyKeyOptions {
  /** Kept in hardware. */
  readonly hardwareProtected?: boolean
}

/** What may change about a version of a key; `tags`, when given, replaces all. */
export interface UpdateKeyPropertiesOptions extends OperationOptions, SettableAttributes {
  readonly keyOps?: readonly KeyOperation[]
  readonly tags?: Tags
  readonly releasePolicy?: KeyReleasePolicy
}

/** Which version of a key is read; the newest unless said. */
export interface GetKeyOptions extends OperationOptions {
  readonly version?: string
}

/** How a key is released. */
export interface ReleaseKeyOptions extends GetKeyOptions {
  /** Comes back inside what is signed. */
  readonly nonce?: string
  readonly algorithm?: 'CKM_RSA_AES_KEY_WRAP' | 'RSA_AES_KEY_WRAP_256' | 'RSA_AES_KEY_WRAP_384'
}

/** A released key: a compact JWS. */
export interface ReleaseKeyResult {
  readonly value: string
}

/** What happens to a key by itself. Durations are ISO 8601, such as `P90D`. */
export interface KeyRotationLifetimeAction {
  readonly action: 'Rotate' | 'Notify'
  readonly timeAfterCreate?: string
  readonly timeBeforeExpiry?: string
}

/** When a key is rotated and how long a version lasts. */
export interface KeyRotationPolicyProperties {
  /** How long a new version lasts, as ISO 8601; at least `P28D`. */
  readonly expiresIn?: string
  readonly lifetimeActions?: readonly KeyRotationLifetimeAction[]
}

/** The rotation policy that a key has. */
export interface KeyRotationPolicy extends KeyRotationPolicyProperties {
  readonly id?: string
  readonly createdOn?: Date
  readonly updatedOn?: Date
}
