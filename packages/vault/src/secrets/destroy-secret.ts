import type { Due } from '../due.ts'
import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import type { PurgeProgress } from '../purge-page.ts'
import type { EpochSeconds } from '../time.ts'
import { purgeDueOf } from './deleted-secret.ts'
import { destroyVersions } from './destroy-versions.ts'
import { readSecretHead } from './read-secret.ts'
import { deletedSecretKey, secretKey, type DeletedSecretHead, type SecretInput } from './secret.ts'

export interface DestroyedSecret extends PurgeProgress {
  readonly destroyedAt: EpochSeconds
}

/**
 * Destroys a live secret and all its versions at once, with no time in which it could be recovered.
 * Very many versions take several calls: `secrets.purge` goes on with what is left.
 */
export const destroySecret = operation<SecretInput, DestroyedSecret>({
  name: 'SecretPurge',
  permission: 'secrets/purge',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run(context, { secret }) {
    const { unit, vault, now, demand } = context
    const container = vault()
    await demand('secrets/delete', `secrets/${secret.name}`)
    const head = await readSecretHead(unit, container, secret)
    if (head.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'delete' })
    }
    if (container.purgeProtection) {
      throw new Fault('PurgeProtected', { vault: container.name, location: container.location })
    }
    const headKey = secretKey(container, secret.name)
    const deletedKey = deletedSecretKey(container, secret.name)
    await unit.get(deletedKey)
    unit.delete(headKey)
    const deleted: DeletedSecretHead = {
      ...head,
      deletedAt: now,
      scheduledPurgeAt: now,
      purging: true,
    }
    const done = await destroyVersions(context, deleted)
    if (!done) {
      const { key, due } = purgeDueOf(container, deleted)
      await unit.claimOne(key)
      unit.put<DeletedSecretHead>(deletedKey, { meta: deleted })
      unit.put<Due>(key, { meta: due })
    }
    return { done, destroyedAt: now }
  },
})
