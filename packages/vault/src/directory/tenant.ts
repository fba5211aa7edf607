import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'

/** A tenant: the wall that nothing crosses. */
export interface Tenant {
  /** GUID, lower case. */
  readonly id: string
  readonly displayName: string
  readonly createdAt: number
  /** The tenant that `adfs`, `common` and `organizations` mean at the login host. */
  readonly isDefault: boolean
  /** Subscription and resource group under which its vaults have their resource ids. */
  readonly subscription: string
  readonly resourceGroup: string
  /** Object id of the administrator application, as which the local operator acts. */
  readonly administrator: string
  /** Object id of the managed identity of programs on this machine; the default tenant has one. */
  readonly localIdentity?: string
  /** Object id of the user that signs requests of programs on this machine with an access key. */
  readonly localUser?: string
}

/** The first segment of the server's own records, which belong to no tenant. */
export const SYSTEM = 'system'

export function tenantKey(tenant: string): RecordKey {
  return recordKeyOf(SYSTEM, 'tenant', tenant.toLowerCase())
}

export function tenantPrefix(): RecordKey {
  return prefixOf(SYSTEM, 'tenant')
}

/**
 * Changes with every change of tenants, vaults, principals, credentials, assignments and policies,
 * in the same commit. Each call compares its version before it trusts a cache, so what one worker
 * has acknowledged holds on every worker at once.
 */
export const EPOCH_KEY: RecordKey = recordKeyOf(SYSTEM, 'epoch')

/**
 * The same of one tenant alone: what a decision was made under. What changes in one tenant makes no
 * request of another begin anew.
 */
export function tenantEpochKey(tenant: string): RecordKey {
  return recordKeyOf(SYSTEM, 'tenant-epoch', tenant.toLowerCase())
}
