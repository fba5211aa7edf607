import { operation } from '../operation.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { auditedKey, keyTarget, readKey } from './read-key.ts'

/** Shows a version of a key with its public half, whatever its state. */
export const getKey = operation<{ readonly key: KeyRef }, KeyVersion>({
  name: 'KeyGet',
  permission: 'keys/get',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run({ unit, vault }, { key }) {
    return (await readKey(unit, vault(), key)).version
  },
})
