import { Fault } from '../fault.ts'
import { prefixOf } from '../store/record-key.ts'
import type { Store } from '../store/store.ts'
import { dataKeyRecord } from './data-key-record.ts'
import { RootKeys } from './root-keys.ts'
import { randomKey } from './root-set.ts'
import { SealKeeper } from './seal-keeper.ts'
import type { SealMaterial } from './seal-material.ts'
import { Unsealed } from './unsealed.ts'

/**
 * Seals a new store: makes the first root key and the data key of the system, in one commit.
 * @param audit entries of this commit; none where the store cannot seal its chain head yet.
 * @throws Fault UnsealFailed when the store is not new.
 * @throws Fault Conflict when another process was faster: unseal then.
 */
export async function initialise(
  store: Store,
  material: SealMaterial,
  audit: readonly string[] = [],
): Promise<Unsealed> {
  const found = await store.list(prefixOf('system'), { limit: 1 })
  if (found.length > 0) {
    // New keys would make what is there unreadable for good.
    const reason =
      'the store holds records already, so it is not sealed anew; unseal it, or, when its seal ' +
      'record is lost, restore the data from a backup'
    throw new Fault('UnsealFailed', { reason })
  }
  const keeper = await SealKeeper.forNew(store, material)
  const first = { sealVersion: 0, current: 1, keys: new Map([[1, randomKey()]]) }
  const roots = new RootKeys(first, async () => first)
  const put = roots.wrap(dataKeyRecord('system', 1), 1, randomKey())
  const checks = [{ key: put.key, version: 'absent' as const }]
  const written = await keeper.write(first, { checks, puts: [put], audit })
  return Unsealed.start(store, written, keeper)
}
