import type { IssuerKeyPlace } from './issuer-key-source.ts'

/**
 * Another issuer whose tokens are taken, from the configuration: an Entra tenant, a Keycloak realm.
 */
export interface TrustedIssuer {
  /** The `iss` of its tokens, letter by letter. */
  readonly issuer: string
  readonly keys: IssuerKeyPlace
  /** The tenant here that its principals belong to; absent: the default tenant. */
  readonly tenant?: string
  /** What `aud` may be, besides nothing else; absent: what tokens of our own name. */
  readonly audiences?: readonly string[]
  /** The claim that holds the principal's object id, a GUID; absent: `oid`. */
  readonly principalClaim?: string
}
