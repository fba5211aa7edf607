import { keyKey, type KeyHead } from '../keys/key.ts'
import { destroyKey } from '../keys/purge-key.ts'
import type { OperationContext } from '../operation.ts'
import type { Content } from '../seal/seal.ts'
import { pairHandle } from './certificate-material.ts'
import type { PendingCertificate } from './pending-certificate.ts'

/** Destroys the key of a version that will not be, in the provider too, once its record is gone. */
export async function destroyWaitingKey(
  { unit, vault, provider, commitThrough, commitUnit }: OperationContext,
  { meta: { key, name }, secret: material }: Content<PendingCertificate>,
): Promise<void> {
  if (key === undefined || material === undefined) return
  const live = await unit.get<KeyHead>(keyKey(vault(), name))
  // A renewal may keep the key that is in use.
  if (live?.meta.current.materialId === key.materialId) return
  const handle = pairHandle(vault(), { key, material })
  commitThrough(async (audit) => {
    await commitUnit(audit)
    await destroyKey(provider, handle)
    material.wipe()
  })
}
