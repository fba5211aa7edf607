import type { RecordKey } from '../store/record-key.ts'
import { recordKeyOf } from '../store/record-key.ts'
import type { Attributes } from './attributes.ts'

/**
 * An application as it is registered: what a client id means, and whose its credentials are. It acts
 * through its service principal, a principal with an object id of its own.
 */
export interface Application {
  /** Object id, a GUID; never that of a principal. */
  readonly id: string
  /** Client id. */
  readonly appId: string
  readonly displayName: string
  /**
   * Object id of its service principal, also of one that is not made yet: its credentials are kept
   * under it, so that signing in reads them at once.
   */
  readonly principal: string
  /** Further names of it, unique in the tenant. */
  readonly identifierUris: readonly string[]
  readonly attributes?: Attributes
  readonly createdAt: number
}

export function applicationObjectKey(tenant: string, id: string): RecordKey {
  return recordKeyOf(tenant, 'application-object', id.toLowerCase())
}
