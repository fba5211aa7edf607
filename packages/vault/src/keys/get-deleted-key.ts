import { operation } from '../operation.ts'
import { readDeletedKey } from './deleted-key.ts'
import type { DeletedKeyHead, KeyRef } from './key.ts'
import { keyTarget } from './read-key.ts'

/** Shows a deleted key. */
export const getDeletedKey = operation<{ readonly key: KeyRef }, DeletedKeyHead>({
  name: 'KeyGetDeleted',
  permission: 'keys/getDeleted',
  writes: false,
  target: keyTarget,

  async run({ unit, vault }, { key }) {
    return readDeletedKey(unit, vault(), key)
  },
})
