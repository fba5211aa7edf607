import type { Store } from '../store/store.ts'
import { DataKeys } from './data-keys.ts'
import type { Keyring } from './keyring.ts'
import { RootKeys } from './root-keys.ts'
import type { Secret } from './secret.ts'
import { startKeyring } from './start-keyring.ts'
import { decodeWorkerMaterial } from './worker-material.ts'

/**
 * The keyring of a worker process, from what `Unsealed.exportForWorker` gave; wipes the material.
 * @param onUnknownRoot asks the process that unsealed for the material of that moment: the root key
 *   was rotated, or the seal changed.
 * @throws TypeError when it is no such material.
 * @throws Fault RecordCorrupt when the data key of the system does not open.
 */
export async function keyringFromWorkerMaterial(
  store: Store,
  material: Secret,
  onUnknownRoot: () => Promise<Secret>,
): Promise<Keyring> {
  const newest = async () => decodeWorkerMaterial(await onUnknownRoot())
  const roots = new RootKeys(decodeWorkerMaterial(material), newest)
  return startKeyring(new DataKeys(store, roots))
}
