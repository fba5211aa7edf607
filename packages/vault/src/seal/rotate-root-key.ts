import type { Store } from '../store/store.ts'
import { finishRotation } from './finish-rotation.ts'
import type { RootKeys } from './root-keys.ts'
import { randomKey } from './root-set.ts'
import type { SealKeeper } from './seal-keeper.ts'

/**
 * Makes the next root key and wraps every data key under it; no record is rewritten.
 *
 * Three steps, each of commits that leave everything readable: the seal takes the new root key
 * beside the old one (here the audit entries land); data keys are rewrapped, page by page; the seal
 * drops the old one. Stopped anywhere, the next unseal finds both, and `finishRotation` goes on.
 * @throws Fault Conflict when another process changed the seal at the same time: nothing was done.
 * @throws Fault RecordCorrupt, naming the data key that does not open; both root keys then stay.
 */
export async function rotateRootKey(
  store: Store,
  roots: RootKeys,
  keeper: SealKeeper,
  audit: readonly string[],
): Promise<void> {
  await finishRotation(store, roots, keeper)
  const { current, keys, sealVersion } = roots.set
  const next = current + 1
  const both = new Map([...keys, [next, randomKey()] as const])
  roots.adopt(await keeper.write({ current: next, keys: both, sealVersion }, { audit }))
  await finishRotation(store, roots, keeper)
}
