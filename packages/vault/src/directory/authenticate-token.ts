import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { errors } from 'jose'
import type { AccessView } from '../access/access-cache.ts'
import type { Caller } from '../access/caller.ts'
import { isGuid } from '../identifier.ts'
import { epochSeconds, type Clock, type EpochSeconds } from '../time.ts'
import { callerOf } from './caller-of.ts'
import type { FetchJson } from './fetch-json.ts'
import { IssuerKeySource } from './issuer-key-source.ts'
import type { IssuerKeys } from './issuer-keys.ts'
import { issuerName, tenantOfIssuer } from './own-issuer.ts'
import type { Principal } from './principal.ts'
import { isVaultAudience } from './token-audience.ts'
import type { TrustedIssuer } from './trusted-issuer.ts'
import { readUnverified, textClaim, type UnverifiedToken } from './unverified-token.ts'
import { readClaims, refusedToken, verifySignature, type VerifiedToken } from './verified-token.ts'

/** What the token must be good for. */
export interface TokenPurpose {
  /** The tenant of the vault that is asked for. */
  readonly tenant: string
  /** The vaults' parent host, `vault.<domain>`, in lower case. */
  readonly audienceHost: string
}

export interface TokenAuthenticatorSettings {
  readonly loginOrigin: string
  /** Every host our own issuer is reached at, without ports, in lower case. */
  readonly loginHosts: readonly string[]
  readonly trustedIssuers: readonly TrustedIssuer[]
}

export interface TokenAuthenticatorPorts {
  readonly clock: Clock
  readonly keys: IssuerKeys
  readonly view: () => Promise<AccessView>
  readonly fetchJson: FetchJson
}

const OWN_ALGORITHMS = ['RS256'] as const
/** Asymmetric ones alone: with HS* a public key would sign. */
const TRUSTED_ALGORITHMS = [
  'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA',
] as const
const NOT_BEFORE_SKEW_SECONDS = 300
/** Small, because `exp` is what the client was told; the reference allows up to five minutes. */
const EXPIRY_SKEW_SECONDS = 30
const MAXIMUM_CACHED_TOKENS = 20_000
const MAXIMUM_CLAIMED_GROUPS = 200

/** An issuer whose tokens are taken, and what is special about it. */
interface Trusted {
  readonly configured: TrustedIssuer
  readonly source: IssuerKeySource
}

interface Cached {
  readonly verified: VerifiedToken
  readonly trusted: Trusted | undefined
  /** Of our own: the signing key; of others: the generation of their keys. */
  readonly kid: string
  readonly generation: number
}

/**
 * Turns an access token into a caller. The signature is verified once, because that costs more than
 * the rest of a request; times, keys, tenant, audience and principal are looked at on every use, so
 * a revoked token is refused from that moment on.
 */
export class TokenAuthenticator {
  readonly #ports: TokenAuthenticatorPorts
  readonly #settings: TokenAuthenticatorSettings
  readonly #trusted: ReadonlyMap<string, Trusted>
  // Keyed by hash: smaller than tokens of many groups, and no token stays in memory.
  readonly #cache = new LRUCache<string, Cached>({ max: MAXIMUM_CACHED_TOKENS })

