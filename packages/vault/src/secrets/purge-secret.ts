import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { purgeDueOf, readDeletedSecret } from './deleted-secret.ts'
import { deletedSecretKey, secretVersionPrefix, type SecretRef } from './secret.ts'

/**
 * Destroys a deleted secret and all its versions for good.
 * Under purge protection only the server itself may, once the retention is over.
 */
export const purgeSecret = operation<{ readonly secret: SecretRef }, undefined>({
  name: 'SecretPurge',
  permission: 'secrets/purge',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault, caller, now }, { secret }) {
    const container = vault()
    const deleted = await readDeletedSecret(unit, container, secret)
    const retained = now < deleted.scheduledPurgeAt
    if (container.purgeProtection && (retained || caller.kind !== 'system')) {
      throw new Fault('PurgeProtected', { vault: container.name, location: container.location })
    }
    const { key: dueKey } = purgeDueOf(container, deleted)
    await unit.get(dueKey)
    for (const key of await unit.claimAll(secretVersionPrefix(container, secret.name))) unit.delete(key)
    unit.delete(deletedSecretKey(container, secret.name))
    unit.delete(dueKey)
    return undefined
  },
})
