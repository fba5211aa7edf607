import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { RoleAssignment } from './role.ts'

/** What an assignment is found by; it never changes. */
export type AssignmentPlace = Pick<RoleAssignment, 'id' | 'principal' | 'roleDefinition' | 'scope'>

/** Assignments stand under their principal, because that is how every decision looks them up. */
export function roleAssignmentKey(tenant: string, principal: string, id: string): RecordKey {
  return recordKeyOf(tenant, 'role-assignment', principal.toLowerCase(), id.toLowerCase())
}

export function roleAssignmentPrefix(tenant: string, principal?: string): RecordKey {
  return principal === undefined
    ? prefixOf(tenant, 'role-assignment')
    : prefixOf(tenant, 'role-assignment', principal.toLowerCase())
}

/** Points from an assignment's id to the principal it stands under. */
export interface RoleAssignmentIndex {
  readonly principal: string
}

export function roleAssignmentIndexKey(tenant: string, id: string): RecordKey {
  return recordKeyOf(tenant, 'role-assignment-id', id.toLowerCase())
}

/** Comes between a scope and what stands at it, so that this is apart from what stands below. */
const AT = ':'

/** Stands for an assignment under its scope; the key says all there is to say. */
export function assignmentAtKey(tenant: string, place: AssignmentPlace): RecordKey {
  const { id, principal, roleDefinition, scope } = place
  const names = [principal, roleDefinition, id].map((name) => name.toLowerCase())
  return recordKeyOf(tenant, 'role-assignment-at', ...segmentsOf(scope), AT, ...names)
}

/** The assignments at a scope itself: all, or those of a principal, or of a role that it has. */
export function assignmentsAtPrefix(
  tenant: string,
  scope: string,
  ...of: readonly [] | readonly [principal: string] | readonly [principal: string, role: string]
): RecordKey {
  const names = of.map((name) => name.toLowerCase())
  return prefixOf(tenant, 'role-assignment-at', ...segmentsOf(scope), AT, ...names)
}

/** The assignments at a scope and below it. */
export function assignmentsBelowPrefix(tenant: string, scope: string): RecordKey {
  return prefixOf(tenant, 'role-assignment-at', ...segmentsOf(scope))
}

/** What a key of `assignmentAtKey` says; the scope is in lower case. */
export function placeOfKey(key: RecordKey): AssignmentPlace {
  const segments = key.split('/')
  const [principal = '', roleDefinition = '', id = ''] = segments.slice(-3)
  const scope = segments.slice(2, -4).map((one) => one.replaceAll('~1', '(').replaceAll('~2', ')'))
  return { id, principal, roleDefinition, scope: `/${scope.join('/')}` }
}

/** A scope in the letters that a key can have; `~` is in none. */
function segmentsOf(scope: string): readonly string[] {
  if (scope === '/') return []
  const letters = scope.toLowerCase().replaceAll('(', '~1').replaceAll(')', '~2')
  return letters.slice(1).split('/')
}

/** Stands for an assignment of a role of the tenant's own, which cannot be deleted meanwhile. */
export function assignmentOfRoleKey(
  tenant: string,
  { roleDefinition, id }: Pick<AssignmentPlace, 'id' | 'roleDefinition'>,
): RecordKey {
  const names = [roleDefinition, id].map((name) => name.toLowerCase())
  return recordKeyOf(tenant, 'role-assignment-of', ...names)
}

export function assignmentsOfRolePrefix(tenant: string, role: string): RecordKey {
  return prefixOf(tenant, 'role-assignment-of', role.toLowerCase())
}

export function customRoleKey(tenant: string, id: string): RecordKey {
  return recordKeyOf(tenant, 'role-definition', id.toLowerCase())
}

export function customRolePrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'role-definition')
}
