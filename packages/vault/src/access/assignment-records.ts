import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { BUILT_IN_ROLES } from './built-in-roles.ts'
import type { RoleAssignment } from './role.ts'
import {
  assignmentAtKey,
  assignmentOfRoleKey,
  roleAssignmentIndexKey,
  roleAssignmentKey,
  type AssignmentPlace,
  type RoleAssignmentIndex,
} from './role-record.ts'

/** Every record there is of an assignment: its own and those by which it is found. */
export function recordsOfAssignment(tenant: string, place: AssignmentPlace): readonly RecordKey[] {
  const { id, principal } = place
  return [
    roleAssignmentKey(tenant, principal, id),
    roleAssignmentIndexKey(tenant, id),
    ...emptyRecords(tenant, place),
  ]
}

/** Those that hold nothing, because their keys say it. */
function emptyRecords(tenant: string, place: AssignmentPlace): readonly RecordKey[] {
  const at = assignmentAtKey(tenant, place)
  // A built-in role cannot be deleted, so nobody asks whether it is in use.
  const isBuiltIn = BUILT_IN_ROLES.has(place.roleDefinition)
  return isBuiltIn ? [at] : [at, assignmentOfRoleKey(tenant, place)]
}

/** Adds an assignment to a unit of work, new or changed; its ids are in lower case. */
export async function putAssignment(
  unit: UnitOfWork,
  tenant: string,
  assignment: RoleAssignment,
): Promise<void> {
  const { id, principal } = assignment
  await unit.getMany(recordsOfAssignment(tenant, assignment))
  unit.put<RoleAssignment>(roleAssignmentKey(tenant, principal, id), { meta: assignment })
  unit.put<RoleAssignmentIndex>(roleAssignmentIndexKey(tenant, id), { meta: { principal } })
  for (const key of emptyRecords(tenant, assignment)) unit.put(key, { meta: {} })
}

/** Adds the end of an assignment to a unit of work; none of its records has to open, or be there. */
export async function deleteAssignment(
  unit: UnitOfWork,
  tenant: string,
  place: AssignmentPlace,
): Promise<void> {
  for (const key of recordsOfAssignment(tenant, place)) {
    await unit.claimOne(key)
    unit.delete(key)
  }
}
