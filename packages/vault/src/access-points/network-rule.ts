import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'

/** Names networks from which access points may be used. */
export interface NetworkRule {
  readonly name: string
  /** IPv4 and IPv6, in CIDR or as single addresses, as they were given. */
  readonly networks: readonly string[]
  readonly description?: string
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

export function networkRuleKey(tenant: string, name: string): RecordKey {
  return recordKeyOf(tenant, 'network-rule', name.toLowerCase())
}

export function networkRulePrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'network-rule')
}
