import type { KeySpec, PublicKey } from '../crypto/key-spec.ts'
import { Fault } from '../fault.ts'
import { demandObjectName } from '../object-name.ts'
import type { Content } from '../seal/seal.ts'
import type { RecordKey } from '../store/record-key.ts'
import { recordKeyOf } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { certificateKey, type CertificateProperties } from './certificate.ts'
import type { PolicyIssuer } from './certificate-policy.ts'

export type PendingStatus = 'inProgress' | 'completed' | 'cancelled' | 'failed'

/** The making of a version, under way or done. */
export interface PendingCertificate extends CertificateProperties {
  /** As the certificate is written. */
  readonly name: string
  /** The version that it makes. */
  readonly version: string
  readonly issuer: PolicyIssuer
  /** PKCS #10 in DER, base64; absent when it failed before there was one. */
  readonly request?: string
  readonly status: PendingStatus
  readonly cancellationRequested: boolean
  /** Why it has failed: a sentence that says what to change. */
  readonly error?: string
  /** 32 hexadecimal characters. */
  readonly requestId: string
  readonly preserveOrder?: boolean
  /** The key that waits for its certificate; its material is the record's secret. */
  readonly key?: PendingKey
}

export interface PendingKey {
  readonly spec: KeySpec
  readonly publicKey: PublicKey
  readonly hsm: boolean
  readonly materialId: string
}

export function pendingCertificateKey(vault: VaultRecord, name: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'pending-certificate', name.toLowerCase())
}

/**
 * Reads the operation of a live certificate; that of a deleted one waits for its recovery.
 * @throws Fault NameInvalid, PendingCertificateNotFound
 */
export async function readPending(
  unit: UnitOfWork,
  vault: VaultRecord,
  name: string,
): Promise<Content<PendingCertificate>> {
  demandObjectName(name)
  const head = await unit.get(certificateKey(vault, name))
  const pending = await unit.get<PendingCertificate>(pendingCertificateKey(vault, name))
  if (head === undefined || pending === undefined) {
    throw new Fault('PendingCertificateNotFound', { name })
  }
  return pending
}
