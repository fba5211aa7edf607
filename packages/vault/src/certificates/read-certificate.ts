import { Fault } from '../fault.ts'
import { demandObjectName, isVersion } from '../object-name.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import {
  certificateKey,
  certificateVersionKey,
  deletedCertificateKey,
  type CertificateHead,
  type CertificateRef,
  type CertificateVersion,
  type DeletedCertificateHead,
  type ShownCertificate,
} from './certificate.ts'
import { pendingCertificateKey } from './pending-certificate.ts'

/** A live certificate: its head and a version, the current one when the reference names none. */
export interface FoundCertificate {
  readonly head: CertificateHead
  readonly version: CertificateVersion
}

/**
 * Reads a live certificate.
 * @throws Fault NameInvalid, ObjectNotFound
 */
export async function readCertificate(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: CertificateRef,
): Promise<FoundCertificate> {
  const head = await readCertificateHead(unit, vault, ref)
  const wanted = ref.version?.toLowerCase() ?? head.current.version
  if (wanted === head.current.version) return { head, version: head.current }
  if (!isVersion(wanted)) throw certificateNotFound(ref)
  const key = certificateVersionKey(vault, ref.name, wanted)
  const version = await unit.get<CertificateVersion>(key)
  if (version === undefined) throw certificateNotFound(ref)
  return { head, version: version.meta }
}

/**
 * Reads the head of a live certificate.
 * @throws Fault NameInvalid, ObjectNotFound
 */
export async function readCertificateHead(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: CertificateRef,
): Promise<CertificateHead> {
  demandObjectName(ref.name)
  const head = await unit.get<CertificateHead>(certificateKey(vault, ref.name))
  if (head === undefined) throw certificateNotFound(ref)
  return head.meta
}

/**
 * Reads a deleted certificate.
 * @param options whether one counts of which a part is destroyed already.
 * @throws Fault NameInvalid, DeletedObjectNotFound
 */
export async function readDeletedCertificate(
  unit: UnitOfWork,
  vault: VaultRecord,
  { name }: CertificateRef,
  options: { readonly purgingToo?: true } = {},
): Promise<DeletedCertificateHead> {
  demandObjectName(name)
  const deleted = await unit.get<DeletedCertificateHead>(deletedCertificateKey(vault, name))
  if (deleted !== undefined && (deleted.meta.purging !== true || options.purgingToo === true)) {
    return deleted.meta
  }
  throw new Fault('DeletedObjectNotFound', { kind: 'certificate', name })
}

/** Adds what an answer shows besides: whether there is a pending operation. */
export async function shownCertificate(
  unit: UnitOfWork,
  vault: VaultRecord,
  { policy }: CertificateHead,
  properties: CertificateVersion,
): Promise<ShownCertificate> {
  const pending = await unit.get(pendingCertificateKey(vault, properties.name))
  return { properties, policy, pending: pending !== undefined }
}

/** The fault of a certificate, or of a version of one, that is not there. */
export function certificateNotFound({ name, version }: CertificateRef): Fault<'ObjectNotFound'> {
  const asked = version === undefined ? { name } : { name, version }
  return new Fault('ObjectNotFound', { kind: 'certificate', ...asked })
}
