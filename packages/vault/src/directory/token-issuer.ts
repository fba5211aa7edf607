import { randomBytes } from 'node:crypto'
import { SignJWT, type JWTPayload } from 'jose'
import type { AccessView } from '../access/access-cache.ts'
import { epochSeconds, type Clock, type EpochSeconds } from '../time.ts'
import type { IssuerKeys } from './issuer-keys.ts'
import { MAXIMUM_TOKEN_LIFETIME_SECONDS } from './issuer-key.ts'
import { issuerName, type TokenVersion } from './own-issuer.ts'
import type { Principal } from './principal.ts'
import type { Authentication } from './sign-in-session.ts'

/** How the client proved who it is; Entra's `appidacr` (`azpacr`) is 1 for a secret, else 2. */
export type SignInMethod = 'secret' | 'certificate' | 'federated' | 'managedIdentity'

/** What a token is to say. */
export interface TokenOrder {
  readonly tenant: string
  readonly principal: Principal
  /** The resource as the client named it, without `/.default`. */
  readonly audience: string
  readonly method: SignInMethod
  readonly version: TokenVersion
  /** When the principal was known to be good: the token says it was issued then. */
  readonly asOf: EpochSeconds
  /** ARM id of a managed identity, for `xms_mirid`. */
  readonly resourceId?: string
}

/** What a token for a person is to say. */
export interface UserTokenOrder {
  readonly tenant: string
  readonly user: Principal
  readonly authentication: Authentication
  /** Client id of the program that the person has signed in to. */
  readonly client: string
  /** Whether the program has proved itself too. */
  readonly confidential: boolean
  /** When the user was known to be good: the token says it was issued then. */
  readonly asOf: EpochSeconds
}

export interface IssuedToken {
  readonly accessToken: string
  readonly notBefore: EpochSeconds
  readonly expiresAt: EpochSeconds
  readonly lifetimeSeconds: number
  /** As the token was ordered. */
  readonly audience: string
  readonly appId: string
}

export interface TokenIssuerSettings {
  /** Scheme, host and port of the login host, such as `https://login.localhost:8443`. */
  readonly loginOrigin: string
  /** At most 86,400. */
  readonly tokenLifetimeSeconds: number
}

/**
 * Signs access tokens of the tenants, RS256, with the claims that Entra's tokens for Key Vault
 * have.
 */
export class TokenIssuer {
  readonly #keys: IssuerKeys
  readonly #clock: Clock
  readonly #settings: TokenIssuerSettings

  constructor(keys: IssuerKeys, clock: Clock, settings: TokenIssuerSettings) {
    if (!(settings.tokenLifetimeSeconds <= MAXIMUM_TOKEN_LIFETIME_SECONDS)) {
      throw new RangeError(`a token lives ${MAXIMUM_TOKEN_LIFETIME_SECONDS} seconds at most`)
    }
    this.#keys = keys
    this.#clock = clock
    this.#settings = settings
  }

  async issue(order: TokenOrder, view: AccessView): Promise<IssuedToken> {
    const { tenant, principal, audience, version, asOf } = order
    const claims = { ...claimsOf(order), aud: audience }
    const signed = await this.#sign(claims, { tenant, principal, version, asOf }, view)
    return { ...signed, audience, appId: principal.appId ?? '' }
  }

  /** An access token with which a program acts for a person. */
  async issueToUser(
    order: UserTokenOrder & { readonly audience: string },
    view: AccessView,
  ): Promise<IssuedToken> {
    const { tenant, user, client, audience, asOf } = order
    const claims = { ...userClaims(order), ...delegation(order), aud: audience }
    const signed = await this.#sign(claims, { tenant, principal: user, version: 'v1', asOf }, view)
    return { ...signed, audience, appId: client }
  }

  /** Says to the program who has signed in (OpenID Connect Core §2); no service takes it. */
  async issueIdToken(
    order: UserTokenOrder & { readonly version: TokenVersion; readonly nonce?: string },
    view: AccessView,
  ): Promise<string> {
    const { tenant, user, client, version, nonce, authentication, asOf } = order
    const claims = {
      ...userClaims(order),
      aud: client,
      auth_time: authentication.authenticatedAt,
      ver: versionText(version),
      ...(nonce === undefined ? {} : { nonce }),
    }
    return (await this.#sign(claims, { tenant, principal: user, version, asOf }, view)).accessToken
  }

  /** Signs off the event loop (WebCrypto): an RSA signature takes 0.3 ms. */
  async #sign(
    claims: JWTPayload,
    { tenant, principal, version, asOf }: Pick<
      TokenOrder,
      'tenant' | 'principal' | 'version' | 'asOf'
    >,
    view: AccessView,
  ): Promise<Omit<IssuedToken, 'audience' | 'appId'>> {
    const now = epochSeconds(this.#clock)
    const keys = await this.#keys.of(tenant, view.epoch)
    const { kid, privateKey } = keys.signing(now)
    const { loginOrigin, tokenLifetimeSeconds } = this.#settings
    const expiresAt = now + tokenLifetimeSeconds
    const accessToken = await new SignJWT({
      ...claims,
      iss: issuerName(loginOrigin, tenant, version),
      iat: Math.min(issuedAt(asOf, principal), now + 1),
      nbf: now,
      exp: expiresAt,
    })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid })
      .sign(privateKey)
    return { accessToken, notBefore: now, expiresAt, lifetimeSeconds: tokenLifetimeSeconds }
  }
}

/**
 * A revocation covers the whole second it falls into, so a token issued right after it says the
 * next one; else it would be refused for all its life.
 */
function issuedAt(asOf: EpochSeconds, { tokensValidAfter = 0 }: Principal): EpochSeconds {
  return Math.max(asOf, tokensValidAfter)
}

/** The claims that do not depend on time. */
function claimsOf({
  tenant,
  principal,
  method,
  version,
  resourceId,
}: TokenOrder): Record<string, string> {
  const appId = principal.appId ?? ''
  const strength = method === 'secret' ? '1' : '2'
  return {
    ...(version === 'v1' ? { appid: appId, appidacr: strength } : { azp: appId, azpacr: strength }),
    idtyp: 'app',
    oid: principal.id,
    sub: principal.id,
    tid: tenant,
    uti: randomBytes(16).toString('base64url'),
    ver: versionText(version),
    ...(resourceId === undefined ? {} : { xms_mirid: resourceId }),
  }
}

/** Who the person is: in every token about it. */
function userClaims({ tenant, user, authentication }: UserTokenOrder): JWTPayload {
  const { id, displayName, userPrincipalName } = user
  const name = userPrincipalName ?? displayName
  return {
    amr: [...authentication.methods],
    name: displayName,
    oid: id,
    preferred_username: name,
    sub: id,
    tid: tenant,
    unique_name: name,
    upn: name,
    uti: randomBytes(16).toString('base64url'),
  }
}

/** Which program acts for it, and that it may do whatever the person may. */
function delegation({ client, confidential }: UserTokenOrder): JWTPayload {
  return {
    appid: client,
    appidacr: confidential ? '1' : '0',
    scp: 'user_impersonation',
    ver: versionText('v1'),
  }
}

function versionText(version: TokenVersion): string {
  return version === 'v1' ? '1.0' : '2.0'
}
