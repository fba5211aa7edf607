import { operation } from '../operation.ts'
import type { KeyRef } from './key.ts'
import { describedAt, readDescribedKey, type DescribedKey } from './read-described-key.ts'
import { auditedKey, keyTarget } from './read-key.ts'

/** Tells all that is known of a key, whether it lives or waits for its destruction. */
export const describeKey = operation<{ readonly key: KeyRef }, DescribedKey>({
  name: 'KeyGet',
  permission: 'keys/get',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.head.current.version),

  async run({ unit, vault, now }, { key }) {
    return describedAt(await readDescribedKey(unit, vault(), key), now)
  },
})
