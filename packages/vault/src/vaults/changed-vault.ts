import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import type { UpdateVaultInput } from './update-vault.ts'
import type { VaultRecord } from './vault-record.ts'
import { demandFewAccessPolicies, demandRetentionDays, validAccessPolicy } from './vault-rules.ts'
import { validSettings } from './vault-settings.ts'

/**
 * A vault with what is given put in the place of what it had.
 * @throws Fault InvalidInput, also for what cannot be changed any more
 */
export function changedVault(
  vault: VaultRecord,
  changes: Omit<UpdateVaultInput, 'vault'>,
): VaultRecord {
  const { authorization, accessPolicies, purgeProtection, retentionDays } = changes
  if (vault.purgeProtection && purgeProtection === false) {
    throw invalidInput('enablePurgeProtection', 'purge protection cannot be turned off once it is on')
  }
  if (retentionDays !== undefined) {
    demandRetentionDays(retentionDays)
    if (retentionDays !== vault.retentionDays) {
      const reason = `it is ${vault.retentionDays} and cannot be modified any more`
      const property = 'softDeleteRetentionInDays'
      throw new Fault('InvalidInput', { property, reason, immutable: true })
    }
  }
  if (accessPolicies !== undefined) demandFewAccessPolicies(accessPolicies)
  return {
    ...vault,
    ...validSettings(changes),
    ...(authorization === undefined ? {} : { authorization }),
    ...(accessPolicies === undefined ? {} : { accessPolicies: accessPolicies.map(validAccessPolicy) }),
    ...(purgeProtection === undefined ? {} : { purgeProtection }),
  }
}
