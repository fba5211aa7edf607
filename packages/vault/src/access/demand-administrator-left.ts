import { principalKey, type Principal } from '../directory/principal.ts'
import { Fault } from '../fault.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { roleGrants } from './decide.ts'
import { PERMISSIONS } from './permissions.ts'
import { readRole } from './read-role.ts'
import {
  assignmentsAtPrefix,
  placeOfKey,
  roleAssignmentKey,
  type AssignmentPlace,
} from './role-record.ts'
import type { RoleAssignment, RoleDefinition } from './role.ts'

const PAGE = 500

/**
 * Refuses what takes the last assignment away by which somebody may give roles in the whole tenant:
 * nobody could repair anything afterwards. One that is limited by a condition is none, nor is that
 * of a principal that is disabled.
 * @param isGone tells which will not be there any more.
 * @throws Fault AccessRuleBroken
 */
export async function demandAdministratorLeft(
  unit: UnitOfWork,
  tenant: string,
  isGone: (assignment: RoleAssignment) => boolean,
): Promise<void> {
  const found = await administratorsOf(unit, tenant)
  const [gone] = found.filter(isGone)
  if (gone === undefined || !found.every(isGone)) return
  throw new Fault('AccessRuleBroken', { rule: 'lastAdministrator', subject: gone.id })
}

/** Tells whether an assignment is one of those. */
export async function isOfAdministrator(
  unit: UnitOfWork,
  tenant: string,
  { scope, condition, roleDefinition }: RoleAssignment,
): Promise<boolean> {
  if (scope !== '/' || condition !== undefined) return false
  const role = await readRole(unit, tenant, roleDefinition)
  return role !== undefined && isOfAdministrators(role)
}

/** Tells whether a role lets its holder give any role to anybody. */
export function isOfAdministrators(role: RoleDefinition): boolean {
  return role.condition === undefined && roleGrants(role, PERMISSIONS['roleAssignments/write'])
}

async function administratorsOf(
  unit: UnitOfWork,
  tenant: string,
): Promise<readonly RoleAssignment[]> {
  const places = await placesOf(unit, tenant)
  const [assignments, principals] = await Promise.all([
    unit.getMany<RoleAssignment>(
      places.map(({ principal, id }) => roleAssignmentKey(tenant, principal, id)),
    ),
    unit.getMany<Principal>(places.map(({ principal }) => principalKey(tenant, principal))),
  ])
  return assignments.flatMap((one, index) => {
    const isWhole = one !== undefined && one.meta.condition === undefined
    return isWhole && principals[index]?.meta.enabled !== false ? [one.meta] : []
  })
}

async function placesOf(unit: UnitOfWork, tenant: string): Promise<readonly AssignmentPlace[]> {
  const places: AssignmentPlace[] = []
  const known = new Map<string, boolean>()
  let after: RecordKey | undefined
  for (;;) {
    const page = after === undefined ? { limit: PAGE } : { after, limit: PAGE }
    const keys = await unit.keys(assignmentsAtPrefix(tenant, '/'), page)
    for (const place of keys.map(placeOfKey)) {
      const { roleDefinition: id } = place
      if (!known.has(id)) {
        const role = await readRole(unit, tenant, id)
        known.set(id, role !== undefined && isOfAdministrators(role))
      }
      if (known.get(id) === true) places.push(place)
    }
    if (keys.length < PAGE) return places
    after = keys.at(-1)
  }
}
