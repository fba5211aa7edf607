import type { RequestFacts } from '../audit/entry.ts'
import type { EpochSeconds } from '../time.ts'
import type { AccessView } from './access-cache.ts'

/**
 * Who asks. Born only where a credential was checked (`directory/authenticate-*.ts`) and for the
 * server's own scheduled work; `callerOf` is exported to them alone (a test holds that).
 */
export interface Caller {
  readonly kind: 'principal' | 'system'
  readonly tenant: string
  /** Object id of the principal (the token's `oid`). */
  readonly principal: string
  /** Client id of the application that acts, if any. */
  readonly appId?: string
  readonly userPrincipalName?: string
  /** Groups that a foreign issuer's token names; the directory's own are looked up. */
  readonly claimedGroups: readonly string[]
  /** The token does not name all of them, or more than are taken. */
  readonly hasMoreGroups?: boolean
  /** Seconds: when the credential was checked or the token issued; revocation compares with it. */
  readonly authenticatedAt: EpochSeconds
  /** Vouched for by another issuer, so that the directory need not know the principal. */
  readonly foreign: boolean
  /** The token's issuer, or how else the caller was known. */
  readonly issuer: string
  /** The id of the access key or client key that signed the request. */
  readonly signingKey?: string
  /** What the session was called by whoever began it. */
  readonly session?: string
}

/** One call: who asks and with what request. */
export interface Call {
  readonly caller: Caller
  readonly request: RequestFacts
  /** Directory and access as the door has seen them for this request; read anew when absent. */
  readonly view?: AccessView
}
