import { operation } from '../operation.ts'
import { selectPage, type Selection, type SelectionInput } from '../select-page.ts'
import { deletedKeyPrefix, keyPrefix, type DeletedKeyHead, type KeyHead } from './key.ts'
import { describedAt, describedKey, type DescribedKey } from './read-described-key.ts'

export interface SelectKeysInput extends SelectionInput {
  readonly vault: string
  /** Which keys there are for the caller; all when absent, which is much the quicker. */
  readonly isWanted?: ((key: DescribedKey) => boolean) | undefined
}

/**
 * A part of the keys of a vault with their number: first the live ones in order of their names,
 * then those that wait for their destruction.
 */
export const selectKeys = operation<SelectKeysInput, Selection<DescribedKey>>({
  name: 'KeyList',
  permission: 'keys/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'keys' }),

  async run({ unit, vault, now }, { isWanted, ...input }) {
    const container = vault()
    return await selectPage<KeyHead | DeletedKeyHead, DescribedKey>(unit, input, {
      prefixes: [keyPrefix(container), deletedKeyPrefix(container)],
      itemOf: (found) => {
        const described = describedKey(found)
        return described && describedAt(described, now)
      },
      isWanted,
    })
  },
})
