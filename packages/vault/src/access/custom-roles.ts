import { randomUUID } from 'node:crypto'
import { demandGuid } from '../demand-guid.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { actionMatches } from './action-matches.ts'
import { BUILT_IN_ROLES } from './built-in-roles.ts'
import { scopeCovers } from './decide.ts'
import { demandAdministratorLeft, isOfAdministrators } from './demand-administrator-left.ts'
import { demandScope, MAXIMUM_SCOPE_CHARACTERS } from './demand-scope.ts'
import { ACTION_NAMES } from './provider-operations.ts'
import type { RoleDefinition } from './role.ts'
import { assignmentsOfRolePrefix, customRoleKey, customRolePrefix } from './role-record.ts'

const ACTION = /^[0-9A-Za-z.*/_-]{1,256}$/
const MAXIMUM_ACTIONS = 256
const MAXIMUM_SCOPES = 100
const MAXIMUM_NAME_CHARACTERS = 512
const MAXIMUM_DESCRIPTION_CHARACTERS = 2048
/** The service's limit of custom roles in a tenant. */
const MAXIMUM_ROLES = 5000

const PLANES = {
  actions: 'control',
  notActions: 'control',
  dataActions: 'data',
  notDataActions: 'data',
} as const

export type CreateRoleInput = Pick<
  RoleDefinition,
  'assignableScopes' | 'description' | 'name' | keyof typeof PLANES
>

/** Makes a role of the tenant's own; where it may be assigned is where its maker may make roles. */
export const createRole = operation<CreateRoleInput, RoleDefinition>({
  name: 'RoleDefinitionCreate',
  permission: 'roleDefinitions/write',
  writes: true,
  target: ({ assignableScopes }) => ({ scope: firstScope(assignableScopes) }),
  auditId: (_input, output) => `roleDefinitions/${output?.id ?? ''}`,

  run: (context, input) => writeRole(context, randomUUID(), input),
})

/** What is no scope is refused by the operation; it does not make the audit grow. */
function firstScope([first = '/']: readonly string[] = []): string {
  return first.length > MAXIMUM_SCOPE_CHARACTERS ? '/' : first
}

/** A role that was written, and whether there was none before. */
export interface WrittenRole {
  readonly role: RoleDefinition
  readonly isNew: boolean
}

/** Makes or replaces a role of the tenant's own by its id. */
export const putRole = operation<CreateRoleInput & { readonly id: string }, WrittenRole>({
  name: 'RoleDefinitionWrite',
  permission: 'roleDefinitions/write',
  writes: true,
  target: ({ assignableScopes }) => ({ scope: firstScope(assignableScopes) }),
  auditId: ({ id }) => `roleDefinitions/${id}`,

  async run(context, { id, ...input }) {
    demandGuid('roleDefinitionId', id)
    const role = await writeRole(context, id.toLowerCase(), input)
    return { role, isNew: role.updatedAt === undefined }
  },
})

async function writeRole(
  { unit, caller, now, demandAt }: OperationContext,
  id: string,
  input: CreateRoleInput,
): Promise<RoleDefinition> {
  const { tenant } = caller
  demandCustom(id)
  const { assignableScopes = ['/'] } = input
  demandValid(input)
  const key = customRoleKey(tenant, id)
  const before = (await unit.get<RoleDefinition>(key))?.meta
  for (const scope of [...assignableScopes, ...scopesOf(before)]) {
    await demandAt('roleDefinitions/write', scope)
  }
  for (const scope of assignableScopes) await demandScope(unit, tenant, scope)
  await demandFreeName(unit, tenant, id, input.name)
  const role: RoleDefinition = {
    ...input,
    assignableScopes,
    id,
    builtIn: false,
    createdAt: before?.createdAt ?? now,
    createdBy: before?.createdBy ?? caller.principal,
    ...(before === undefined ? {} : { updatedAt: now, updatedBy: caller.principal }),
  }
  if (before !== undefined && isOfAdministrators(before) && !isOfAdministrators(role)) {
    await demandAdministratorLeft(unit, tenant, ({ roleDefinition }) => roleDefinition === id)
  }
  unit.put<RoleDefinition>(key, { meta: role })
  touchEpoch(unit)
  return role
}

function scopesOf(role: RoleDefinition | undefined): readonly string[] {
  return role === undefined ? [] : (role.assignableScopes ?? ['/'])
}

/** @throws Fault AccessRuleBroken */
function demandCustom(id: string): void {
  if (!BUILT_IN_ROLES.has(id)) return
  throw new Fault('AccessRuleBroken', { rule: 'roleBuiltIn', subject: id })
}

