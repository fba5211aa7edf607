import type { KeySpec, PublicKey } from '../crypto/key-spec.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { KeyOperation } from './key-operations.ts'
import type { RotationPolicy } from './rotation-policy.ts'

/** The members of a version that a caller sets. */
export interface KeyProperties {
  readonly enabled: boolean
  readonly notBefore?: EpochSeconds
  readonly expires?: EpochSeconds
  readonly keyOperations: readonly KeyOperation[]
  readonly tags?: Readonly<Record<string, string>>
}

/** What is known of a version besides its material. */
export interface KeyVersion extends KeyProperties {
  /** As it was written when the key was first made. */
  readonly name: string
  /** 32 lower-case hexadecimal characters. */
  readonly version: string
  readonly spec: KeySpec
  /** Absent for a symmetric key. */
  readonly publicKey?: PublicKey
  /** It was asked for as a type that ends in `-HSM`; nothing but its name depends on it. */
  readonly hsm: boolean
  /**
   * Random, made with the material and anew when it is restored: names the bits where they are
   * cached, so that no other key can ever be taken for this one.
   */
  readonly materialId: string
  readonly created: EpochSeconds
  readonly updated: EpochSeconds
  /** Set when the key belongs to a certificate, which then rules its life. */
  readonly managed?: true
  /** Its material comes from elsewhere, after it was made, and can be taken away again. */
  readonly external?: true
  /** Set while there is none. */
  readonly awaitsMaterial?: true
  /** When the material is to be forgotten. */
  readonly materialExpires?: EpochSeconds
  /** SHA-256 of the material, base64url, so that no other takes its place. */
  readonly materialDigest?: string
  /** Whether the private key may leave, as the secret of the certificate that it belongs to. */
  readonly exportable?: boolean
}

/** A key: its current version, so that lists and most uses read one record for each. */
export interface KeyHead {
  readonly current: KeyVersion
  /** The name that is unique in the whole tenant; see `key-id.ts`. */
  readonly keyId?: string
  /** The version that it was made with; absent in keys that are older than this member. */
  readonly firstVersion?: string
  /** When it was made; absent in keys that are older than this member. */
  readonly created?: EpochSeconds
  readonly description?: string
  /** Present while it must not be deleted. */
  readonly deletionProtection?: { readonly reason: string }
  /** Absent until one is set; then `DEFAULT_ROTATION_POLICY` holds. */
  readonly rotationPolicy?: RotationPolicy
}

/** A key that was deleted and can still be recovered. */
export interface DeletedKeyHead extends KeyHead {
  readonly deletedAt: EpochSeconds
  readonly scheduledPurgeAt: EpochSeconds
  /** Set once versions of it are destroyed: it can no longer be recovered. */
  readonly purging?: true
}

/** Points to one key, and to one version of it where a version is given. */
export interface KeyRef {
  readonly vault: string
  readonly name: string
  readonly version?: string
  /**
   * Where no version is given and the key is symmetric: the version that it was made with, not the
   * current one. Ciphertexts of some wires name no version, so theirs must stay the same.
   */
  readonly first?: true
}

/** Tells whether a version has material: it was given, and is not to be forgotten by now. */
export function hasMaterial(
  { awaitsMaterial, materialExpires = Infinity }: KeyVersion,
  now: EpochSeconds,
): boolean {
  return awaitsMaterial !== true && materialExpires > now
}

export function keyKey(vault: VaultRecord, name: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'key', name.toLowerCase())
}

export function keyPrefix(vault: VaultRecord): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'key')
}

export function keyVersionKey(vault: VaultRecord, name: string, version: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'key-version', name.toLowerCase(), version)
}

export function keyVersionPrefix(vault: VaultRecord, name: string): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'key-version', name.toLowerCase())
}

export function keyMaterialKey(vault: VaultRecord, name: string, version: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'key-material', name.toLowerCase(), version)
}

export function keyMaterialPrefix(vault: VaultRecord, name: string): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'key-material', name.toLowerCase())
}

export function deletedKeyKey(vault: VaultRecord, name: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'deleted-key', name.toLowerCase())
}

export function deletedKeyPrefix(vault: VaultRecord): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'deleted-key')
}
