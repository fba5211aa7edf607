import type { UnitOfWork } from '../unit-of-work.ts'
import { EPOCH_KEY } from './tenant.ts'

/**
 * Says that what caches hold of directory and access is out of date. `perform` has already put the
 * epoch's version among the checks, so two such changes never pass each other unseen.
 */
export function touchEpoch(unit: UnitOfWork): void {
  unit.put(EPOCH_KEY, { meta: {} })
}
