import { changedTags, type TagChange } from '../changed-tags.ts'
import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { changeKeyDues } from './key-due.ts'
import { keyKey, keyVersionKey, type KeyHead, type KeyRef, type KeyVersion } from './key.ts'
import { keyTarget, readKeyHead } from './read-key.ts'

export interface ChangeKeyTagsInput extends TagChange {
  readonly key: KeyRef
}

/** Changes single tags of a key, which are those of its current version. */
export const changeKeyTags = operation<ChangeKeyTagsInput, KeyHead>({
  name: 'KeyUpdate',
  permission: 'keys/update',
  writes: true,
  target: keyTarget,

  async run({ unit, vault, now }, { key, ...change }) {
    const container = vault()
    const head = await readKeyHead(unit, container, key)
    const { name, version, managed, created } = head.current
    if (managed === true) throw new Fault('ObjectManaged', { kind: 'key', operation: 'update' })
    const current: KeyVersion = {
      ...head.current,
      tags: changedTags(head.current.tags, change),
      updated: Math.max(now, created),
    }
    const at = keyVersionKey(container, name, version)
    await unit.get(at)
    const after: KeyHead = { ...head, current }
    await changeKeyDues(unit, container, head, after)
    unit.put<KeyVersion>(at, { meta: current })
    unit.put<KeyHead>(keyKey(container, name), { meta: after })
    return after
  },
})
