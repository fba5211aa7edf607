import type { SealControl, Unsealed } from '@claviger/vault'
import type { Log } from '../log.ts'
import type { WorkerPool } from '../process/worker-pool.ts'
import { faultFields } from '../fault-fields.ts'

/**
 * Changes of the seal, made here and made known to the workers: what they hold of a key that was
 * destroyed goes, and they seal under the newest generation from then on.
 */
export function sealControlOf(
  unsealed: Unsealed,
  workers: Pick<WorkerPool, 'broadcast'>,
  log: Pick<Log, 'warn'>,
): SealControl {
  return {
    rotateRootKey: (audit) => unsealed.rotateRootKey(audit),
    async rotateDataKey(scope, audit) {
      await unsealed.rotateDataKey(scope, audit)
      workers.broadcast('seal/refresh', { scope })
    },
    async destroyDataKey(scope) {
      // The records are gone by now, so a failure here must not make the purge look undone: a data key
      // that is left over opens nothing that is still there.
      try {
        await unsealed.keyring.destroyDataKey(scope, [])
        workers.broadcast('seal/forget', { scope })
      } catch (thrown) {
        log.warn('The data key of a purged vault could not be removed.', { scope, ...faultFields(thrown) })
      }
    },
  }
}
