import { LRUCache } from 'lru-cache'
import type { RequestFacts } from '../audit/entry.ts'
import type { SignInEvent, SignInLog } from '../audit/sign-in-log.ts'
import { Fault } from '../fault.ts'
import { KeyedQueue } from '../keyed-queue.ts'
import { epochSeconds, type EpochSeconds } from '../time.ts'
import type { SignInPorts } from './authenticate-client.ts'
import { unchangedUser } from './authenticate-user.ts'
import {
  putCode,
  redeemCode,
  REMEMBERED_SECONDS,
  type CodeProof,
  type CodeRequest,
} from './authorization-code.ts'
import { DEVICE_INTERVAL_SECONDS, redeemDevice } from './device-code.ts'
import { ExpiredTickets } from './expired-tickets.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { People } from './people.ts'
import type { Principal } from './principal.ts'
import { RateLimit } from './rate-limit.ts'
import { RefreshFamilies } from './refresh-families.ts'
import {
  putRefreshToken,
  rotateRefreshToken,
  type FamilyPlace,
  type Grant,
} from './refresh-token.ts'
import { committed } from './sign-in-commit.ts'
import type { SignInLimit } from './sign-in-limit.ts'
import type { SignInSession } from './sign-in-session.ts'
import type { Tenant } from './tenant.ts'
import { ticketName } from './ticket.ts'
import type { IssuedToken, TokenIssuer } from './token-issuer.ts'
import type { TokenVersion } from './own-issuer.ts'

/** What a program gets for a person. */
export interface UserTokens extends IssuedToken {
  readonly idToken: string
  readonly refreshToken: string | undefined
  readonly user: Principal
}

/** Which form the id token is to have. */
export interface UserTokenForm {
  readonly version: TokenVersion
  /** What the access token is for, where the program says it anew. */
  readonly audience?: string
  /** The program has shown its own credential. */
  readonly isProved?: boolean
}

/** A program's own clock and the way here may make it a little early. */
const TOLERANCE_MS = 1500
const MAXIMUM_POLLS = 20_000
/** Codes for one person: a program that asks in a loop is not to fill the store. */
const CODES = { burst: 300, perSecond: 0.5, maximumNames: 20_000 } as const
/** As long may a revocation take until its commit, and still cover what was given meanwhile. */
const REVOCATION_SECONDS = 1

/** Everything that programs get because a person has signed in to them. */
export class UserTokenService {
  readonly #ports: SignInPorts
  readonly #people: People
  readonly #issuer: TokenIssuer
  readonly #limit: SignInLimit
  readonly #log: SignInLog
  readonly #expired: ExpiredTickets
  readonly #families: RefreshFamilies
  readonly #codes: RateLimit
  /** What is done with one ticket at a time: side by side all but one would be in vain. */
  readonly #turns = new KeyedQueue()
  /** When each device has asked last, in this process alone. */
  readonly #polls = new LRUCache<string, number>({ max: MAXIMUM_POLLS })

  constructor(
    ports: SignInPorts,
    people: People,
    issuer: TokenIssuer,
    limit: SignInLimit,
    log: SignInLog,
  ) {
    this.#ports = ports
    this.#people = people
    this.#issuer = issuer
    this.#limit = limit
    this.#log = log
    this.#expired = new ExpiredTickets(ports)
    this.#families = new RefreshFamilies(ports)
    this.#codes = new RateLimit(CODES, ports.clock)
  }

  /**
   * Gives a code to the program that a person of a session is on the way to.
   * @throws Fault TooManyRequests, AuditUnavailable
   */
  async giveCode(
    tenant: Tenant,
    session: SignInSession,
    wanted: CodeRequest & Pick<Grant, 'client' | 'confidential'>,
    request: RequestFacts,
  ): Promise<string> {
    const retryAfterSeconds = this.#codes.take(session.user)
    if (retryAfterSeconds > 0) throw new Fault('TooManyRequests', { retryAfterSeconds })
    await this.#expired.forget(tenant.id, 'sign-in-code', this.#now() - REMEMBERED_SECONDS)
    return await this.#audited(tenant, wanted.client, request, (event) =>
      committed(this.#ports, async (unit) => {
        const { user, authenticatedAt, methods, credential } = session
        const grant = { ...wanted, user, authenticatedAt, methods, credential }
        const result = putCode(unit, tenant.id, grant, this.#now())
        const id = `${event.id}/codes`
        return { result, audit: [this.#entry({ ...event, id }, user, credential, request)] }
      }),
    )
  }

  /** @throws Fault SignInFailed, TooManyRequests, AuditUnavailable */
  async redeemCode(
    tenant: Tenant,
    proof: CodeProof,
    form: UserTokenForm,
    request: RequestFacts,
  ): Promise<UserTokens> {
    return await this.#guarded(tenant, proof, request, async (event) => {
      const redeemed = await committed(this.#ports, async (unit) => {
        const now = this.#now()
        const redemption = await redeemCode(unit, tenant.id, proof, now)
        const { record } = redemption
        if (redemption.outcome === 'reused') return { result: undefined, audit: [] }
        demandProved(record, form)
        const user = await unchangedUser(unit, tenant.id, record)
        const grant = grantOf(record)
        const refresh = record.offline
          ? putRefreshToken(unit, tenant.id, grant, now)
          : undefined
        redemption.remember(refresh?.place)
        const { nonce } = record
        const begun = { family: refresh?.place, refreshToken: refresh?.token }
        const result = { user, grant, now, nonce, ...begun }
        return { result, audit: [this.#entry(event, record.user, record.credential, request)] }
      })
      if (redeemed === undefined) throw failedSignIn('CodeRedeemed')
      return this.#tokens(tenant, redeemed, form)
    })
  }

