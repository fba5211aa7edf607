import { hash } from 'node:crypto'
import { errors } from 'jose'
import { LRUCache } from 'lru-cache'
import type { AccessView } from '../access/access-cache.ts'
import { isGuid } from '../identifier.ts'
import type { Clock, EpochSeconds } from '../time.ts'
import type { FetchJson } from './fetch-json.ts'
import { IssuerKeySource } from './issuer-key-source.ts'
import type { IssuerKeys } from './issuer-keys.ts'
import { tenantOfIssuer } from './own-issuer.ts'
import { TRUSTED_ALGORITHMS } from './trusted-algorithms.ts'
import type { TrustedIssuer } from './trusted-issuer.ts'
import { readUnverified, textClaim, type UnverifiedToken } from './unverified-token.ts'
import { readClaims, refusedToken, verifySignature, type VerifiedToken } from './verified-token.ts'

export interface TokenVerifierPorts {
  readonly clock: Clock
  readonly keys: IssuerKeys
  readonly fetchJson: FetchJson
}

export interface TokenVerifierSettings {
  /** Every host our own issuer is reached at, without ports, in lower case. */
  readonly loginHosts: readonly string[]
  readonly trustedIssuers: readonly TrustedIssuer[]
}

/** A token whose signature is right, and whose it is. */
export interface Verification {
  readonly verified: VerifiedToken
  /** The other issuer it is from; `undefined` for our own. */
  readonly trusted: TrustedIssuer | undefined
}

const OWN_ALGORITHMS = ['RS256'] as const
const MAXIMUM_CACHED_TOKENS = 20_000
const MAXIMUM_CLAIMED_GROUPS = 200

interface Trusted {
  readonly configured: TrustedIssuer
  readonly source: IssuerKeySource
}

interface Cached extends Verification {
  /** Whether the key that signed it is still there. */
  readonly stillSigned: (view: AccessView, now: EpochSeconds) => boolean | Promise<boolean>
}

/**
 * Verifies signatures, each token's once: that costs more than the rest of a request. It verifies
 * anew when the signing key is gone or has changed.
 */
export class TokenVerifier {
  readonly #keys: IssuerKeys
  readonly #loginHosts: readonly string[]
  readonly #trusted: ReadonlyMap<string, Trusted>
  // Keyed by hash: smaller than tokens of many groups, and no token stays in memory.
  readonly #cache = new LRUCache<string, Cached>({ max: MAXIMUM_CACHED_TOKENS })

  constructor({ clock, keys, fetchJson }: TokenVerifierPorts, settings: TokenVerifierSettings) {
    this.#keys = keys
    this.#loginHosts = settings.loginHosts
    this.#trusted = new Map(
      settings.trustedIssuers.map((configured) => [
        configured.issuer,
        { configured, source: new IssuerKeySource(configured.keys, fetchJson, clock) },
      ]),
    )
  }

  /**
   * @param expected our own issuer, for the fault to name.
   * @throws Fault TokenInvalid, about its form, issuer, key, signature or the principal's name.
   */
  async verify(
    token: string,
    view: AccessView,
    now: EpochSeconds,
    expected: string,
  ): Promise<Verification> {
    const name = hash('sha256', token, 'base64')
    const known = this.#cache.get(name)
    if (known !== undefined && (await known.stillSigned(view, now))) return known
    const verification = await this.#verifyAnew(token, view, now, expected)
    this.#cache.set(name, verification)
    return verification
  }

  async #verifyAnew(
    token: string,
    view: AccessView,
    now: EpochSeconds,
    expected: string,
  ): Promise<Cached> {
    const unverified = readUnverified(token)
    if (unverified === undefined) throw refusedToken('Malformed')
    const issuer = textClaim(unverified.payload, 'iss') ?? ''
    const trusted = this.#trusted.get(issuer)
    if (trusted !== undefined) return verifyTrusted(token, unverified, trusted, view)
    demandAlgorithm(unverified, OWN_ALGORITHMS)
    const tenant = tenantOfIssuer(issuer, this.#loginHosts)
    if (tenant === undefined || (await view.tenant(tenant)) === undefined) {
      throw refusedToken('IssuerWrong', issuer, expected)
    }
    return this.#verifyOwn(token, unverified, { issuer, tenant }, view, now)
  }

  async #verifyOwn(
    token: string,
    unverified: UnverifiedToken,
    { issuer, tenant }: { readonly issuer: string; readonly tenant: string },
    view: AccessView,
    now: EpochSeconds,
  ): Promise<Cached> {
    const kid = textClaim(unverified.header, 'kid') ?? ''
    const keyAt = async (at: AccessView, time: EpochSeconds) =>
      (await this.#keys.of(tenant, at.epoch)).verifying(kid, time)
    const key = await keyAt(view, now)
    await verifySignature(
      token,
      () => {
        if (key === undefined) throw new errors.JWKSNoMatchingKey()
        return key.publicKey
      },
      OWN_ALGORITHMS,
    )
    const principal = principalIn(unverified, 'oid')
    return {
      verified: readClaims(unverified, { issuer, tenant, principal }),
      trusted: undefined,
      stillSigned: async (at, time) => (await keyAt(at, time)) !== undefined,
    }
  }
}

async function verifyTrusted(
  token: string,
  unverified: UnverifiedToken,
  { configured, source }: Trusted,
  view: AccessView,
): Promise<Cached> {
  demandAlgorithm(unverified, TRUSTED_ALGORITHMS)
  // Of the key that was used: should the keys change meanwhile, the next use verifies anew.
  let generation: number | undefined
  await verifySignature(
    token,
    async (...asked) => {
      const found = await source.find(...asked)
      generation = found.generation
      return found.key
    },
    TRUSTED_ALGORITHMS,
  )
  const { issuer, principalClaim = 'oid' } = configured
  const tenant = configured.tenant ?? (await view.defaultTenant())?.id
  if (tenant === undefined) throw refusedToken('TenantWrong', issuer)
  const principal = principalIn(unverified, principalClaim)
  const claims = readClaims(unverified, { issuer, tenant, principal })
  // Group ids become parts of record keys; names, as Keycloak has them, are no ids.
  const ids = new Set(claims.groups.filter(isGuid).map((group) => group.toLowerCase()))
  const groups = [...ids].slice(0, MAXIMUM_CLAIMED_GROUPS).sort()
  const hasMoreGroups = claims.hasMoreGroups || ids.size > MAXIMUM_CLAIMED_GROUPS
  return {
    verified: { ...claims, groups, hasMoreGroups },
    trusted: configured,
    stillSigned: () => source.generation === generation,
  }
}

function demandAlgorithm({ header }: UnverifiedToken, allowed: readonly string[]): void {
  const algorithm = textClaim(header, 'alg')
  if (algorithm === undefined) throw refusedToken('Malformed')
  if (!allowed.includes(algorithm)) {
    throw refusedToken('AlgorithmNotAllowed', algorithm, allowed.join(' '))
  }
}

/** Object ids become parts of record keys and stand in policies, so each must be a GUID. */
function principalIn({ payload }: UnverifiedToken, claim: string): string {
  const id = textClaim(payload, claim) ?? ''
  if (isGuid(id)) return id.toLowerCase()
  throw refusedToken('PrincipalUnknown', id, `a GUID in the claim ${claim}`)
}
