import { MAXIMUM_CHANGED_TAGS } from '../changed-tags.ts'
import { Fault } from '../fault.ts'
import { demandCommonRules } from '../object-rules.ts'
import { operation } from '../operation.ts'
import { demandExportUnchanged, type ExportWish } from './export-wish.ts'
import {
  keyKey,
  keyVersionKey,
  type KeyHead,
  type KeyProperties,
  type KeyRef,
  type KeyVersion,
} from './key.ts'
import { changeKeyDues } from './key-due.ts'
import { validKeyOperations } from './key-operations.ts'
import { auditedKey, keyTarget, readKey } from './read-key.ts'

export interface UpdateKeyInput extends Partial<Omit<KeyProperties, 'keyOperations'>>, ExportWish {
  readonly key: KeyRef
  readonly keyOperations?: readonly string[]
}

/**
 * Changes what a version says of itself and may be used for, never its bits; what is not given
 * stays, tags and key operations are replaced whole.
 */
export const updateKey = operation<UpdateKeyInput, KeyVersion>({
  name: 'KeyUpdate',
  permission: 'keys/update',
  writes: true,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run({ unit, vault, now }, input) {
    const { key, keyOperations, exportable: _, hasReleasePolicy: __, ...changes } = input
    demandExportUnchanged(input)
    const container = vault()
    const { head, version } = await readKey(unit, container, key)
    if (version.managed === true) {
      throw new Fault('ObjectManaged', { kind: 'key', operation: 'update' })
    }
    const updated: KeyVersion = {
      ...version,
      ...changes,
      ...(keyOperations === undefined
        ? {}
        : { keyOperations: validKeyOperations(keyOperations, version.spec, version.hsm) }),
      updated: Math.max(now, version.created),
    }
    // Tags that stay were good when they were set, over a wire that allows more of them perhaps.
    demandCommonRules(updated, changes.tags === undefined ? MAXIMUM_CHANGED_TAGS : undefined)
    const versionKey = keyVersionKey(container, key.name, updated.version)
    await unit.get(versionKey)
    unit.put<KeyVersion>(versionKey, { meta: updated })
    if (head.current.version === updated.version) {
      const after: KeyHead = { ...head, current: updated }
      await changeKeyDues(unit, container, head, after)
      unit.put<KeyHead>(keyKey(container, key.name), { meta: after })
    }
    return updated
  },
})
