import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'

/** Says who looks after an object; kept under both, and grants nothing. */
export interface Ownership {
  readonly object: string
  readonly owner: string
}

export function ownerKey(tenant: string, object: string, owner: string): RecordKey {
  return recordKeyOf(tenant, 'owner', object.toLowerCase(), owner.toLowerCase())
}

export function ownerPrefix(tenant: string, object: string): RecordKey {
  return prefixOf(tenant, 'owner', object.toLowerCase())
}

export function ownedKey(tenant: string, owner: string, object: string): RecordKey {
  return recordKeyOf(tenant, 'owned', owner.toLowerCase(), object.toLowerCase())
}

export function ownedPrefix(tenant: string, owner: string): RecordKey {
  return prefixOf(tenant, 'owned', owner.toLowerCase())
}
