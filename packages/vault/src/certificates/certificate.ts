import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { CertificateContentType, CertificatePolicy } from './certificate-policy.ts'

/** The members of a version that a caller sets. */
export interface CertificateProperties {
  readonly enabled: boolean
  readonly tags?: Readonly<Record<string, string>>
}

/** What is known of a version; its key and its secret have the same name and version. */
export interface CertificateVersion extends CertificateProperties {
  /** As it was written when the certificate was first made. */
  readonly name: string
  /** 32 lower-case hexadecimal characters. */
  readonly version: string
  readonly notBefore: EpochSeconds
  readonly expires: EpochSeconds
  readonly created: EpochSeconds
  readonly updated: EpochSeconds
  /** Absent while the first version waits for its issuer. */
  readonly issued?: IssuedCertificate
  /** Since when it counts as revoked: its key then makes nothing new any more. */
  readonly revokedAt?: EpochSeconds
  readonly preserveOrder?: boolean
}

/** What an issuer has made, or the key itself. */
export interface IssuedCertificate {
  /** DER, base64. */
  readonly certificate: string
  /** SHA-1 of the DER, base64url: a name, no proof. */
  readonly thumbprint: string
  /** The certificate and those above it in the order in which its secret has them; DER, base64. */
  readonly chain: readonly string[]
  /** The form of its secret; the policy may name another for the next version. */
  readonly contentType: CertificateContentType
  /** Key id of the authority of this vault that has issued it, where one has. */
  readonly authority?: string
}

/** A certificate: its current version and the policy of the next. */
export interface CertificateHead {
  readonly current: CertificateVersion
  readonly policy: CertificatePolicy
  /** Present when the renewal of the current version has begun, or has failed. */
  readonly renewal?: RenewalState
}

/** How far the renewal of a version is that its policy has begun. */
export interface RenewalState {
  /** When it is to be tried again, should there be no new version by then. */
  readonly nextAt: EpochSeconds
  readonly failures: number
  /** When it has failed first. */
  readonly failedAt?: EpochSeconds
}

/** A certificate that was deleted and can still be recovered, with its key and its secret. */
export interface DeletedCertificateHead extends CertificateHead {
  readonly deletedAt: EpochSeconds
  readonly scheduledPurgeAt: EpochSeconds
  /** Set once versions of it are destroyed: it can no longer be recovered. */
  readonly purging?: true
}

/** A certificate as an operation answers it. */
export interface ShownCertificate {
  readonly properties: CertificateVersion
  readonly policy: CertificatePolicy
  /** Whether it has a pending operation, done or not. */
  readonly pending: boolean
}

/** Points to one certificate, and to one version of it where a version is given. */
export interface CertificateRef {
  readonly vault: string
  readonly name: string
  readonly version?: string
}

export function certificateKey(vault: VaultRecord, name: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'certificate', name.toLowerCase())
}

export function certificatePrefix(vault: VaultRecord): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'certificate')
}

export function certificateVersionKey(
  vault: VaultRecord,
  name: string,
  version: string,
): RecordKey {
  const { tenant, id } = vault
  return recordKeyOf(tenant, 'v', id, 'certificate-version', name.toLowerCase(), version)
}

export function certificateVersionPrefix(vault: VaultRecord, name: string): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'certificate-version', name.toLowerCase())
}

export function deletedCertificateKey(vault: VaultRecord, name: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'deleted-certificate', name.toLowerCase())
}

export function deletedCertificatePrefix(vault: VaultRecord): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'deleted-certificate')
}

/** What an operation on one certificate acts on. */
export function certificateTarget({ certificate }: { readonly certificate: CertificateRef }): {
  readonly vault: string
  readonly object: string
} {
  return { vault: certificate.vault, object: `certificates/${certificate.name}` }
}

/** `certificates/name/version`, the version left out where none is known. */
export function auditedCertificate(
  { name, version: asked }: CertificateRef,
  answered: string | undefined,
): string {
  const version = answered ?? asked
  return version === undefined ? `certificates/${name}` : `certificates/${name}/${version}`
}
