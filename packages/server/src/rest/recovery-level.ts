import type { VaultRecord } from '@claviger/vault'

/** How long a vault keeps what is deleted, in the service's words (its page on soft delete). */
export function recoveryLevel({ retentionDays, purgeProtection }: VaultRecord): string {
  const retention = retentionDays === 90 ? 'Recoverable' : 'CustomizedRecoverable'
  return purgeProtection ? retention : `${retention}+Purgeable`
}
