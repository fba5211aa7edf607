// The answers of the twelve operations on secrets, member for member as the published description
// has them (2026-04-01). Times are whole seconds since 1970; the order of members is the service's.

export interface SecretAttributes {
  readonly enabled: boolean
  readonly nbf?: number
  readonly exp?: number
  readonly created: number
  readonly updated: number
  readonly recoveryLevel: string
  readonly recoverableDays: number
}

/** A secret in a list; its `id` has a version in the list of versions alone. */
export interface SecretItem {
  readonly id: string
  readonly contentType?: string
  readonly attributes: SecretAttributes
  readonly tags?: Readonly<Record<string, string>>
  readonly managed?: true
}

/** One version of a secret; with `value` where it was asked for or has just been set. */
export interface SecretBundle extends SecretItem {
  readonly value?: string
  /** The key version of the certificate that the secret belongs to. */
  readonly kid?: string
  /** The version of the certificate before, for secrets of certificates. */
  readonly previousVersion?: string
}

/** What says that something is deleted, until when it can be recovered, and where. */
export interface Deletion {
  readonly recoveryId: string
  readonly deletedDate: number
  readonly scheduledPurgeDate: number
}

export type DeletedSecretItem = Deletion & SecretItem

export type DeletedSecretBundle = Deletion & SecretBundle

/** The answer of a backup: an opaque blob, base64url. */
export interface BackupResult {
  readonly value: string
}
