import { LRUCache } from 'lru-cache'
import { addressGroup } from './address-group.ts'
import type { RequestFacts } from '../audit/entry.ts'
import type { SignInEvent, SignInLog } from '../audit/sign-in-log.ts'
import { Fault } from '../fault.ts'
import { epochSeconds } from '../time.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import type { SignInPorts } from './authenticate-client.ts'
import { currentUser } from './authenticate-user.ts'
import { putCode, redeemCode, type CodeProof, type CodeRequest } from './authorization-code.ts'
import {
  answerDevice,
  DEVICE_CODE_SECONDS,
  putDevice,
  redeemDevice,
  waitingDevice,
  type DeviceRecord,
  type DeviceRequest,
} from './device-code.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { People } from './people.ts'
import type { Principal } from './principal.ts'
import { RateLimit } from './rate-limit.ts'
import { putRefreshToken, rotateRefreshToken, type Grant } from './refresh-token.ts'
import { committed } from './sign-in-commit.ts'
import type { SignInLimit } from './sign-in-limit.ts'
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

/** How a device waits. */
export interface StartedDevice {
  readonly deviceCode: string
  readonly userCode: string
  readonly lifetimeSeconds: number
  readonly intervalSeconds: number
}

/** Devices of one address that may begin to wait: each costs two records for a while. */
const DEVICES = { burst: 10, perSecond: 0.1, maximumNames: 20_000 } as const
const INTERVAL_SECONDS = 5
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
  readonly #devices: RateLimit
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
    this.#devices = new RateLimit(DEVICES, ports.clock)
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

  /** Lets a device wait for a person. @throws Fault TooManyRequests, AuditUnavailable */
  async startDevice(
    tenant: Tenant,
    wanted: DeviceRequest,
    request: RequestFacts,
  ): Promise<StartedDevice> {
    const retryAfterSeconds = this.#devices.take(addressGroup(request.clientAddress))
    if (retryAfterSeconds > 0) throw new Fault('TooManyRequests', { retryAfterSeconds })
    return await this.#audited(tenant, wanted.client, request, (event) =>
      committed(this.#ports, async (unit) => {
        const codes = await putDevice(unit, tenant.id, wanted, this.#now())
        const limits = { lifetimeSeconds: DEVICE_CODE_SECONDS, intervalSeconds: INTERVAL_SECONDS }
        const audit = [this.#log.successEntry({ ...event, id: `${event.id}/devices` }, request)]
        return { result: { ...codes, ...limits }, audit }
      }),
    )
  }

  /** The device that a person has the code of. @throws Fault SignInFailed, TooManyRequests */
  async waitingDevice(
    userCode: string,
    request: RequestFacts,
  ): Promise<{ readonly tenant: string; readonly record: DeviceRecord }> {
    return await this.#people.audited('', 'devices', request, () =>
      this.#limit.guard(request.clientAddress, limitName(request), async () => {
        const { store, seal } = this.#ports
        return await waitingDevice(new UnitOfWork(store, seal), userCode, this.#now())
      }),
    )
  }

  /** Answers a device in the name of the person of a session of the same tenant. */
  async answerDevice(
    tenant: Tenant,
    session: SignInSession,
    userCode: string,
    isApproved: boolean,
    request: RequestFacts,
  ): Promise<void> {
    await this.#people.audited(tenant.id, 'devices', request, (event) =>
      this.#limit.guard(request.clientAddress, limitName(request), () =>
        committed(this.#ports, async (unit) => {
          const device = await waitingDevice(unit, userCode, this.#now())
          if (device.tenant !== tenant.id) throw failedSignIn('UserCodeWrong')
          const { user, authenticatedAt, methods, credential } = session
          const authentication = { user, authenticatedAt, methods, credential }
          answerDevice(unit, device, isApproved ? authentication : 'declined')
          const { client } = device.record
          const id = `applications/${client}/devices/${isApproved ? 'approve' : 'decline'}`
          const done = { ...event, id, appId: client }
          return { result: undefined, audit: [this.#entry(done, user, credential, request)] }
        }),
      ),
    )
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
    return before !== undefined && now - before < INTERVAL_SECONDS * 1000 - TOLERANCE_MS
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
      this.#limit.guard(request.clientAddress, limitName(request), () => run(event)),
    )
  }

  async #audited<Result>(
    tenant: Tenant,
    client: string,
    request: RequestFacts,
    run: (event: SignInEvent) => Promise<Result>,
  ): Promise<Result> {
    return await this.#people.audited(tenant.id, `applications/${client}`, request, (event) =>
      run({ ...event, appId: client }),
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

/** By the address once more: all people share the client id, and a device has no name. */
function limitName({ clientAddress }: RequestFacts): string {
  return `person at ${addressGroup(clientAddress)}`
}
