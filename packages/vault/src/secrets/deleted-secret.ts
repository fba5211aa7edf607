import { dueKey, type Due } from '../due.ts'
import { Fault } from '../fault.ts'
import { demandObjectName } from '../object-name.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { deletedSecretKey, type DeletedSecretHead, type SecretRef } from './secret.ts'

/**
 * Reads a deleted secret that can still be recovered.
 * @throws Fault NameInvalid, DeletedObjectNotFound
 */
export async function readDeletedSecret(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: SecretRef,
): Promise<DeletedSecretHead> {
  const deleted = await readPurgeableSecret(unit, vault, ref)
  if (deleted.purging === true) throw notFound(ref)
  return deleted
}

/**
 * As `readDeletedSecret`, and one of which a part is destroyed already.
 * @throws Fault NameInvalid, DeletedObjectNotFound
 */
export async function readPurgeableSecret(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: SecretRef,
): Promise<DeletedSecretHead> {
  demandObjectName(ref.name)
  const deleted = await unit.get<DeletedSecretHead>(deletedSecretKey(vault, ref.name))
  if (deleted === undefined) throw notFound(ref)
  return deleted.meta
}

function notFound({ name }: SecretRef): Fault<'DeletedObjectNotFound'> {
  return new Fault('DeletedObjectNotFound', { kind: 'secret', name })
}

/** The scheduler's entry for the purge of a deleted secret. */
export function purgeDueOf(
  vault: VaultRecord,
  { scheduledPurgeAt, current }: DeletedSecretHead,
): { readonly key: RecordKey; readonly due: Due } {
  const due: Due = {
    at: scheduledPurgeAt,
    task: 'purgeSecret',
    vault: vault.name,
    vaultId: vault.id,
    name: current.name,
  }
  return { key: dueKey(vault.tenant, due), due }
}
