import type { Store } from '../store/store.ts'
import { SealKeeper } from './seal-keeper.ts'
import type { SealMaterial } from './seal-material.ts'
import { Unsealed } from './unsealed.ts'

/**
 * Opens a sealed store; writes nothing. A root key rotation that was stopped is no obstacle.
 * @throws Fault UnsealFailed when the material is not what the store is sealed with.
 * @throws Fault RecordCorrupt when the seal record or the system's data key was changed.
 */
export async function unseal(store: Store, material: SealMaterial): Promise<Unsealed> {
  const keeper = await SealKeeper.forSealed(store, material)
  return Unsealed.start(store, await keeper.read(), keeper)
}
