import { randomUUID } from 'node:crypto'
import { demandGuid } from '../demand-guid.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { AssignmentCondition } from './assignment-condition.ts'
import { putAssignment } from './assignment-records.ts'
import { scopeCovers } from './decide.ts'
import { demandAdministratorLeft, isOfAdministrator } from './demand-administrator-left.ts'
import { demandScope, demandScopeForm } from './demand-scope.ts'
import { demandPrincipalType, principalTypeOf } from './principal-type.ts'
import { readRole } from './read-role.ts'
import { readRoleAssignment } from './read-role-assignment.ts'
import type { PrincipalType, RoleAssignment, RoleDefinition } from './role.ts'
import { assignmentsAtPrefix, placeOfKey } from './role-record.ts'

const MAXIMUM_DESCRIPTION_CHARACTERS = 1024
/** No id is longer; what is none is refused. */
const LONGEST_AUDITED = 64

/** What the audit says of an assignment: whose it is, of which role; the scope is the resource. */
export function assignmentAuditId(
  { id = '', principal, roleDefinition }: AssignRoleInput | RoleAssignment,
): string {
  const [who, role] = [principal, roleDefinition].map((one) => one.slice(0, LONGEST_AUDITED))
  return `roleAssignments/${id.slice(0, LONGEST_AUDITED)}/principals/${who}/roleDefinitions/${role}`
}

/** What is given: a role, to whom and where. */
export interface NewAssignment {
  readonly principal: string
  readonly principalType?: PrincipalType
  readonly roleDefinition: string
  /** `/`, or a resource id down to a single object. */
  readonly scope: string
  readonly description?: string
  /** In the language of `AssignmentCondition`. */
  readonly condition?: string
}

export interface AssignRoleInput extends NewAssignment {
  /** GUID. Of an assignment that is there: its description and condition are replaced. */
  readonly id?: string
  /** Refuses a principal that the directory does not know and whose type is not said. */
  readonly mustBeKnown?: true
}

/**
 * Gives a principal a role at a scope and below; foreign principals too, so their id need not be in
 * the directory.
 */
export const assignRole = operation<AssignRoleInput, RoleAssignment>({
  name: 'RoleAssignmentCreate',
  permission: 'roleAssignments/write',
  writes: true,
  target: ({ scope }) => ({ scope }),
  auditId: (input, output) => assignmentAuditId(output ?? input),
  outcome: ({ updatedAt }) => (updatedAt === undefined ? 'made' : undefined),

  async assignment({ unit, caller }, { id = '', principal, principalType, roleDefinition }) {
    const { tenant } = caller
    const standing = await readRoleAssignment(unit, tenant, id)
    const given = standing === undefined ? principalType : standing.principalType
    const type = (await principalTypeOf(unit, tenant, principal)) ?? given
    return { source: 'Request', principal, roleDefinition, ...(type && { principalType: type }) }
  },

  async run({ unit, caller, now }, input) {
    const { tenant } = caller
    const wanted = validAssignment(input)
    const { id = '' } = wanted
    const standing = await readRoleAssignment(unit, tenant, id)
    if (standing !== undefined) demandSame(standing, wanted)
    await demandScope(unit, tenant, wanted.scope)
    demandAssignable(await getRole(unit, tenant, wanted.roleDefinition), wanted.scope)
    const principalType = await demandPrincipalType(unit, tenant, {
      ...wanted,
      ...(standing?.principalType && { principalType: standing.principalType }),
    })
    const { principal, roleDefinition, scope, description, condition } = wanted
    const given = {
      principal,
      roleDefinition,
      scope,
      ...(principalType === undefined ? {} : { principalType }),
      ...(description === undefined ? {} : { description }),
      ...(condition === undefined ? {} : { condition }),
    }
    touchEpoch(unit)
    if (standing !== undefined) {
      if (condition !== undefined && (await isOfAdministrator(unit, tenant, standing))) {
        await demandAdministratorLeft(unit, tenant, (one) => one.id === standing.id)
      }
      const { id, createdAt, createdBy } = standing
      const made = { id, createdAt, ...(createdBy === undefined ? {} : { createdBy }) }
      const changed = { ...given, ...made, updatedAt: now, updatedBy: caller.principal }
      await putAssignment(unit, tenant, changed)
      return changed
    }
    await demandNew(unit, tenant, wanted)
    return await putNewAssignment(unit, tenant, given, now, {
      createdBy: caller.principal,
      ...(wanted.id === undefined ? {} : { id: wanted.id }),
    })
  },
})

