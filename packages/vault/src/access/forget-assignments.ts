import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { RoleAssignment } from './role.ts'
import { roleAssignmentIndexKey, roleAssignmentKey, roleAssignmentPrefix } from './role-record.ts'

/** So many are held at a time. */
const PAGE_RECORDS = 500

/**
 * Takes the role assignments away that stand where nothing is any more: who had a role there must not
 * have it at something else that is made under the same name.
 * @param isGone whether there is nothing at a scope, which is in lower case.
 */
export async function forgetAssignments(
  unit: UnitOfWork,
  tenant: string,
  isGone: (scope: string) => boolean,
): Promise<void> {
  const prefix = roleAssignmentPrefix(tenant)
  const limit = PAGE_RECORDS
  for (let after: RecordKey | undefined; ; ) {
    const page = after === undefined ? { limit } : { after, limit }
    const listed = await unit.listEach<RoleAssignment>(prefix, page)
    for (const one of listed) {
      // One that does not open gives nobody anything.
      if (!('content' in one) || !isGone(one.content.meta.scope.toLowerCase())) continue
      const { id, principal } = one.content.meta
      for (const key of [roleAssignmentKey(tenant, principal, id), roleAssignmentIndexKey(tenant, id)]) {
        await unit.claimOne(key)
        unit.delete(key)
      }
    }
    after = listed.at(-1)?.key
    if (listed.length < limit) return
  }
}
