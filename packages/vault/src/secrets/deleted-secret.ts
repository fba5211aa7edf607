import { dueKey, type Due } from '../due.ts'
import { Fault } from '../fault.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import {
  deletedSecretKey,
  demandObjectName,
  type DeletedSecretHead,
  type SecretRef,
} from './secret.ts'

/**
 * Reads a deleted secret.
 * @throws Fault NameInvalid, DeletedObjectNotFound
 */
export async function readDeletedSecret(
  unit: UnitOfWork,
  vault: VaultRecord,
  { name }: SecretRef,
): Promise<DeletedSecretHead> {
  demandObjectName(name)
  const deleted = await unit.get<DeletedSecretHead>(deletedSecretKey(vault, name))
  if (deleted === undefined) throw new Fault('DeletedObjectNotFound', { kind: 'secret', name })
  return deleted.meta
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
