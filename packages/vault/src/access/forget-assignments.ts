import { touchEpoch } from '../directory/touch-epoch.ts'
import { PURGE_PAGE_RECORDS } from '../purge-page.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { deleteAssignment } from './assignment-records.ts'
import { placeOfKey } from './role-record.ts'

/** Assignments that go in one call; of each there are up to four records. */
const LIMIT = PURGE_PAGE_RECORDS / 4

/**
 * Takes role assignments away that stand where soon nothing is any more: who had a role there must
 * not have it at something else that is made under the same name. Tells whether there may be more.
 * @param prefix from `assignmentsAtPrefix` or `assignmentsBelowPrefix`.
 */
export async function forgetAssignments(
  unit: UnitOfWork,
  tenant: string,
  prefix: RecordKey,
): Promise<boolean> {
  const keys = await unit.claim(prefix, { limit: LIMIT })
  for (const key of keys) await deleteAssignment(unit, tenant, placeOfKey(key))
  if (keys.length > 0) touchEpoch(unit)
  return keys.length === LIMIT
}
