import { touchEpoch } from '../directory/touch-epoch.ts'
import { operation } from '../operation.ts'
import { tenantOf } from '../resource-groups/find-group.ts'
import { putAssignment } from './assignment-records.ts'
import { ROLE_IDS } from './built-in-roles.ts'
import { readRoleAssignment } from './read-role-assignment.ts'
import { assignmentAuditId, putNewAssignment } from './role-assignments.ts'
import { assignmentsAtPrefix, placeOfKey } from './role-record.ts'
import type { RoleAssignment } from './role.ts'

/**
 * Gives the administrator application of the tenant Owner at `/` again, without a condition. The
 * operator does it as the server itself, for when nobody is left who could.
 */
export const restoreOwner = operation<Readonly<Record<string, never>>, RoleAssignment>({
  name: 'RoleAssignmentRestoreOwner',
  permission: 'roleAssignments/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) =>
    output === undefined ? 'roleAssignments' : assignmentAuditId(output),

  async assignment({ caller, view }) {
    const tenant = await view.tenant(caller.tenant)
    if (tenant === undefined) return undefined
    const { administrator: principal } = tenant
    const principalType = 'ServicePrincipal'
    return { source: 'Request', principal, principalType, roleDefinition: ROLE_IDS.owner }
  },

  async run({ unit, caller, now }) {
    const tenant = await tenantOf(unit, caller.tenant)
    const [principal, roleDefinition] = [tenant.administrator, ROLE_IDS.owner]
    const prefix = assignmentsAtPrefix(tenant.id, '/', principal, roleDefinition)
    const [key] = await unit.keys(prefix, { limit: 1 })
    const { id } = key === undefined ? {} : placeOfKey(key)
    const standing = id === undefined ? undefined : await readRoleAssignment(unit, tenant.id, id)
    if (standing !== undefined && standing.condition === undefined) return standing
    touchEpoch(unit)
    if (standing !== undefined) {
      const { condition: _, ...kept } = standing
      const restored = { ...kept, updatedAt: now, updatedBy: caller.principal }
      await putAssignment(unit, tenant.id, restored)
      return restored
    }
    const who = { principal, principalType: 'ServicePrincipal' } as const
    const input = { ...who, roleDefinition, scope: '/' }
    return await putNewAssignment(unit, tenant.id, input, now, { createdBy: caller.principal })
  },
})