/** @throws Fault InvalidInput, AccessRuleBroken */
function demandValid(input: CreateRoleInput): void {
  const { name, description, assignableScopes = ['/'] } = input
  if (name.length === 0 || name.length > MAXIMUM_NAME_CHARACTERS) {
    throw invalidInput('roleName', `it must have 1 to ${MAXIMUM_NAME_CHARACTERS} characters`)
  }
  if (description.length > MAXIMUM_DESCRIPTION_CHARACTERS) {
    throw invalidInput('description', `it has at most ${MAXIMUM_DESCRIPTION_CHARACTERS} characters`)
  }
  if (assignableScopes.length === 0 || assignableScopes.length > MAXIMUM_SCOPES) {
    throw invalidInput('assignableScopes', `it holds 1 to ${MAXIMUM_SCOPES} scopes`)
  }
  for (const property of Object.keys(PLANES) as (keyof typeof PLANES)[]) {
    const actions = input[property]
    if (actions.length > MAXIMUM_ACTIONS || actions.some((action) => !ACTION.test(action))) {
      const reason =
        `it holds at most ${MAXIMUM_ACTIONS} action names, in which * stands for any text`
      throw invalidInput(property, reason)
    }
    const unknown = actions.find(
      (pattern) =>
        !ACTION_NAMES[PLANES[property]].some((action) => actionMatches(pattern, action)),
    )
    if (unknown !== undefined) {
      throw new Fault('AccessRuleBroken', { rule: 'actionUnknown', subject: unknown })
    }
  }
}

/** @throws Fault DirectoryObjectExists, InvalidInput */
async function demandFreeName(
  unit: UnitOfWork,
  tenant: string,
  id: string,
  name: string,
): Promise<void> {
  const own = await unit.listAll<RoleDefinition>(customRolePrefix(tenant))
  const others = own.map(({ content }) => content.meta).filter((one) => one.id !== id)
  if (others.length >= MAXIMUM_ROLES) {
    throw invalidInput('roleDefinition', `a tenant has at most ${MAXIMUM_ROLES} roles of its own`)
  }
  const isSame = (one: RoleDefinition): boolean => one.name.toLowerCase() === name.toLowerCase()
  if (others.some(isSame) || [...BUILT_IN_ROLES.values()].some(isSame)) {
    throw new Fault('DirectoryObjectExists', { type: 'roleDefinition', id: name })
  }
}

/** Deletes a role of the tenant's own that nobody has any more. */
export const deleteRole = operation<
  { readonly id: string; readonly scope?: string },
  RoleDefinition | undefined
>({
  name: 'RoleDefinitionDelete',
  permission: 'roleDefinitions/delete',
  writes: true,
  target: ({ scope = '/' }) => ({ scope }),
  auditId: ({ id }) => `roleDefinitions/${id}`,
  outcome: (output) => (output === undefined ? 'absent' : undefined),

  async run({ unit, caller, demandAt }, { id, scope = '/' }) {
    demandGuid('roleDefinitionId', id)
    demandCustom(id.toLowerCase())
    const key = customRoleKey(caller.tenant, id)
    const found = await unit.get<RoleDefinition>(key)
    if (found === undefined || !concerns(found.meta, scope)) return undefined
    for (const scope of scopesOf(found.meta)) await demandAt('roleDefinitions/delete', scope)
    const usedBy = await findUse(unit, caller.tenant, id.toLowerCase())
    if (usedBy !== undefined) {
      throw new Fault('DirectoryObjectInUse', { type: 'roleDefinition', id, usedBy })
    }
    unit.delete(key)
    touchEpoch(unit)
    return found.meta
  },
})

/** The id of an assignment of a role. */
async function findUse(
  unit: UnitOfWork,
  tenant: string,
  role: string,
): Promise<string | undefined> {
  const [use] = await unit.keys(assignmentsOfRolePrefix(tenant, role), { limit: 1 })
  return use?.split('/').at(-1)
}

/** One role, built-in or the tenant's own; as in the list, one of other places is not found. */
export const getRole = operation<{ readonly id: string; readonly scope?: string }, RoleDefinition>({
  name: 'RoleDefinitionGet',
  permission: 'roleDefinitions/read',
  writes: false,
  target: ({ scope = '/' }) => ({ scope }),
  auditId: ({ id }) => `roleDefinitions/${id}`,

  async run({ caller, view }, { id, scope = '/' }) {
    demandGuid('roleDefinitionId', id)
    const role = await view.role(caller.tenant, id)
    if (role !== undefined && concerns(role, scope)) return role
    throw new Fault('DirectoryObjectNotFound', { type: 'roleDefinition', id })
  },
})

export interface ListRolesInput {
  /** Those that can be assigned at this scope or below; absent, all. */
  readonly scope?: string
  /** Those that can be assigned at the scope itself alone. */
  readonly isAtScope?: boolean
  readonly name?: string
  readonly kind?: 'builtIn' | 'custom'
}

/** The built-in roles and the tenant's own. */
export const listRoles = operation<ListRolesInput, readonly RoleDefinition[]>({
  name: 'RoleDefinitionList',
  permission: 'roleDefinitions/read',
  writes: false,
  target: ({ scope = '/' }) => ({ scope }),

  async run({ unit, caller }, { scope = '/', isAtScope, name, kind }) {
    const found = await unit.listAll<RoleDefinition>(customRolePrefix(caller.tenant))
    const all = [...BUILT_IN_ROLES.values(), ...found.map((one) => one.content.meta)]
    return all.filter(
      (role) =>
        (kind === undefined || role.builtIn === (kind === 'builtIn')) &&
        (name === undefined || role.name.toLowerCase() === name.toLowerCase()) &&
        concerns(role, scope, isAtScope),
    )
  },
})

/** Tells whether a role can be assigned at a scope, or below it. */
function concerns(role: RoleDefinition, scope: string, isAtScope = false): boolean {
  const outers = role.assignableScopes ?? ['/']
  return outers.some(
    (outer) => scopeCovers(outer, scope) || (!isAtScope && scopeCovers(scope, outer)),
  )
}
