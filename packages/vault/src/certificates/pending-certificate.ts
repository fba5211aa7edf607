import { changeDues, type DueTimes } from '../change-dues.ts'
import type { KeySpec, PublicKey } from '../crypto/key-spec.ts'
import { Fault } from '../fault.ts'
import { demandObjectName } from '../object-name.ts'
import type { Content } from '../seal/seal.ts'
import type { RecordKey } from '../store/record-key.ts'
import { recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
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
  /** Present while an authority elsewhere is asked by this server. */
  readonly order?: CertificateOrder
}

/** What is known of an order at an authority elsewhere. */
export interface CertificateOrder {
  /** When it is to be asked; in the past while it is being asked. */
  readonly at: EpochSeconds
  /** How often it could not be asked. */
  readonly failures: number
  /** All names that the certificate is to have. */
  readonly dnsNames: readonly string[]
}

export interface PendingKey {
  readonly spec: KeySpec
  readonly publicKey: PublicKey
  readonly hsm: boolean
  readonly materialId: string
  /** Whether it may leave. A later policy cannot let one out that was made to stay. */
  readonly exportable?: boolean
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

/** Brings the scheduler's entry of an order in line with a change of the operation it belongs to. */
export async function changeOrderDue(
  unit: UnitOfWork,
  vault: VaultRecord,
  name: string,
  before: PendingCertificate | undefined,
  after: PendingCertificate | undefined,
): Promise<void> {
  await changeDues(unit, vault, name, orderDue(before), orderDue(after))
}

function orderDue(pending: PendingCertificate | undefined): DueTimes {
  return pending?.status === 'inProgress' ? { orderCertificate: pending.order?.at } : {}
}
