import { isFault } from '../fault.ts'
import type { Store } from '../store/store.ts'
import { rewrapDataKeys } from './rewrap-data-keys.ts'
import type { RootKeys } from './root-keys.ts'
import type { SealKeeper } from './seal-keeper.ts'

/**
 * Brings a rotation of the root key to its end: rewraps what is left, then drops the old root key
 * from the seal. Nothing to do when no rotation is under way.
 * @throws Fault RecordCorrupt, naming the data key that does not open; the old root key then stays.
 */
export async function finishRotation(
  store: Store,
  roots: RootKeys,
  keeper: SealKeeper,
): Promise<void> {
  while (roots.set.keys.size > 1) {
    await rewrapDataKeys(store, roots)
    const { current, keys, sealVersion } = roots.set
    const kept = new Map([...keys].filter(([generation]) => generation === current))
    try {
      roots.adopt(await keeper.write({ current, keys: kept, sealVersion }))
    } catch (thrown) {
      if (!isFault(thrown, 'Conflict')) throw thrown
      // Somebody else has changed the seal: see whether the rotation is finished there.
      await roots.reload()
    }
  }
}
