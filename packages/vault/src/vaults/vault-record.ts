import type { AccessPolicy } from '../access/access-policy.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import { SYSTEM } from '../directory/tenant.ts'

/** A container of objects. */
export interface VaultRecord {
  /** The name as it was given at creation; compared without case, unique on the server. */
  readonly name: string
  /** 32 hexadecimal characters; records and data key are named by it, not by the vault's name. */
  readonly id: string
  readonly tenant: string
  /** `/subscriptions/…/resourceGroups/…/providers/Microsoft.KeyVault/vaults/…` */
  readonly resourceId: string
  readonly location: string
  readonly authorization: 'rbac' | 'accessPolicies'
  readonly accessPolicies: readonly AccessPolicy[]
  /** Days an object stays recoverable after its deletion, 7 to 90. */
  readonly retentionDays: number
  readonly purgeProtection: boolean
  readonly createdAt: number
  readonly updatedAt: number
  /** Set while the vault itself is deleted; it can be recovered until its purge has begun. */
  readonly deleted?: {
    readonly at: number
    readonly scheduledPurgeAt: number
    readonly purging?: true
  }
}

export function vaultKey(tenant: string, name: string): RecordKey {
  return recordKeyOf(tenant, 'vault', name.toLowerCase())
}

export function vaultPrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'vault')
}

/** Says which tenant a vault name belongs to. */
export interface VaultNameIndex {
  readonly tenant: string
}

export function vaultNameKey(name: string): RecordKey {
  return recordKeyOf(SYSTEM, 'vault-name', name.toLowerCase())
}

/** The resource id under which a vault is known to role assignments and the audit. */
export function vaultResourceId(subscription: string, resourceGroup: string, name: string): string {
  const group = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`
  return `${group}/providers/Microsoft.KeyVault/vaults/${name}`
}
