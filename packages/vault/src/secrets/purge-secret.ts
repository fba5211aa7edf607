import type { Due } from '../due.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { PurgeProgress } from '../purge-page.ts'
import { purgeDueOf, readPurgeableSecret } from './deleted-secret.ts'
import { destroyVersions } from './destroy-versions.ts'
import { deletedSecretKey, type DeletedSecretHead, type SecretRef } from './secret.ts'

/**
 * Destroys a deleted secret and all its versions for good. Very many versions take several calls;
 * the answer says whether it is done. From the first call on nothing can bring the secret back, and
 * should the others never come, the scheduler makes them.
 * Under purge protection only the server itself may, once the retention is over.
 */
export const purgeSecret = operation<{ readonly secret: SecretRef }, PurgeProgress>({
  name: 'SecretPurge',
  permission: 'secrets/purge',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run(context, { secret }) {
    const { unit, vault, caller, now } = context
    const container = vault()
    const deleted = await readPurgeableSecret(unit, container, secret)
    if (deleted.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'purge' })
    }
    const retained = now < deleted.scheduledPurgeAt
    if (container.purgeProtection && (retained || caller.kind !== 'system')) {
      throw new Fault('PurgeProtected', { vault: container.name, location: container.location })
    }
    const done = await destroyVersions(context, deleted)
    const { key: dueKey } = purgeDueOf(container, deleted)
    await unit.claimOne(dueKey)
    if (done) {
      unit.delete(deletedSecretKey(container, secret.name))
      unit.delete(dueKey)
    } else if (deleted.purging !== true) {
      unit.delete(dueKey)
      await beginPurging(context, deleted)
    }
    return { done }
  },
})

/** From now on it is the scheduler's, too. */
async function beginPurging(
  { unit, vault, now }: OperationContext,
  deleted: DeletedSecretHead,
): Promise<void> {
  const purging: DeletedSecretHead = { ...deleted, scheduledPurgeAt: now, purging: true }
  const { key, due } = purgeDueOf(vault(), purging)
  await unit.claimOne(key)
  unit.put<DeletedSecretHead>(deletedSecretKey(vault(), deleted.current.name), { meta: purging })
  unit.put<Due>(key, { meta: due })
}
