import type { EncryptionAlgorithm } from '../crypto/algorithms.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { LabelledVersion, Stage } from './secret-stages.ts'

/** Longest value, in octets of UTF-8 (the service's limit of 25 KB). */
export const MAXIMUM_VALUE_BYTES = 25_600

/** The members of a version that a caller sets. */
export interface SecretProperties {
  readonly enabled: boolean
  readonly notBefore?: EpochSeconds
  readonly expires?: EpochSeconds
  readonly contentType?: string
  readonly tags?: Readonly<Record<string, string>>
}

/** What is known of a version besides its value. */
export interface SecretVersion extends SecretProperties {
  /** As it was written when the secret was first set. */
  readonly name: string
  /** 32 lower-case hexadecimal characters. */
  readonly version: string
  readonly created: EpochSeconds
  readonly updated: EpochSeconds
  /** Set when the secret is the private face of a certificate, which then rules its life. */
  readonly managed?: { readonly keyVersion?: string; readonly previousVersion?: string }
  /** Set when a key of the vault encrypts the value; see `customer-key.ts`. */
  readonly encryption?: ValueEncryption
}

/** With which key the value of a version was encrypted before it was sealed. */
export interface ValueEncryption {
  /** Name of a key of the same vault. */
  readonly key: string
  readonly keyVersion: string
  readonly algorithm: EncryptionAlgorithm
  /** Base64url. */
  readonly iv: string
  /** Base64url. */
  readonly tag: string
}

/** The key of the vault that encrypts new values. */
export interface EncryptionKey {
  readonly name: string
  /** As `KeyHead.keyId`. */
  readonly keyId: string
}

/** How a secret is to be made anew by itself. */
export interface SecretRotation {
  readonly automatic: boolean
  readonly intervalSeconds?: number
}

/** A secret: its current version without the value, so that lists read one record for each. */
export interface SecretHead {
  readonly current: SecretVersion
  /** The version that was current before. */
  readonly previous?: string
  /** Further names of versions; see `secret-stages.ts`. */
  readonly stages?: Readonly<Record<Stage, string>>
  /** Versions that were named by their maker, the oldest first. */
  readonly labelled?: readonly LabelledVersion[]
  /** As its maker wrote it, where names of objects do not have its characters. */
  readonly writtenName?: string
  readonly description?: string
  /** When the first version was made; absent in secrets of one version, and in older ones. */
  readonly created?: EpochSeconds
  /** When the secret as a whole was last changed; its versions have times of their own. */
  readonly updated?: EpochSeconds
  /** What kind of account it holds, in the words of who made it; absent, it is any text. */
  readonly kind?: string
  /** What else its maker keeps with it, as a text. */
  readonly settings?: string
  readonly rotation?: SecretRotation
  readonly encryptionKey?: EncryptionKey
  /** Its name is an entry in the index of the tenant; see `secret-name.ts`. */
  readonly indexed?: true
}

/** A secret that was deleted and can still be recovered. */
export interface DeletedSecretHead extends SecretHead {
  readonly deletedAt: EpochSeconds
  readonly scheduledPurgeAt: EpochSeconds
  /** Set once versions of it are destroyed: it can no longer be recovered. */
  readonly purging?: true
}

export interface SecretInput {
  readonly secret: SecretRef
}

/** Points to one secret, and to one version of it where a version is given. */
export interface SecretRef {
  readonly vault: string
  readonly name: string
  readonly version?: string
}

export function secretKey(vault: VaultRecord, name: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'secret', name.toLowerCase())
}

export function secretPrefix(vault: VaultRecord): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'secret')
}

export function secretVersionKey(vault: VaultRecord, name: string, version: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'secret-version', name.toLowerCase(), version)
}

export function secretVersionPrefix(vault: VaultRecord, name: string): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'secret-version', name.toLowerCase())
}

export function deletedSecretKey(vault: VaultRecord, name: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'deleted-secret', name.toLowerCase())
}

export function deletedSecretPrefix(vault: VaultRecord): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'deleted-secret')
}
