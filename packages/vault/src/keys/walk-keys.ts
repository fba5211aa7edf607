import { operation } from '../operation.ts'
import { pageSize, type Page, type PageInput } from '../page.ts'
import { nameInMarker, readPage } from '../read-page.ts'
import {
  deletedKeyKey,
  deletedKeyPrefix,
  keyKey,
  keyPrefix,
  type DeletedKeyHead,
  type KeyHead,
} from './key.ts'
import { describedAt, describedKey, type DescribedKey } from './read-described-key.ts'

const MAXIMUM_DESCRIBED = 200

export interface WalkKeysInput extends PageInput {
  readonly vault: string
  /** The live keys, or those that wait for their destruction. */
  readonly state: 'live' | 'deleted'
}

/** All that is known of the keys of a vault, in order of their names; up to 200 at a time. */
export const walkKeys = operation<WalkKeysInput, Page<DescribedKey>>({
  name: 'KeyList',
  permission: 'keys/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'keys' }),

  async run({ unit, vault, now }, input) {
    const container = vault()
    const isLive = input.state === 'live'
    const { items, ...more } = await readPage<KeyHead | DeletedKeyHead, KeyHead | DeletedKeyHead>(
      unit,
      input,
      pageSize(input, MAXIMUM_DESCRIBED),
      {
        prefix: isLive ? keyPrefix(container) : deletedKeyPrefix(container),
        keyOf: (marker) => (isLive ? keyKey : deletedKeyKey)(container, nameInMarker(marker)),
        itemOf: (found) => found,
        markerOf: ({ current }) => current.name,
      },
    )
    const described = items.flatMap((one) => describedKey(one) ?? [])
    return { items: described.map((one) => describedAt(one, now)), ...more }
  },
})