  /** @throws Fault SignInFailed, TooManyRequests, AuditUnavailable */
  async refresh(
    tenant: Tenant,
    client: string,
    refreshToken: string,
    form: UserTokenForm,
    request: RequestFacts,
  ): Promise<UserTokens> {
    return await this.#guarded(tenant, { client, code: refreshToken }, request, async (event) => {
      const rotated = await committed(this.#ports, async (unit) => {
        const now = this.#now()
        const rotation = await rotateRefreshToken(unit, tenant.id, client, refreshToken, now)
        if (rotation.outcome === 'reused') return { result: undefined, audit: [] }
        const { grant, token } = rotation
        demandProved(grant, form)
        const user = await unchangedUser(unit, tenant.id, grant)
        const audit = [this.#entry(event, grant.user, grant.credential, request)]
        return { result: { user, grant, now, refreshToken: token }, audit }
      })
      if (rotated === undefined) throw failedSignIn('RefreshTokenReused')
      return this.#tokens(tenant, rotated, form)
    })
  }

  /**
   * What a device gets that asks.
   * @throws Fault SignInFailed, TooManyRequests, AuditUnavailable
   */
  async pollDevice(
    tenant: Tenant,
    client: string,
    deviceCode: string,
    form: UserTokenForm,
    request: RequestFacts,
  ): Promise<UserTokens | 'pending' | 'slowDown'> {
    if (this.#isHasty(deviceCode)) return 'slowDown'
    return await this.#guarded(tenant, { client, code: deviceCode }, request, async (event) => {
      const redeemed = await committed(this.#ports, async (unit) => {
        const now = this.#now()
        const found = await redeemDevice(unit, tenant.id, client, deviceCode, now)
        if (found === 'pending') return { result: undefined, audit: [] }
        const { authentication, request: asked } = found
        const { audience, offline } = asked
        const grant: Grant = { ...authentication, client, confidential: false, audience }
        const user = await unchangedUser(unit, tenant.id, grant)
        const refresh = offline ? putRefreshToken(unit, tenant.id, grant, now) : undefined
        const result = { user, grant, now, family: refresh?.place, refreshToken: refresh?.token }
        return { result, audit: [this.#entry(event, user.id, grant.credential, request)] }
      })
      return redeemed === undefined ? 'pending' : this.#tokens(tenant, redeemed, form)
    })
  }

  #isHasty(deviceCode: string): boolean {
    const name = ticketName(deviceCode)
    const now = this.#ports.clock.now()
    const before = this.#polls.get(name)
    this.#polls.set(name, now)
    return before !== undefined && now - before < DEVICE_INTERVAL_SECONDS * 1000 - TOLERANCE_MS
  }

  async #tokens(
    tenant: Tenant,
    { user, grant, now, family, refreshToken, nonce }: Earned,
    form: UserTokenForm,
  ): Promise<UserTokens> {
    if (family !== undefined) await this.#families.add(tenant.id, grant, family, now)
    const view = await this.#ports.view()
    const { client, confidential, audience } = grant
    // Not the time of the signature: a revocation meanwhile would not cover it.
    const asOf = now - REVOCATION_SECONDS
    const order = { tenant: tenant.id, user, asOf, authentication: grant, client, confidential }
    const issued = { ...order, audience: form.audience ?? audience }
    const token = await this.#issuer.issueToUser(issued, view)
    const about = { ...order, version: form.version, ...(nonce === undefined ? {} : { nonce }) }
    return { ...token, idToken: await this.#issuer.issueIdToken(about, view), refreshToken, user }
  }

  async #guarded<Result>(
    tenant: Tenant,
    { client, code }: Pick<CodeProof, 'client' | 'code'>,
    request: RequestFacts,
    run: (event: SignInEvent) => Promise<Result>,
  ): Promise<Result> {
    await this.#expired.forget(tenant.id, 'refresh-token', this.#now())
    return await this.#audited(tenant, client, request, (event) =>
      this.#limit.guardTicket(request.clientAddress, () =>
        this.#turns.run(ticketName(code), () => run(event)),
      ),
    )
  }

  async #audited<Result>(
    tenant: Tenant,
    client: string,
    request: RequestFacts,
    run: (event: SignInEvent) => Promise<Result>,
  ): Promise<Result> {
    const id = `applications/${client}`
    return await this.#people.audited(tenant.id, async () => id, request, (event) =>
      run({ ...event, id, appId: client }),
    )
  }

  #entry(event: SignInEvent, user: string, credential: string, request: RequestFacts): string {
    return this.#log.successEntry({ ...event, principal: user, credential }, request)
  }

  #now(): number {
    return epochSeconds(this.#ports.clock)
  }
}

/** What the tokens are made of once all else is in the store. */
interface Earned {
  readonly user: Principal
  readonly grant: Grant
  /** When the user was looked at. */
  readonly now: EpochSeconds
  /** The family that has begun with it. */
  readonly family?: FamilyPlace | undefined
  readonly refreshToken: string | undefined
  readonly nonce?: string | undefined
}

function grantOf(record: Grant): Grant {
  const { user, authenticatedAt, methods, credential, client, confidential, audience } = record
  return { user, authenticatedAt, methods, credential, client, confidential, audience }
}

/** A program that had to prove itself when it asked has to, however it is registered now. */
function demandProved({ confidential }: Grant, { isProved }: UserTokenForm): void {
  if (confidential && isProved !== true) throw failedSignIn('NoMatchingCredential')
}
