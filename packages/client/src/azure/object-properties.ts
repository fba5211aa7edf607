import { decodeBase64 } from '../core/base64.ts'
import { type Defined, defined } from '../core/defined.ts'
import { fromEpochSeconds, toEpochSeconds } from '../core/epoch-seconds.ts'
import type { KeyVaultIdentifier } from './object-id.ts'

/**
 * Free text by name: 15 at most, name and value up to 512 characters each.
 * @see https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
export type Tags = Readonly<Record<string, string>>

/**
 * What becomes of an object that is deleted: one of these, or a newer one.
 * @see https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
 */
export type DeletionRecoveryLevel =
  | 'Purgeable'
  | 'Recoverable'
  | 'Recoverable+Purgeable'
  | 'Recoverable+ProtectedSubscription'
  | 'CustomizedRecoverable'
  | 'CustomizedRecoverable+Purgeable'
  | 'CustomizedRecoverable+ProtectedSubscription'
  | (string & Record<never, never>)

/**
 * Attributes that may be set; what is not given stays as it is.
 * @see https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
export interface SettableAttributes {
  /** Whether it may be used; true for a new version unless said. */
  readonly enabled?: boolean
  /** Not to be used before; whole seconds. */
  readonly notBefore?: Date
  /** Not to be used after; whole seconds. */
  readonly expiresOn?: Date
}

/**
 * What every object of a vault has.
 * @see https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
export interface ObjectProperties extends SettableAttributes {
  /** The object's URL, with the version where there is one. */
  readonly id?: string
  /** 1 to 127 letters, digits and hyphens; capital letters and small ones are the same. */
  readonly name: string
  /** The vault's URL, without a slash at its end. */
  readonly vaultUrl: string
  /** 32 hexadecimal digits. */
  readonly version?: string
  /** Free text by name; 15 at most. */
  readonly tags?: Tags
  /** When this version was made; whole seconds. */
  readonly createdOn?: Date
  /** When something about this version was last changed; whole seconds. */
  readonly updatedOn?: Date
  /** Whether a deletion can be undone, and by whom it can be made final. */
  readonly recoveryLevel?: DeletionRecoveryLevel
  /** Days for which it may be recovered when it is deleted: 7 to 90, or 0. */
  readonly recoverableDays?: number
}

/**
 * What an object that is deleted has beside.
 * @see https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
 */
export interface DeletionProperties {
  /** The URL it is found at until it is purged. */
  readonly recoveryId?: string
  /** When it was deleted; whole seconds. */
  readonly deletedOn?: Date
  /** When the service purges it. */
  readonly scheduledPurgeDate?: Date
}

/** Attributes of the wire; times in seconds since 1970. */
export interface WireAttributes {
  readonly enabled?: boolean
  readonly nbf?: number
  readonly exp?: number
  readonly created?: number
  readonly updated?: number
  readonly recoveryLevel?: DeletionRecoveryLevel
  readonly recoverableDays?: number
}

/** What the wire says of an object that is deleted. */
export interface WireDeletion {
  readonly recoveryId?: string
  readonly deletedDate?: number
  readonly scheduledPurgeDate?: number
}

/** The octets of an answer that has nothing else. */
export function octetsIn({ value }: { readonly value: string }): Uint8Array {
  return decodeBase64(value)
}

function date(seconds: number | undefined): Date | undefined {
  return typeof seconds === 'number' ? fromEpochSeconds(seconds) : undefined
}

function seconds(time: Date | undefined): number | undefined {
  return time === undefined ? undefined : toEpochSeconds(time)
}

/** Attributes as the wire has them. */
export function toWireAttributes({
  enabled,
  notBefore,
  expiresOn,
}: SettableAttributes): Partial<Defined<WireAttributes>> {
  return defined({ enabled, nbf: seconds(notBefore), exp: seconds(expiresOn) })
}

/** What the wire says of an object with this id. */
export function objectProperties(
  { name, vaultUrl, version }: KeyVaultIdentifier,
  id: string | undefined,
  attributes: WireAttributes = {},
  tags?: Tags,
): ObjectProperties {
  const { enabled, nbf, exp, created, updated, recoveryLevel, recoverableDays } = attributes
  return {
    name,
    vaultUrl,
    ...defined({
      id,
      version,
      enabled,
      notBefore: date(nbf),
      expiresOn: date(exp),
      createdOn: date(created),
      updatedOn: date(updated),
      recoveryLevel,
      recoverableDays,
      tags,
    }),
  }
}

/** What the wire says of an object's deletion. */
export function deletionProperties({
  recoveryId,
  deletedDate,
  scheduledPurgeDate,
}: WireDeletion): DeletionProperties {
  return defined({
    recoveryId,
    deletedOn: date(deletedDate),
    scheduledPurgeDate: date(scheduledPurgeDate),
  })
}
