import { demandGuid } from '../demand-guid.ts'
import { operation } from '../operation.ts'
import type { RoleAssignment } from './role.ts'
import { roleAssignmentPrefix } from './role-record.ts'

/** Role assignments of the tenant, or of one principal. */
export const listRoleAssignments = operation<
  { readonly principal?: string },
  readonly RoleAssignment[]
>({
  name: 'RoleAssignmentList',
  permission: 'roleAssignments/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit, caller }, { principal }) {
    if (principal !== undefined) demandGuid('principalId', principal)
    const found = await unit.listAll<RoleAssignment>(roleAssignmentPrefix(caller.tenant, principal))
    return found.map((one) => one.content.meta)
  },
})
