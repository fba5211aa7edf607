import type { Due } from '../due.ts'
import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { SECONDS_PER_DAY } from '../time.ts'
import { purgeDueOf } from './deleted-secret.ts'
import { readSecretHead } from './read-secret.ts'
import {
  deletedSecretKey,
  secretKey,
  type DeletedSecretHead,
  type SecretRef,
} from './secret.ts'

export interface DeleteSecretInput {
  readonly secret: SecretRef
  /** How long it can be recovered; the vault says it when absent, and at least under protection. */
  readonly retentionDays?: number
}

/** Deletes a secret softly: its versions stay until it is recovered or purged. */
export const deleteSecret = operation<DeleteSecretInput, DeletedSecretHead>({
  name: 'SecretDelete',
  permission: 'secrets/delete',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault, now }, { secret, retentionDays }) {
    const container = vault()
    const head = await readSecretHead(unit, container, secret)
    if (head.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'delete' })
    }
    const least = container.purgeProtection ? container.retentionDays : 0
    const days = Math.max(retentionDays ?? container.retentionDays, least)
    const scheduledPurgeAt = now + days * SECONDS_PER_DAY
    const deleted: DeletedSecretHead = { ...head, deletedAt: now, scheduledPurgeAt }
    const due = purgeDueOf(container, deleted)
    const deletedKey = deletedSecretKey(container, secret.name)
    await unit.get(deletedKey)
    await unit.claimOne(due.key)
    unit.delete(secretKey(container, secret.name))
    unit.put<DeletedSecretHead>(deletedKey, { meta: deleted })
    unit.put<Due>(due.key, { meta: due.due })
    return deleted
  },
})
