import { dueKey, type Due } from '../due.ts'
import { operation } from '../operation.ts'
import type { KeyRef } from './key.ts'
import { auditedKey, keyTarget, readKeyHead } from './read-key.ts'

export interface NotifyKeyExpiryInput {
  readonly key: KeyRef
  /** The scheduler's entry, which is done with it. */
  readonly due: Due
}

/**
 * Says that a key is near its expiry, once; for the scheduler. The audit entry is the notice: an
 * operator's alarm can wait for it, as for the service's event of that name.
 */
export const notifyKeyExpiry = operation<NotifyKeyExpiryInput, { readonly version: string }>({
  name: 'KeyNearExpiryEventGridNotification',
  permission: 'maintenance/run',
  writes: true,
  target: keyTarget,
  event: () => 'KeyNearExpiry',
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run({ unit, vault }, { key, due }) {
    const container = vault()
    const { current } = await readKeyHead(unit, container, key)
    const entry = dueKey(container.tenant, due)
    await unit.claimOne(entry)
    unit.delete(entry)
    return { version: current.version }
  },
})
