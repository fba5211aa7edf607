import { Fault, isFault } from '../fault.ts'
import type { Store } from '../store/store.ts'

/**
 * Records what changes nothing else; what cannot be recorded must not be answered.
 * @throws Fault AuditUnavailable
 */
export async function recordAudit(store: Store, audit: readonly string[]): Promise<void> {
  try {
    await store.commit({ checks: [], puts: [], deletes: [], audit })
  } catch (thrown) {
    const reason = isFault(thrown, 'StoreUnavailable') ? thrown.detail.reason : 'the store failed'
    throw new Fault('AuditUnavailable', { reason }, { cause: thrown })
  }
}
