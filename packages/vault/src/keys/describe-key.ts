import { operation } from '../operation.ts'
import { pageSize, type Page, type PageInput } from '../page.ts'
import { nameInMarker, readPage } from '../read-page.ts'
import type { EpochSeconds } from '../time.ts'
import {
  deletedKeyKey,
  deletedKeyPrefix,
  keyKey,
  keyPrefix,
  type DeletedKeyHead,
  type KeyHead,
  type KeyRef,
} from './key.ts'
import { demandObjectName } from '../object-name.ts'
import { auditedKey, keyNotFound, keyTarget } from './read-key.ts'

/** A key with all that is known of it, deleted ones among them. */
export interface DescribedKey {
  readonly head: KeyHead
  /** Present when it is deleted and can still be recovered. */
  readonly deletion?: { readonly deletedAt: EpochSeconds; readonly scheduledPurgeAt: EpochSeconds }
}

/** Tells all that is known of a key, whether it lives or waits for its destruction. */
export const describeKey = operation<{ readonly key: KeyRef }, DescribedKey>({
  name: 'KeyGet',
  permission: 'keys/get',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.head.current.version),

  async run({ unit, vault }, { key }) {
    demandObjectName(key.name)
    const container = vault()
    const [live, deleted] = await unit.getMany<unknown>([
      keyKey(container, key.name),
      deletedKeyKey(container, key.name),
    ])
    // What stands under these keys was written as these types.
    if (live !== undefined) return { head: live.meta as KeyHead }
    const found = deleted?.meta as DeletedKeyHead | undefined
    if (found === undefined || found.purging === true) throw keyNotFound(key)
    return describedDeleted(found)
  },
})

export interface DescribeKeysInput extends PageInput {
  readonly vault: string
  /** The live keys, or those that wait for their destruction. */
  readonly state: 'live' | 'deleted'
}

/** All that is known of the keys of a vault, in order of their names. */
export const describeKeys = operation<DescribeKeysInput, Page<DescribedKey>>({
  name: 'KeyList',
  permission: 'keys/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'keys' }),

  async run({ unit, vault }, input) {
    const container = vault()
    const isLive = input.state === 'live'
    const page = await readPage<KeyHead | DeletedKeyHead, DescribedKey>(
      unit,
      input,
      pageSize(input),
      {
        prefix: isLive ? keyPrefix(container) : deletedKeyPrefix(container),
        keyOf: (marker) => (isLive ? keyKey : deletedKeyKey)(container, nameInMarker(marker)),
        itemOf: (found) => ('deletedAt' in found ? describedDeleted(found) : { head: found }),
        markerOf: ({ head }) => head.current.name,
      },
    )
    return page
  },
})

function describedDeleted(found: DeletedKeyHead): DescribedKey {
  const { deletedAt, scheduledPurgeAt, purging: _, ...head } = found
  return { head, deletion: { deletedAt, scheduledPurgeAt } }
}
