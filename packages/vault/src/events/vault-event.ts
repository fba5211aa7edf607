import type { EpochSeconds } from '../time.ts'

/** What has become of an object, by the names of Key Vault's events without their prefix. */
export type VaultEventType =
  | 'CertificateNewVersionCreated'
  | 'CertificateNearExpiry'
  | 'CertificateExpired'
  | 'KeyNewVersionCreated'
  | 'KeyNearExpiry'

/** Something that somebody may want to be told of; names alone, never a value. */
export interface VaultEvent {
  readonly type: VaultEventType
  readonly vault: string
  /** `certificates/web/<version>`, as the audit names it. */
  readonly object: string
  readonly at: EpochSeconds
}
