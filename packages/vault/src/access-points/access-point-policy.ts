import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'

/** What an access point may do with what a policy names: use keys, read secrets. */
export type AccessPointPermission = 'keyUser' | 'secretUser'

/** What access points may do that have this policy, in one vault. */
export interface AccessPointPolicy {
  readonly name: string
  /** One or both. */
  readonly permissions: readonly AccessPointPermission[]
  /** Name of the vault, and its id: another vault of that name is not meant. */
  readonly vault: string
  readonly vaultId: string
  /** `key/*`, `secret/*`, `key/<key id or name>`, `secret/<name>`. */
  readonly resources: readonly string[]
  /** Names of network rules, in one of which the caller must be; none, for all callers. */
  readonly networkRules: readonly string[]
  readonly description?: string
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

export function accessPointPolicyKey(tenant: string, name: string): RecordKey {
  return recordKeyOf(tenant, 'access-point-policy', name.toLowerCase())
}

export function accessPointPolicyPrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'access-point-policy')
}
