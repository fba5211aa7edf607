import type { UnitOfWork } from '../unit-of-work.ts'
import { BUILT_IN_ROLES } from './built-in-roles.ts'
import { customRoleKey } from './role-record.ts'
import type { RoleDefinition } from './role.ts'

/** A role by its id in lower case, built-in or the tenant's own. */
export async function readRole(
  unit: UnitOfWork,
  tenant: string,
  id: string,
): Promise<RoleDefinition | undefined> {
  return BUILT_IN_ROLES.get(id) ?? (await unit.get<RoleDefinition>(customRoleKey(tenant, id)))?.meta
}
