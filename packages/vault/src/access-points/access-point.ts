import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'

/** A way into vaults for programs that have one of its client keys. */
export interface AccessPoint {
  /** As it was given; compared without case, unique in its tenant. The principal has it too. */
  readonly name: string
  /** Object id. */
  readonly principal: string
  /** Names of 1 to 3 policies. */
  readonly policies: readonly string[]
  readonly description?: string
  readonly createdAt: EpochSeconds
  readonly updatedAt: EpochSeconds
}

export function accessPointKey(tenant: string, name: string): RecordKey {
  return recordKeyOf(tenant, 'access-point', name.toLowerCase())
}

export function accessPointPrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'access-point')
}
