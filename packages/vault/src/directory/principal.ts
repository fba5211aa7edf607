import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { Attributes } from './attributes.ts'

/**
 * A session role has no credentials: others act as it for a while, in sessions. An access point has
 * client keys, and what it may do is written in its policies.
 */
export type PrincipalKind =
  | 'application'
  | 'managedIdentity'
  | 'user'
  | 'group'
  | 'sessionRole'
  | 'accessPoint'

/** Somebody or something that can be given access. */
export interface Principal {
  /** Object id, a GUID; the token's `oid`. */
  readonly id: string
  readonly kind: PrincipalKind
  readonly displayName: string
  /** Client id, for applications and managed identities. */
  readonly appId?: string
  readonly userPrincipalName?: string
  readonly enabled: boolean
  /** Tokens issued before this time (seconds) are revoked. */
  readonly tokensValidAfter?: number
  readonly createdAt: number
  /** What is kept of it for readers of the directory. */
  readonly attributes?: Attributes
}

export function principalKey(tenant: string, id: string): RecordKey {
  return recordKeyOf(tenant, 'principal', id.toLowerCase())
}

export function principalPrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'principal')
}

/** Points from a client id to its principal and its application. */
export interface ApplicationIndex {
  /** Object id, also of a service principal that is not made yet. */
  readonly principal: string
  /** Object id of the application; managed identities have none. */
  readonly application?: string
}

export function applicationKey(tenant: string, appId: string): RecordKey {
  return recordKeyOf(tenant, 'application', appId.toLowerCase())
}

/** Says that a member belongs to a group; kept under both, so that each side can be listed. */
export interface Membership {
  readonly group: string
  readonly member: string
}

export function memberOfKey(tenant: string, member: string, group: string): RecordKey {
  return recordKeyOf(tenant, 'member-of', member.toLowerCase(), group.toLowerCase())
}

export function memberOfPrefix(tenant: string, member: string): RecordKey {
  return prefixOf(tenant, 'member-of', member.toLowerCase())
}

export function memberKey(tenant: string, group: string, member: string): RecordKey {
  return recordKeyOf(tenant, 'member', group.toLowerCase(), member.toLowerCase())
}

export function memberPrefix(tenant: string, group: string): RecordKey {
  return prefixOf(tenant, 'member', group.toLowerCase())
}
