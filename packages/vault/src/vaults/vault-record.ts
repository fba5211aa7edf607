import type { AccessPolicy } from '../access/access-policy.ts'
import { groupSegment } from '../resource-groups/resource-group.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import { SYSTEM } from '../directory/tenant.ts'

/** Which addresses may use what is in a vault, as it was given. */
export interface NetworkAcls {
  /** Kept and shown: no service but the server itself gets past the rules here. */
  readonly bypass: 'AzureServices' | 'None'
  readonly defaultAction: 'Allow' | 'Deny'
  /** Addresses and networks of IPv4 and IPv6, in CIDR. */
  readonly ipRules: readonly string[]
  /** Kept and shown: a request does not tell from which subnet it came. */
  readonly virtualNetworkRules: readonly VirtualNetworkRule[]
}

export interface VirtualNetworkRule {
  /** Resource id of a subnet. */
  readonly id: string
  readonly ignoreMissingVnetServiceEndpoint?: boolean
}

/** What can be set of a vault and was not there in its first records. */
export interface VaultSettings {
  readonly tags?: Readonly<Record<string, string>>
  /** `standard` when absent; shown and nothing else: keys of both are held alike. */
  readonly sku?: 'standard' | 'premium'
  readonly enabledForDeployment?: boolean
  readonly enabledForDiskEncryption?: boolean
  readonly enabledForTemplateDeployment?: boolean
  /** Everybody is let in when absent. */
  readonly networkAcls?: NetworkAcls
  /** `Enabled` when absent; when it is not, no address is let in. */
  readonly publicNetworkAccess?: 'Enabled' | 'Disabled'
}

/** A container of objects. */
export interface VaultRecord extends VaultSettings {
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

/** Stands for a vault that is not deleted, under the group it is in. */
export function groupVaultKey({ tenant, resourceId, name }: VaultRecord): RecordKey {
  return groupVaultKeyOf(tenant, resourceGroupOf({ resourceId }), name)
}

export function groupVaultKeyOf(tenant: string, group: string, name: string): RecordKey {
  return recordKeyOf(tenant, 'group-vault', groupSegment(group), name.toLowerCase())
}

export function groupVaultPrefix(tenant: string, group: string): RecordKey {
  return prefixOf(tenant, 'group-vault', groupSegment(group))
}

/** The group that a vault is in, as its resource id says. */
export function resourceGroupOf({ resourceId }: Pick<VaultRecord, 'resourceId'>): string {
  return resourceId.split('/')[4] ?? ''
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
