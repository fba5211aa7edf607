import type { KeyHandle } from '../crypto/provider.ts'
import { keyKey, type KeyHead } from '../keys/key.ts'
import { destroyKey } from '../keys/purge-key.ts'
import type { OperationContext } from '../operation.ts'
import type { Content } from '../seal/seal.ts'
import { pairHandle } from './certificate-material.ts'
import type { PendingCertificate } from './pending-certificate.ts'

/** The key that waits with a version, while no version has it; `undefined` when there is none. */
export async function waitingKey(
  { unit, vault }: OperationContext,
  { meta: { key, name }, secret: material }: Content<PendingCertificate>,
): Promise<KeyHandle | undefined> {
  if (key === undefined || material === undefined) return undefined
  const live = await unit.get<KeyHead>(keyKey(vault(), name))
  // A renewal may keep the key that is in use.
  if (live?.meta.current.materialId === key.materialId) return undefined
  return pairHandle(vault(), { key, material })
}

/** Destroys the key of a version that will not be, in the provider too, once its record is gone. */
export async function destroyWaitingKey(
  context: OperationContext,
  pending: Content<PendingCertificate>,
): Promise<void> {
  const { provider, commitThrough, commitUnit } = context
  const handle = await waitingKey(context, pending)
  if (handle === undefined) return
  commitThrough(async (audit) => {
    await commitUnit(audit)
    await destroyKey(provider, handle)
  })
}
