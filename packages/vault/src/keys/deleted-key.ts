import { Fault } from '../fault.ts'
import { demandObjectName } from '../object-name.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { deletedKeyKey, type DeletedKeyHead, type KeyRef } from './key.ts'

/**
 * Reads a deleted key that can still be recovered.
 * @throws Fault NameInvalid, DeletedObjectNotFound
 */
export async function readDeletedKey(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: KeyRef,
): Promise<DeletedKeyHead> {
  const deleted = await readPurgeableKey(unit, vault, ref)
  if (deleted.purging === true) throw notFound(ref)
  return deleted
}

/**
 * As `readDeletedKey`, and one of which a part is destroyed already.
 * @throws Fault NameInvalid, DeletedObjectNotFound
 */
export async function readPurgeableKey(
  unit: UnitOfWork,
  vault: VaultRecord,
  ref: KeyRef,
): Promise<DeletedKeyHead> {
  demandObjectName(ref.name)
  const deleted = await unit.get<DeletedKeyHead>(deletedKeyKey(vault, ref.name))
  if (deleted === undefined) throw notFound(ref)
  return deleted.meta
}

function notFound({ name }: KeyRef): Fault<'DeletedObjectNotFound'> {
  return new Fault('DeletedObjectNotFound', { kind: 'key', name })
}
