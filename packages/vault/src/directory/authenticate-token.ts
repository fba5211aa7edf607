import type { AccessView } from '../access/access-cache.ts'
import type { Caller } from '../access/caller.ts'
import { epochSeconds, type EpochSeconds } from '../time.ts'
import { demandCurrent } from '../access/demand-current.ts'
import { callerOf } from './caller-of.ts'
import { issuerName } from './own-issuer.ts'
import { isAudienceOf, KEY_VAULT_APPLICATION, type TokenAudience } from './token-audience.ts'
import {
  TokenVerifier,
  type TokenVerifierPorts,
  type TokenVerifierSettings,
  type Verification,
} from './token-verifier.ts'
import type { TrustedIssuer } from './trusted-issuer.ts'
import { refusedToken, type VerifiedToken } from './verified-token.ts'

/** What the token must be good for. */
export interface TokenPurpose {
  /** The tenant of the vault that is asked for; the default one where tokens of all are taken. */
  readonly tenant: string
  /** Tokens of every tenant are taken, and the caller is of the token's. */
  readonly anyTenant?: true
  /** The service that is asked; the same object at each use. */
  readonly audience: TokenAudience
  /** Directory and access as the door has seen them for this request; read anew when absent. */
  readonly view?: AccessView
}

export interface TokenAuthenticatorSettings extends TokenVerifierSettings {
  /** Scheme, host and port of the login host. */
  readonly loginOrigin: string
}

export interface TokenAuthenticatorPorts extends TokenVerifierPorts {
  readonly view: () => Promise<AccessView>
}

const NOT_BEFORE_SKEW_SECONDS = 300
/** Small, because `exp` is what the client was told; the reference allows up to five minutes. */
const EXPIRY_SKEW_SECONDS = 30

/** Whom a token speaks for at a tenant's vaults, for as long as directory and access stay as they are. */
interface Admitted extends Pick<TokenPurpose, 'tenant' | 'anyTenant' | 'audience'> {
  readonly epoch: AccessView['epoch']
  readonly caller: Caller
}

/**
 * Turns an access token into a caller. The signature is verified once; times and key are looked at on
 * every use, tenant, audience and principal when the epoch is another one than the last time, so a
 * revoked token is refused from that moment on.
 */
export class TokenAuthenticator {
  readonly #ports: TokenAuthenticatorPorts
  readonly #loginOrigin: string
  readonly #verifier: TokenVerifier
  readonly #admitted = new WeakMap<Verification, Admitted>()

  constructor(ports: TokenAuthenticatorPorts, settings: TokenAuthenticatorSettings) {
    this.#ports = ports
    this.#loginOrigin = settings.loginOrigin
    this.#verifier = new TokenVerifier(ports, settings)
  }

  /** @throws Fault TokenInvalid, with the first thing that is wrong. */
  async authenticate(token: string, purpose: TokenPurpose): Promise<Caller> {
    const now = epochSeconds(this.#ports.clock)
    const view = purpose.view ?? (await this.#ports.view())
    const expected = issuerName(this.#loginOrigin, purpose.tenant, 'v1')
    const verification = await this.#verifier.verify(token, view, now, expected)
    const { verified, trusted } = verification
    const known = this.#admitted.get(verification)
    if (known !== undefined && isFor(known, purpose, view)) {
      demandTimes(verified, now)
      return known.caller
    }
    demandAudience(verified, trusted, purpose)
    if (purpose.anyTenant !== true && verified.tenant !== purpose.tenant) {
      throw refusedToken('TenantWrong', verified.issuer, expected)
    }
    demandTimes(verified, now)
    const caller = await callerFor(verification, view)
    const { tenant, anyTenant, audience } = purpose
    const use = anyTenant === undefined ? { tenant, audience } : { tenant, audience, anyTenant }
    this.#admitted.set(verification, { ...use, epoch: view.epoch, caller })
    return caller
  }
}

function isFor(admitted: Admitted, purpose: TokenPurpose, view: AccessView): boolean {
  return (
    admitted.epoch === view.epoch &&
    admitted.tenant === purpose.tenant &&
    admitted.anyTenant === purpose.anyTenant &&
    admitted.audience === purpose.audience
  )
}

function demandAudience(
  { audiences }: VerifiedToken,
  trusted: TrustedIssuer | undefined,
  { audience: wanted }: TokenPurpose,
): void {
  // What the configuration names stands for the vaults, never for who manages them.
  const isOfVaults = wanted.application === KEY_VAULT_APPLICATION
  const named = isOfVaults ? trusted?.audiences?.map(withoutSlash) : undefined
  const accepted = audiences.some((audience) =>
    named === undefined
      ? isAudienceOf(audience, wanted)
      : named.includes(withoutSlash(audience)),
  )
  if (accepted) return
  throw refusedToken('AudienceWrong', audiences.join(' '), `https://${wanted.hosts[0]}`)
}

function demandTimes({ notBefore, expiresAt }: VerifiedToken, now: EpochSeconds): void {
  if (now >= expiresAt + EXPIRY_SKEW_SECONDS) throw refusedToken('Expired')
  if (notBefore !== undefined && now < notBefore - NOT_BEFORE_SKEW_SECONDS) {
    throw refusedToken('NotYetValid')
  }
}

async function callerFor({ verified, trusted }: Verification, view: AccessView): Promise<Caller> {
  const { tenant, issuer, issuedAt, appId, userPrincipalName } = verified
  // Groups of our own principals are looked up; a token of ours names none.
  const claimedGroups =
    trusted === undefined ? [] : await unknownHere(verified.groups, tenant, view)
  const access = await view.principalAccess(tenant, verified.principal, claimedGroups)
  const { principal } = access
  const foreign = trusted !== undefined
  // Another issuer may speak for users who have a record here, never for an application, a managed
  // identity or a group of ours: else whoever chooses object ids there could be the administrator.
  if (foreign && principal !== undefined && principal.kind !== 'user') {
    throw refusedToken('PrincipalUnknown')
  }
  demandCurrent(principal, { foreign, authenticatedAt: issuedAt })
  return callerOf({
    kind: 'principal',
    tenant,
    principal: verified.principal,
    ...(appId === undefined ? {} : { appId }),
    ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
    claimedGroups,
    ...(foreign && verified.hasMoreGroups ? { hasMoreGroups: true } : {}),
    authenticatedAt: issuedAt,
    foreign,
    issuer,
  })
}

/**
 * The ids that no record here has. Roles are looked up for a group as for any principal, so a group
 * that has the id of the administrator would bring the administrator's roles.
 */
async function unknownHere(
  groups: readonly string[],
  tenant: string,
  view: AccessView,
): Promise<readonly string[]> {
  const found = await Promise.all(groups.map((group) => view.principalAccess(tenant, group, [])))
  return groups.filter((_group, index) => found[index]?.principal === undefined)
}

function withoutSlash(audience: string): string {
  return audience.endsWith('/') ? audience.slice(0, -1) : audience
}
