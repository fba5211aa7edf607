import type { Tenant } from '../directory/tenant.ts'
import { groupSegment } from '../resource-groups/resource-group.ts'
import { prefixOf, recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { vaultKey, type VaultRecord } from '../vaults/vault-record.ts'
import { scopePlace } from './demand-scope.ts'
import { readRoleAssignment } from './read-role-assignment.ts'
import type { RoleAssignment } from './role.ts'
import { roleAssignmentIndexKey, roleAssignmentKey } from './role-record.ts'

// Assignments are also kept by the vault or group that they stand in, so that they end with it: a
// vault of the same name later is another one, and nobody has anything there.

/** Those in a vault and its objects. */
function ofVaultPrefix(tenant: string, vaultId: string): RecordKey {
  return prefixOf(tenant, 'role-assignment-of-vault', vaultId)
}

/** Those at a group itself. */
function ofGroupPrefix(tenant: string, group: string): RecordKey {
  return prefixOf(tenant, 'role-assignment-of-group', groupSegment(group))
}

/** Where an assignment is kept besides; `undefined` for one that ends with the tenant alone. */
async function placeKey(
  unit: UnitOfWork,
  tenant: string,
  { id, scope }: Pick<RoleAssignment, 'id' | 'scope'>,
): Promise<RecordKey | undefined> {
  const { group, vault } = scopePlace(scope) ?? {}
  if (group === undefined) return undefined
  if (vault === undefined) {
    return recordKeyOf(tenant, 'role-assignment-of-group', groupSegment(group), id)
  }
  const found = await unit.get<VaultRecord>(vaultKey(tenant, vault))
  return found && recordKeyOf(tenant, 'role-assignment-of-vault', found.meta.id, id)
}

/** Adds the entry of an assignment to a unit of work. */
export async function putPlace(
  unit: UnitOfWork,
  tenant: string,
  assignment: RoleAssignment,
): Promise<void> {
  const key = await placeKey(unit, tenant, assignment)
  if (key === undefined) return
  await unit.claimOne(key)
  unit.put<Pick<RoleAssignment, 'id'>>(key, { meta: { id: assignment.id } })
}

/** Adds the end of an assignment to a unit of work. */
export async function deleteAssignment(
  unit: UnitOfWork,
  tenant: string,
  assignment: RoleAssignment,
): Promise<void> {
  const { id, principal } = assignment
  const place = await placeKey(unit, tenant, assignment)
  const keys = [roleAssignmentKey(tenant, principal, id), roleAssignmentIndexKey(tenant, id)]
  for (const key of place === undefined ? keys : [...keys, place]) {
    await unit.claimOne(key)
    unit.delete(key)
  }
}

/** Ends some assignments of a vault; tells whether there may be more. */
export async function deleteAssignmentsOfVault(
  unit: UnitOfWork,
  { tenant, id }: VaultRecord,
  limit: number,
): Promise<boolean> {
  return await deleteUnder(unit, tenant, ofVaultPrefix(tenant, id), limit)
}

/** The same for those at a group. */
export async function deleteAssignmentsOfGroup(
  unit: UnitOfWork,
  tenant: Pick<Tenant, 'id'>,
  group: string,
  limit: number,
): Promise<boolean> {
  return await deleteUnder(unit, tenant.id, ofGroupPrefix(tenant.id, group), limit)
}

async function deleteUnder(
  unit: UnitOfWork,
  tenant: string,
  prefix: RecordKey,
  limit: number,
): Promise<boolean> {
  const found = await unit.list<Pick<RoleAssignment, 'id'>>(prefix, { limit })
  for (const { key, content } of found) {
    // It may have gone with its principal.
    const assignment = await readRoleAssignment(unit, tenant, content.meta.id)
    if (assignment !== undefined) await deleteAssignment(unit, tenant, assignment)
    await unit.claimOne(key)
    unit.delete(key)
  }
  return found.length === limit
}
