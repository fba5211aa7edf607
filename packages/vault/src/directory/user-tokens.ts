import { LRUCache } from 'lru-cache'
import type { RequestFacts } from '../audit/entry.ts'
import type { SignInEvent, SignInLog } from '../audit/sign-in-log.ts'
import { epochSeconds } from '../time.ts'
import type { SignInPorts } from './authenticate-client.ts'
import { currentUser } from './authenticate-user.ts'
import { putCode, redeemCode, type CodeProof, type CodeRequest } from './authorization-code.ts'
import { DEVICE_INTERVAL_SECONDS, redeemDevice } from './device-code.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { People } from './people.ts'
import type { Principal } from './principal.ts'
import { putRefreshToken, rotateRefreshToken, type Grant } from './refresh-token.ts'
import { committed } from './sign-in-commit.ts'
import { personAt, type SignInLimit } from './sign-in-limit.ts'
import type { SignInSession } from './sign-in-session.ts'
import type { Tenant } from './tenant.ts'
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

/** Everything that programs get because a person has signed in to them. */
export class UserTokenService {
  readonly #ports: SignInPorts
  readonly #people: People
  readonly #issuer: TokenIssuer
  readonly #limit: SignInLimit
  readonly #log: SignInLog
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
  }

  /** Gives a code to the program that a person of a session is on the way to. */
  async giveCode(
    tenant: Tenant,
    session: SignInSession,
    wanted: CodeRequest & Pick<Grant, 'client' | 'confidential'>,
    request: RequestFacts,
  ): Promise<string> {
    return await this.#audited(tenant, wanted.client, request, (event) =>
      committed(this.#ports, async (unit) => {
        const { user, authenticatedAt, methods, credential } = session
        const grant = { ...wanted, user, authenticatedAt, methods, credential }
        const result = await putCode(unit, tenant.id, grant, this.#now())
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
    return await this.#guarded(tenant, proof.client, request, async (event) => {
      const redeemed = await committed(this.#ports, async (unit) => {
        const now = this.#now()
        const redemption = await redeemCode(unit, tenant.id, proof, now)
        const { record } = redemption
        if (redemption.outcome === 'reused') return { result: undefined, audit: [] }
        const user = await this.#userOf(tenant, record)
        const grant = grantOf(record)
        const refresh = record.offline
          ? await putRefreshToken(unit, tenant.id, grant, now)
          : undefined
        redemption.remember(refresh?.place)
        const result = { user, grant, record, refreshToken: refresh?.token }
        return { result, audit: [this.#entry(event, record.user, record.credential, request)] }
      })
      if (redeemed === undefined) throw failedSignIn('CodeRedeemed')
      const { record } = redeemed
      const nonce = record.nonce === undefined ? {} : { nonce: record.nonce }
      return this.#tokens(tenant, { ...redeemed, ...nonce, audience: record.audience }, form)
    })
  }

  /** @throws Fault SignInFailed, TooManyRequests, AuditUnavailable */
  async refresh(
    tenant: Tenant,
    client: string,
    refreshToken: string,
    form: UserTokenForm & { readonly audience: string },
    request: RequestFacts,
  ): Promise<UserTokens> {
    return await this.#guarded(tenant, client, request, async (event) => {
      const rotated = await committed(this.#ports, async (unit) => {
        const now = this.#now()
        const rotation = await rotateRefreshToken(unit, tenant.id, client, refreshToken, now)
        if (rotation.outcome === 'reused') return { result: undefined, audit: [] }
        const { grant, token } = rotation
        if (grant.confidential && form.isProved !== true) throw failedSignIn('NoMatchingCredential')
        const user = await this.#userOf(tenant, grant)
        const audit = [this.#entry(event, grant.user, grant.credential, request)]
        return { result: { user, grant, refreshToken: token }, audit }
      })
      if (rotated === undefined) throw failedSignIn('RefreshTokenReused')
      return this.#tokens(tenant, { ...rotated, audience: form.audience }, form)
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
    return await this.#guarded(tenant, client, request, async (event) => {
      const redeemed = await committed(this.#ports, async (unit) => {
        const now = this.#now()
        const found = await redeemDevice(unit, tenant.id, client, deviceCode, now)
        if (found === 'pending') return { result: undefined, audit: [] }
        const { authentication, request: asked } = found
        const grant: Grant = { ...authentication, client, confidential: false }
        const user = await this.#userOf(tenant, grant)
        const refresh = asked.offline ? await putRefreshToken(unit, tenant.id, grant, now) : undefined
        const result = { user, grant, audience: asked.audience, refreshToken: refresh?.token }
        return { result, audit: [this.#entry(event, user.id, grant.credential, request)] }
      })
      return redeemed === undefined ? 'pending' : this.#tokens(tenant, redeemed, form)
    })
  }

  #isHasty(deviceCode: string): boolean {
    // The id of a ticket: what else a stranger sends is not remembered at any length.
    const name = deviceCode.slice(0, 32)
    const now = this.#ports.clock.now()
    const before = this.#polls.get(name)
    this.#polls.set(name, now)
    return before !== undefined && now - before < DEVICE_INTERVAL_SECONDS * 1000 - TOLERANCE_MS
  }

  async #tokens(
    tenant: Tenant,
    { user, grant, refreshToken, audience, nonce }: {
      readonly user: Principal
      readonly grant: Grant
      readonly refreshToken: string | undefined
      readonly audience: string
      readonly nonce?: string
    },
    form: UserTokenForm,
  ): Promise<UserTokens> {
    const view = await this.#ports.view()
    const { client, confidential } = grant
    const order = { tenant: tenant.id, user, authentication: grant, client, confidential }
    const issued = { ...order, audience: form.audience ?? audience }
    const token = await this.#issuer.issueToUser(issued, view)
    const about = { ...order, version: form.version, ...(nonce === undefined ? {} : { nonce }) }
    return { ...token, idToken: await this.#issuer.issueIdToken(about, view), refreshToken, user }
  }

  async #userOf(tenant: Tenant, { user, authenticatedAt }: Grant): Promise<Principal> {
    return await currentUser(await this.#ports.view(), tenant.id, user, authenticatedAt)
  }

  async #guarded<Result>(
    tenant: Tenant,
    client: string,
    request: RequestFacts,
    run: (event: SignInEvent) => Promise<Result>,
  ): Promise<Result> {
    return await this.#audited(tenant, client, request, (event) =>
      this.#limit.guard(request.clientAddress, personAt(request), () => run(event)),
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

function grantOf(record: Grant): Grant {
  const { user, authenticatedAt, methods, credential, client, confidential } = record
  return { user, authenticatedAt, methods, credential, client, confidential }
}