  constructor(ports: TokenAuthenticatorPorts, settings: TokenAuthenticatorSettings) {
    this.#ports = ports
    this.#settings = settings
    this.#trusted = new Map(
      settings.trustedIssuers.map((configured) => [
        configured.issuer,
        { configured, source: new IssuerKeySource(configured.keys, ports.fetchJson, ports.clock) },
      ]),
    )
  }

  /** @throws Fault TokenInvalid, with the first thing that is wrong. */
  async authenticate(token: string, purpose: TokenPurpose): Promise<Caller> {
    const now = epochSeconds(this.#ports.clock)
    const view = await this.#ports.view()
    const name = hash('sha256', token, 'base64')
    const { verified, trusted } = (await this.#stillGood(name, view, now)) ?? (await this.#verify(name, token, view, now))
    this.#demandPurpose(verified, trusted, purpose)
    this.#demandTimes(name, verified, now)
    return this.#callerOf(verified, trusted, view)
  }

  async #stillGood(name: string, view: AccessView, now: EpochSeconds): Promise<Cached | undefined> {
    const cached = this.#cache.get(name)
    if (cached === undefined) return undefined
    const { verified, trusted, kid, generation } = cached
    const good =
      trusted === undefined
        ? (await this.#ports.keys.of(verified.tenant, view.epoch)).verifying(kid, now) !== undefined
        : trusted.source.generation === generation
    if (good) return cached
    this.#cache.delete(name)
    return undefined
  }

  async #verify(name: string, token: string, view: AccessView, now: EpochSeconds): Promise<Cached> {
    const unverified = readUnverified(token)
    if (unverified === undefined) throw refusedToken('Malformed')
    const issuer = textClaim(unverified.payload, 'iss') ?? ''
    const trusted = this.#trusted.get(issuer)
    const cached =
      trusted === undefined
        ? await this.#verifyOwn(token, unverified, issuer, view, now)
        : await this.#verifyTrusted(token, unverified, trusted, view)
    this.#cache.set(name, cached)
    return cached
  }

  async #verifyOwn(
    token: string,
    unverified: UnverifiedToken,
    issuer: string,
    view: AccessView,
    now: EpochSeconds,
  ): Promise<Cached> {
    demandAlgorithm(unverified, OWN_ALGORITHMS)
    const tenant = tenantOfIssuer(issuer, this.#settings.loginHosts)
    if (tenant === undefined || (await view.tenant(tenant)) === undefined) {
      throw refusedToken('IssuerWrong', issuer)
    }
    const keys = await this.#ports.keys.of(tenant, view.epoch)
    const kid = textClaim(unverified.header, 'kid') ?? ''
    await verifySignature(
      token,
      async () => {
        const key = keys.verifying(kid, now)
        if (key === undefined) throw new errors.JWKSNoMatchingKey()
        return key.publicKey
      },
      OWN_ALGORITHMS,
    )
    const verified = readClaims(unverified, { issuer, tenant, principal: principalIn(unverified, 'oid') })
    return { verified, trusted: undefined, kid, generation: 0 }
  }

  async #verifyTrusted(
    token: string,
    unverified: UnverifiedToken,
    trusted: Trusted,
    view: AccessView,
  ): Promise<Cached> {
    demandAlgorithm(unverified, TRUSTED_ALGORITHMS)
    const { configured, source } = trusted
    await verifySignature(token, source.lookup, TRUSTED_ALGORITHMS)
    const { issuer, principalClaim = 'oid' } = configured
    const tenant = configured.tenant ?? (await view.defaultTenant())?.id
    if (tenant === undefined) throw refusedToken('TenantWrong', issuer)
    const claims = readClaims(unverified, { issuer, tenant, principal: principalIn(unverified, principalClaim) })
    // Group ids become parts of record keys; names, as Keycloak has them, are no ids.
    const groups = claims.groups.filter(isGuid).slice(0, MAXIMUM_CLAIMED_GROUPS)
    const verified = { ...claims, groups: [...new Set(groups.map((group) => group.toLowerCase()))].sort() }
    return { verified, trusted, kid: '', generation: source.generation }
  }

  #demandPurpose(
    { audiences, tenant, issuer }: VerifiedToken,
    trusted: Trusted | undefined,
    purpose: TokenPurpose,
  ): void {
    const configured = trusted?.configured.audiences
    const accepted = audiences.some((audience) =>
      configured === undefined
        ? isVaultAudience(audience, purpose.audienceHost)
        : configured.some((one) => withoutSlash(one) === withoutSlash(audience)),
    )
    if (!accepted) throw refusedToken('AudienceWrong', audiences.join(' '), `https://${purpose.audienceHost}`)
    if (tenant === purpose.tenant) return
    throw refusedToken('TenantWrong', issuer, issuerName(this.#settings.loginOrigin, purpose.tenant, 'v1'))
  }

  #demandTimes(name: string, { notBefore, expiresAt }: VerifiedToken, now: EpochSeconds): void {
    if (now >= expiresAt + EXPIRY_SKEW_SECONDS) {
      this.#cache.delete(name)
      throw refusedToken('Expired')
    }
    if (notBefore !== undefined && now < notBefore - NOT_BEFORE_SKEW_SECONDS) throw refusedToken('NotYetValid')
  }

  async #callerOf(verified: VerifiedToken, trusted: Trusted | undefined, view: AccessView): Promise<Caller> {
    const { tenant, issuer, issuedAt, appId, userPrincipalName } = verified
    // Groups of our own principals are looked up; a token of ours names none.
    const claimedGroups = trusted === undefined ? [] : verified.groups
    const { principal } = await view.principalAccess(tenant, verified.principal, claimedGroups)
    if (trusted === undefined && principal === undefined) throw refusedToken('PrincipalUnknown')
    if (principal !== undefined) demandCurrent(principal, trusted, issuedAt)
    return callerOf({
      kind: 'principal',
      tenant,
      principal: verified.principal,
      ...(appId === undefined ? {} : { appId }),
      ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
      claimedGroups,
      authenticatedAt: issuedAt,
      issuer,
    })
  }
}

/**
 * Another issuer may speak for users who have a record here, never for an application, a managed
 * identity or a group of ours: else whoever chooses object ids there could be the administrator here.
 */
function demandCurrent(principal: Principal, trusted: Trusted | undefined, issuedAt: EpochSeconds): void {
  if (trusted !== undefined && principal.kind !== 'user') throw refusedToken('PrincipalUnknown')
  if (!principal.enabled || issuedAt < (principal.tokensValidAfter ?? 0)) throw refusedToken('Revoked')
}

function demandAlgorithm({ header }: UnverifiedToken, allowed: readonly string[]): void {
  const algorithm = textClaim(header, 'alg')
  if (algorithm === undefined) throw refusedToken('Malformed')
  if (!allowed.includes(algorithm)) throw refusedToken('AlgorithmNotAllowed', algorithm, allowed.join(' '))
}

/** Object ids become parts of record keys and stand in policies, so each must be a GUID. */
function principalIn({ payload }: UnverifiedToken, claim: string): string {
  const id = textClaim(payload, claim) ?? ''
  if (isGuid(id)) return id.toLowerCase()
  throw refusedToken('PrincipalUnknown', id, `a GUID in the claim ${claim}`)
}

function withoutSlash(audience: string): string {
  return audience.endsWith('/') ? audience.slice(0, -1) : audience
}
