import { dueKey, type Due } from '../due.ts'
import { Fault } from '../fault.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { deletedSecretKey, demandObjectName, type DeletedSecretHead, type SecretRef } from './secret.ts'

/**
 * Reads a deleted secret.
 * @throws Fault NameInvalid, DeletedObjectNotFound
 */
export async function readDeletedSecret(unit: UnitOfWork, vault: VaultRecord, ref: SecretRef): Promise<DeletedSecretHead> {
  demandObjectName(ref.name)
  const deleted = await unit.get<DeletedSecretHead>(deletedSecretKey(vault, ref.name))
  if (deleted === undefined) throw new Fault('DeletedObjectNotFound', { kind: 'secret', name: ref.name })
  return deleted.meta
}

/** The scheduler's entry for the purge of a deleted secret. */
export function purgeDueKey(vault: VaultRecord, deleted: DeletedSecretHead): RecordKey {
  const due: Due = { at: deleted.scheduledPurgeAt, task: 'purgeSecret', vault: vault.name, name: deleted.current.name }
  return dueKey(vault.tenant, vault.id, due)
}