/** Gives the input with its ids in lower case. @throws Fault InvalidInput, AccessRuleBroken */
function validAssignment(input: AssignRoleInput): AssignRoleInput {
  const { id, principal, roleDefinition, scope, description = '', condition } = input
  if (id !== undefined) demandGuid('roleAssignmentName', id)
  demandGuid('principalId', principal)
  demandGuid('roleDefinitionId', roleDefinition)
  demandScopeForm(scope)
  if (description.length > MAXIMUM_DESCRIPTION_CHARACTERS) {
    const reason = `it has at most ${MAXIMUM_DESCRIPTION_CHARACTERS} characters`
    throw invalidInput('description', reason)
  }
  if (condition !== undefined && AssignmentCondition.parse(condition) === undefined) {
    throw new Fault('AccessRuleBroken', { rule: 'conditionUnsupported', subject: 'condition' })
  }
  return {
    ...input,
    ...(id === undefined ? {} : { id: id.toLowerCase() }),
    principal: principal.toLowerCase(),
    roleDefinition: roleDefinition.toLowerCase(),
  }
}

/** @throws Fault AccessRuleBroken */
function demandSame(standing: RoleAssignment, wanted: AssignRoleInput): void {
  const isSame =
    standing.principal === wanted.principal &&
    standing.roleDefinition === wanted.roleDefinition &&
    standing.scope.toLowerCase() === wanted.scope.toLowerCase() &&
    (wanted.principalType ?? standing.principalType) === standing.principalType
  if (isSame) return
  throw new Fault('AccessRuleBroken', { rule: 'assignmentFixed', subject: standing.id })
}

/** @throws Fault DirectoryObjectExists, naming the assignment that is there already. */
async function demandNew(unit: UnitOfWork, tenant: string, wanted: NewAssignment): Promise<void> {
  const { scope, principal, roleDefinition } = wanted
  const prefix = assignmentsAtPrefix(tenant, scope, principal, roleDefinition)
  for (const key of await unit.keys(prefix, { limit: 1 })) {
    const { id } = placeOfKey(key)
    throw new Fault('DirectoryObjectExists', { type: 'roleAssignment', id })
  }
}

/** @throws Fault AccessRuleBroken */
async function getRole(unit: UnitOfWork, tenant: string, id: string): Promise<RoleDefinition> {
  const role = await readRole(unit, tenant, id)
  if (role !== undefined) return role
  throw new Fault('AccessRuleBroken', { rule: 'roleUnknown', subject: id })
}

/** @throws Fault AccessRuleBroken */
function demandAssignable({ name, assignableScopes = ['/'] }: RoleDefinition, scope: string): void {
  if (assignableScopes.some((outer) => scopeCovers(outer, scope))) return
  const detail = { subject: scope, expected: name }
  throw new Fault('AccessRuleBroken', { rule: 'roleNotAssignable', ...detail })
}

/**
 * Adds an assignment to a unit of work; its ids are in lower case.
 * @param made its id, when it is given one, and who made it.
 */
export async function putNewAssignment(
  unit: UnitOfWork,
  tenant: string,
  input: NewAssignment,
  now: EpochSeconds,
  made: Partial<Pick<RoleAssignment, 'createdBy' | 'id'>> = {},
): Promise<RoleAssignment> {
  const assignment: RoleAssignment = { ...input, id: randomUUID(), createdAt: now, ...made }
  await putAssignment(unit, tenant, assignment)
  return assignment
}
