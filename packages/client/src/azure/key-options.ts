import type { OperationOptions } from '../core/pipeline.ts'
import type { KeyCurveName } from './algorithms.ts'
import type { KeyOperation, KeyReleasePolicy, KeyType } from './key-models.ts'
import type { SettableAttributes, Tags } from './object-properties.ts'

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
