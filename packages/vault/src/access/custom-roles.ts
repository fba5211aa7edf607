import { randomUUID } from 'node:crypto'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { BUILT_IN_ROLES } from './built-in-roles.ts'
import type { RoleDefinition } from './role.ts'
import { customRoleKey, customRolePrefix } from './role-record.ts'

const ACTION = /^[0-9A-Za-z.*/_-]{1,256}$/
const MAXIMUM_ACTIONS = 256

export type CreateRoleInput = Omit<RoleDefinition, 'id' | 'builtIn'>

/** Makes a role of the tenant's own. */
export const createRole = operation<CreateRoleInput, RoleDefinition>({
  name: 'RoleDefinitionCreate',
  permission: 'roleDefinitions/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) => `roleDefinitions/${output?.id ?? ''}`,

  async run({ unit, caller }, input) {
    if (input.name.length === 0 || input.name.length > 512) {
      throw invalidInput('roleName', 'it must have 1 to 512 characters')
    }
    for (const property of ['actions', 'notActions', 'dataActions', 'notDataActions'] as const) {
      const actions = input[property]
      if (actions.length > MAXIMUM_ACTIONS || actions.some((action) => !ACTION.test(action))) {
        const reason =
          `it holds at most ${MAXIMUM_ACTIONS} action names, in which * stands for any text`
        throw invalidInput(property, reason)
      }
    }
    const role: RoleDefinition = { ...input, id: randomUUID(), builtIn: false }
    const key = customRoleKey(caller.tenant, role.id)
    await unit.get(key)
    unit.put<RoleDefinition>(key, { meta: role })
    touchEpoch(unit)
    return role
  },
})

/** The built-in roles and the tenant's own. */
export const listRoles = operation<Readonly<Record<string, never>>, readonly RoleDefinition[]>({
  name: 'RoleDefinitionList',
  permission: 'roleDefinitions/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit, caller }) {
    const found = await unit.listAll<RoleDefinition>(customRolePrefix(caller.tenant))
    return [...BUILT_IN_ROLES.values(), ...found.map((one) => one.content.meta)]
  },
})
