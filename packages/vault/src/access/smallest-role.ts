import { actionMatches } from './action-matches.ts'
import { AssignmentCondition } from './assignment-condition.ts'
import { BUILT_IN_ROLES, OWN_ROLES } from './built-in-roles.ts'
import { roleGrants } from './decide.ts'
import type { Permission } from './permissions.ts'
import { ACTION_NAMES } from './provider-operations.ts'
import type { RoleDefinition } from './role.ts'

const known = new Map<string, RoleDefinition | undefined>()

/**
 * The built-in role with the fewest actions that allows something, whatever else is the case; on
 * the control plane, that which lets change least. Of two that are alike, the first by name. Roles
 * of our own are for what the cloud has not.
 * @returns `undefined` when none does.
 */
export function smallestRole(
  permission: Pick<Permission, 'action' | 'plane'>,
): RoleDefinition | undefined {
  const name = `${permission.plane} ${permission.action.toLowerCase()}`
  if (!known.has(name)) known.set(name, findSmallest(permission))
  return known.get(name)
}

function findSmallest(
  permission: Pick<Permission, 'action' | 'plane'>,
): RoleDefinition | undefined {
  const isOurs = /^(?:Claviger\.|Microsoft\.Directory\/)/.test(permission.action)
  const allowing = [...BUILT_IN_ROLES.values()].filter(
    (role) =>
      (isOurs || !OWN_ROLES.has(role.id)) &&
      roleGrants(role, permission) &&
      isUnlimited(role, permission),
  )
  const [smallest] = allowing
    .map((role) => ({ role, size: sizeOf(role) }))
    .sort(
      ({ role: one, size: ofOne }, { role: two, size: ofTwo }) =>
        (permission.plane === 'control' ? ofOne.changing - ofTwo.changing : 0) ||
        ofOne.all - ofTwo.all ||
        (one.name < two.name ? -1 : 1),
    )
  return smallest?.role
}

/** A condition that says nothing of the action does not limit it. */
function isUnlimited(
  { condition }: RoleDefinition,
  { action }: Pick<Permission, 'action'>,
): boolean {
  if (condition === undefined) return true
  return AssignmentCondition.parse(condition)?.holds(action, undefined) === true
}

/** How many of all actions it grants. */
function sizeOf(role: RoleDefinition): { readonly all: number; readonly changing: number } {
  const granted = (
    all: readonly string[],
    on: readonly string[],
    off: readonly string[],
  ): readonly string[] =>
    all.filter(
      (action) =>
        on.some((pattern) => actionMatches(pattern, action)) &&
        !off.some((pattern) => actionMatches(pattern, action)),
    )
  const control = granted(ACTION_NAMES.control, role.actions, role.notActions)
  const data = granted(ACTION_NAMES.data, role.dataActions, role.notDataActions)
  const changing = control.filter((action) => !action.endsWith('/read'))
  return { all: control.length + data.length, changing: changing.length }
}
