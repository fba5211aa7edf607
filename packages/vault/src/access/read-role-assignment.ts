import { isGuid } from '../identifier.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { RoleAssignment } from './role.ts'
import {
  roleAssignmentIndexKey,
  roleAssignmentKey,
  type RoleAssignmentIndex,
} from './role-record.ts'

/**
 * A role assignment by its id.
 * @param scope where it must stand; absent, anywhere.
 * @returns `undefined` when there is none, also for what is no id.
 */
export async function readRoleAssignment(
  unit: UnitOfWork,
  tenant: string,
  id: string,
  scope?: string,
): Promise<RoleAssignment | undefined> {
  if (!isGuid(id)) return undefined
  const index = await unit.get<RoleAssignmentIndex>(roleAssignmentIndexKey(tenant, id))
  if (index === undefined) return undefined
  const found = await unit.get<RoleAssignment>(roleAssignmentKey(tenant, index.meta.principal, id))
  const stands = scope === undefined || found?.meta.scope.toLowerCase() === scope.toLowerCase()
  return stands ? found?.meta : undefined
}
