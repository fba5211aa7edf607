import type { UnitOfWork } from '../unit-of-work.ts'
import { EPOCH_KEY, tenantEpochKey } from './tenant.ts'

/**
 * Says that what caches hold of directory and access is out of date, for a unit of work that
 * `perform` has made: it knows the epochs that the operation was decided under and makes them checks,
 * so two such changes never pass each other unseen.
 */
export function touchEpoch(unit: UnitOfWork): void {
  const { tenant, epoch } = unit.decidedUnder
  unit.check(EPOCH_KEY, epoch)
  unit.put(EPOCH_KEY, { meta: {} })
  unit.put(tenantEpochKey(tenant), { meta: {} })
}

/** The same for a unit of work of the server's own, which decides nothing. */
export async function touchEpochOf(unit: UnitOfWork, tenant: string): Promise<void> {
  const keys = [EPOCH_KEY, tenantEpochKey(tenant)]
  await unit.getMany(keys)
  for (const key of keys) unit.put(key, { meta: {} })
}
