import { demandGuid } from '../demand-guid.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { deleteAssignment } from './assignment-records.ts'
import { demandAdministratorLeft, isOfAdministrator } from './demand-administrator-left.ts'
import { readRoleAssignment } from './read-role-assignment.ts'
import { assignmentAuditId } from './role-assignments.ts'
import type { RoleAssignment } from './role.ts'

export interface RoleAssignmentRef {
  readonly id: string
  /** Where it stands, and where the permission is needed; absent, at `/`. */
  readonly scope?: string
}

/**
 * Takes a role assignment away; it holds on every worker at once. One that stands elsewhere is not
 * there.
 */
export const unassignRole = operation<
  RoleAssignmentRef & { readonly mayBeAbsent?: true },
  RoleAssignment | undefined
>({
  name: 'RoleAssignmentDelete',
  permission: 'roleAssignments/delete',
  writes: true,
  target: ({ scope = '/' }) => ({ scope }),
  auditId: ({ id }, output) =>
    output === undefined ? `roleAssignments/${id}` : assignmentAuditId(output),
  outcome: (output) => (output === undefined ? 'absent' : undefined),

  async assignment({ unit, caller }, { id, scope }) {
    const found = await readRoleAssignment(unit, caller.tenant, id, scope)
    if (found === undefined) return 'none'
    const { principal, principalType, roleDefinition } = found
    const type = principalType === undefined ? {} : { principalType }
    return { source: 'Resource', principal, roleDefinition, ...type }
  },

  async run({ unit, caller }, { id, scope, mayBeAbsent }) {
    demandGuid('roleAssignmentName', id)
    const found = await readRoleAssignment(unit, caller.tenant, id, scope)
    if (found === undefined) {
      if (mayBeAbsent === true) return undefined
      throw new Fault('DirectoryObjectNotFound', { type: 'roleAssignment', id })
    }
    if (await isOfAdministrator(unit, caller.tenant, found)) {
      await demandAdministratorLeft(unit, caller.tenant, (one) => one.id === found.id)
    }
    await deleteAssignment(unit, caller.tenant, found)
    touchEpoch(unit)
    return found
  },
})

/** One role assignment. */
export const getRoleAssignment = operation<RoleAssignmentRef, RoleAssignment>({
  name: 'RoleAssignmentGet',
  permission: 'roleAssignments/read',
  writes: false,
  target: ({ scope = '/' }) => ({ scope }),
  auditId: ({ id }) => `roleAssignments/${id}`,

  async run({ unit, caller }, { id, scope }) {
    demandGuid('roleAssignmentName', id)
    const found = await readRoleAssignment(unit, caller.tenant, id, scope)
    if (found !== undefined) return found
    throw new Fault('DirectoryObjectNotFound', { type: 'roleAssignment', id })
  },
})
