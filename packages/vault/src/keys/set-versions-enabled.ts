import type { OperationContext } from '../operation.ts'
import { keyVersionKey, keyVersionPrefix, type KeyVersion } from './key.ts'

/** Enables or disables each version of a key; gives the current one as it is then. */
export async function setVersionsEnabled(
  { unit, vault, now }: Pick<OperationContext, 'unit' | 'vault' | 'now'>,
  current: KeyVersion,
  enabled: boolean,
): Promise<KeyVersion> {
  const container = vault()
  const { name, version } = current
  let after = current
  for (const { key, content } of await unit.listAll<KeyVersion>(keyVersionPrefix(container, name))) {
    if (content.meta.enabled === enabled) continue
    // Listing adds no check; what is written must have been read for it.
    const found = await unit.get<KeyVersion>(key)
    if (found === undefined) continue
    const meta = { ...found.meta, enabled, updated: Math.max(now, found.meta.created) }
    unit.put<KeyVersion>(key, { meta })
    if (key === keyVersionKey(container, name, version)) after = meta
  }
  return after
}
