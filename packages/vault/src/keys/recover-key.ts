import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { readDeletedKey } from './deleted-key.ts'
import { deletedKeyKey, keyKey, type KeyHead, type KeyRef, type KeyVersion } from './key.ts'
import { changeKeyDues } from './key-due.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { setVersionsEnabled } from './set-versions-enabled.ts'

export interface RecoverKeyInput {
  readonly key: KeyRef
  /** Enables it as a whole, even if it was disabled before. */
  readonly enables?: true
}

/** Brings a deleted key back with all its versions; its rotation policy goes on. */
export const recoverKey = operation<RecoverKeyInput, KeyVersion>({
  name: 'KeyRecover',
  permission: 'keys/recover',
  writes: true,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run(context, { key, enables = false }) {
    const { unit, vault } = context
    const container = vault()
    const deleted = await readDeletedKey(unit, container, key)
    if (deleted.current.managed === true) {
      throw new Fault('ObjectManaged', { kind: 'key', operation: 'recover' })
    }
    const { deletedAt: _, scheduledPurgeAt: __, ...before } = deleted
    const head = enables
      ? { ...before, current: await setVersionsEnabled(context, before.current, true) }
      : before
    const headKey = keyKey(container, key.name)
    await unit.get(headKey)
    await changeKeyDues(unit, container, deleted, head)
    unit.put<KeyHead>(headKey, { meta: head })
    unit.delete(deletedKeyKey(container, key.name))
    return head.current
  },
})
