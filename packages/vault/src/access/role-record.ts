import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'

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

export function customRoleKey(tenant: string, id: string): RecordKey {
  return recordKeyOf(tenant, 'role-definition', id.toLowerCase())
}

export function customRolePrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'role-definition')
}
