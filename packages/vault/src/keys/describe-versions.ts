import { operation } from '../operation.ts'
import { isVersion } from '../object-name.ts'
import { selectPage, type Selection, type SelectionInput } from '../select-page.ts'
import {
  keyVersionKey,
  keyVersionPrefix,
  type KeyHead,
  type KeyRef,
  type KeyVersion,
} from './key.ts'
import { readDescribedKey } from './read-described-key.ts'
import { auditedKey, keyNotFound, keyTarget } from './read-key.ts'

export interface DescribeKeyVersionsInput extends SelectionInput {
  readonly key: KeyRef
}

/**
 * A part of the versions of a key with their number, whether it lives or waits for its destruction, in
 * order of their ids. A key that was never given its material has none yet.
 */
export const describeKeyVersions = operation<DescribeKeyVersionsInput, Selection<KeyVersion>>({
  name: 'KeyListVersions',
  permission: 'keys/list',
  writes: false,
  target: keyTarget,

  async run({ unit, vault }, { key, ...input }) {
    const container = vault()
    const { head } = await readDescribedKey(unit, container, key)
    if (isUnborn(head)) return { items: [], total: 0 }
    return await selectPage<KeyVersion, KeyVersion>(unit, input, {
      prefixes: [keyVersionPrefix(container, key.name)],
      itemOf: (version) => version,
    })
  },
})

/**
 * A version of a key, whether it lives or waits for its destruction.
 * @throws Fault ObjectNotFound
 */
export const describeKeyVersion = operation<{ readonly key: KeyRef }, KeyVersion>({
  name: 'KeyGet',
  permission: 'keys/get',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run({ unit, vault }, { key }) {
    const container = vault()
    const { head } = await readDescribedKey(unit, container, key)
    const { name, version = head.current.version } = key
    if (isUnborn(head) || !isVersion(version)) throw keyNotFound(key)
    const wanted = keyVersionKey(container, name, version.toLowerCase())
    const found = await unit.get<KeyVersion>(wanted)
    if (found === undefined) throw keyNotFound(key)
    return found.meta
  },
})

function isUnborn({ current }: KeyHead): boolean {
  return current.external === true && current.materialDigest === undefined
}
