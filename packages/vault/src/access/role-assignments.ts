import { randomUUID } from 'node:crypto'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { demandGuid } from '../demand-guid.ts'
import { BUILT_IN_ROLES } from './built-in-roles.ts'
import type { RoleAssignment } from './role.ts'
import {
  customRoleKey,
  roleAssignmentIndexKey,
  roleAssignmentKey,
  roleAssignmentPrefix,
  type RoleAssignmentIndex,
} from './role-record.ts'

const SCOPE = /^(?:\/|(?:\/[0-9A-Za-z._-]+){2,})$/
const MAXIMUM_SCOPE_CHARACTERS = 1024

export interface AssignRoleInput {
  readonly principal: string
  readonly roleDefinition: string
  /** `/`, or a resource id down to a single object. */
  readonly scope: string
}

/**
 * Gives a principal a role at a scope and below; foreign principals too, so their id is not looked
 * up.
 */
export const assignRole = operation<AssignRoleInput, RoleAssignment>({
  name: 'RoleAssignmentCreate',
  permission: 'roleAssignments/write',
  writes: true,
  target: ({ scope }) => ({ scope }),
  auditId: ({ principal }, output) => `roleAssignments/${output?.id ?? ''}/${principal}`,

  async run({ unit, caller, now }, input) {
    const wanted = validAssignment(input)
    const { tenant } = caller
    await demandRole(unit, tenant, wanted.roleDefinition)
    const prefix = roleAssignmentPrefix(tenant, wanted.principal)
    const existing = (await unit.listAll<RoleAssignment>(prefix)).map((one) => one.content.meta)
    const same = existing.find(
      ({ roleDefinition, scope }) =>
        roleDefinition === wanted.roleDefinition &&
        scope.toLowerCase() === wanted.scope.toLowerCase(),
    )
    if (same !== undefined) {
      throw new Fault('DirectoryObjectExists', { type: 'roleAssignment', id: same.id })
    }
    const assignment = await putNewAssignment(unit, tenant, wanted, now)
    touchEpoch(unit)
    return assignment
  },
})

/** Gives the input with its ids in lower case. @throws Fault InvalidInput */
function validAssignment({ principal, roleDefinition, scope }: AssignRoleInput): AssignRoleInput {
  demandGuid('principalId', principal)
  demandGuid('roleDefinitionId', roleDefinition)
  if (!SCOPE.test(scope) || scope.length > MAXIMUM_SCOPE_CHARACTERS) {
    throw invalidInput('scope', 'it must be / or the resource id of a vault or of an object in it')
  }
  return {
    principal: principal.toLowerCase(),
    roleDefinition: roleDefinition.toLowerCase(),
    scope,
  }
}

/** @throws Fault DirectoryObjectNotFound */
async function demandRole(unit: UnitOfWork, tenant: string, id: string): Promise<void> {
  if (BUILT_IN_ROLES.has(id)) return
  const custom = await unit.get(customRoleKey(tenant, id))
  if (custom !== undefined) return
  throw new Fault('DirectoryObjectNotFound', { type: 'roleDefinition', id })
}

/** Adds an assignment to a unit of work; its ids are in lower case. */
export async function putNewAssignment(
  unit: UnitOfWork,
  tenant: string,
  input: AssignRoleInput,
  now: EpochSeconds,
): Promise<RoleAssignment> {
  const assignment: RoleAssignment = { ...input, id: randomUUID(), createdAt: now }
  const key = roleAssignmentKey(tenant, input.principal, assignment.id)
  const index = roleAssignmentIndexKey(tenant, assignment.id)
  await unit.getMany([key, index])
  unit.put<RoleAssignment>(key, { meta: assignment })
  unit.put<RoleAssignmentIndex>(index, { meta: { principal: input.principal } })
  return assignment
}

/** Takes a role assignment away; it holds on every worker at once. */
export const unassignRole = operation<{ readonly id: string }, RoleAssignment>({
  name: 'RoleAssignmentDelete',
  permission: 'roleAssignments/delete',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ id }) => `roleAssignments/${id}`,

  async run({ unit, caller }, { id }) {
    demandGuid('roleAssignmentName', id)
    const indexKey = roleAssignmentIndexKey(caller.tenant, id)
    const index = await unit.get<RoleAssignmentIndex>(indexKey)
    if (index === undefined) throw notFound(id)
    const key = roleAssignmentKey(caller.tenant, index.meta.principal, id)
    const assignment = await unit.get<RoleAssignment>(key)
    if (assignment === undefined) throw notFound(id)
    unit.delete(key)
    unit.delete(indexKey)
    touchEpoch(unit)
    return assignment.meta
  },
})

function notFound(id: string): Fault<'DirectoryObjectNotFound'> {
  return new Fault('DirectoryObjectNotFound', { type: 'roleAssignment', id })
}

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
