import { Fault, isFault } from '../fault.ts'
import type { OperationContext } from '../operation.ts'
import type { VaultRecord } from './vault-record.ts'

/**
 * Another model gives all data of a vault to other people, so it takes who may give roles there
 * without conditions.
 * @throws Fault AccessDenied
 */
export async function demandModelChange(
  { demandAt }: Pick<OperationContext, 'demandAt'>,
  vault: Pick<VaultRecord, 'authorization' | 'resourceId'>,
  wanted: VaultRecord['authorization'] = vault.authorization,
): Promise<void> {
  if (wanted === vault.authorization) return
  try {
    await demandAt('roleAssignments/write', vault.resourceId)
  } catch (thrown) {
    if (!isFault(thrown, 'AccessDenied')) throw thrown
    throw new Fault('AccessDenied', { ...thrown.detail, changesModel: true })
  }
}
