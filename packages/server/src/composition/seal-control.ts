import type { SealControl, Unsealed } from '@claviger/vault'
import type { WorkerPool } from '../process/worker-pool.ts'

/**
 * Changes of the seal, made here and made known to the workers: what they hold of a key that was
 * destroyed goes, and they seal under the newest generation from then on.
 */
export function sealControlOf(unsealed: Unsealed, workers: Pick<WorkerPool, 'broadcast'>): SealControl {
  return {
    rotateRootKey: (audit) => unsealed.rotateRootKey(audit),
    async rotateDataKey(scope, audit) {
      await unsealed.rotateDataKey(scope, audit)
      workers.broadcast('seal/refresh', { scope })
    },
    async destroyDataKey(scope) {
      await unsealed.keyring.destroyDataKey(scope, [])
      workers.broadcast('seal/forget', { scope })
    },
  }
}
