import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { SECONDS_PER_DAY } from '../time.ts'
import { deletedKeyKey, keyKey, type DeletedKeyHead, type KeyRef } from './key.ts'
import { changeKeyDues } from './key-due.ts'
import { keyTarget, readKeyHead } from './read-key.ts'

export interface DeleteKeyInput {
  readonly key: KeyRef
  /** How long it can be recovered; the vault says it when absent, and at least under protection. */
  readonly retentionDays?: number
}

/** Deletes a key softly: its versions stay until it is recovered or purged, and cannot be used. */
export const deleteKey = operation<DeleteKeyInput, DeletedKeyHead>({
  name: 'KeyDelete',
  permission: 'keys/delete',
  writes: true,
  target: keyTarget,

  async run({ unit, vault, now }, { key, retentionDays }) {
    const container = vault()
    const head = await readKeyHead(unit, container, key)
    if (head.current.managed === true) {
      throw new Fault('ObjectManaged', { kind: 'key', operation: 'delete' })
    }
    const { deletionProtection } = head
    if (deletionProtection !== undefined) {
      const { reason } = deletionProtection
      throw new Fault('KeyProtected', { name: head.current.name, reason })
    }
    const least = container.purgeProtection ? container.retentionDays : 0
    const days = Math.max(retentionDays ?? container.retentionDays, least)
    const scheduledPurgeAt = now + days * SECONDS_PER_DAY
    const deleted: DeletedKeyHead = { ...head, deletedAt: now, scheduledPurgeAt }
    const deletedKey = deletedKeyKey(container, key.name)
    await unit.get(deletedKey)
    await changeKeyDues(unit, container, head, deleted)
    unit.delete(keyKey(container, key.name))
    unit.put<DeletedKeyHead>(deletedKey, { meta: deleted })
    return deleted
  },
})
