import type { RequestFacts } from '../audit/entry.ts'
import type { SignInLog } from '../audit/sign-in-log.ts'
import { Fault } from '../fault.ts'
import { epochSeconds } from '../time.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { addressGroup } from './address-group.ts'
import type { SignInPorts } from './authenticate-client.ts'
import {
  answerDevice,
  DEVICE_CODE_SECONDS,
  DEVICE_INTERVAL_SECONDS,
  putDevice,
  userCodeKeysOf,
  waitingDevice,
  type DeviceRecord,
  type DeviceRequest,
} from './device-code.ts'
import { ExpiredTickets } from './expired-tickets.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { People } from './people.ts'
import { RateLimit } from './rate-limit.ts'
import { committed } from './sign-in-commit.ts'
import type { SignInLimit } from './sign-in-limit.ts'
import type { SignInSession } from './sign-in-session.ts'
import type { Tenant } from './tenant.ts'

/** How a device waits. */
export interface StartedDevice {
  readonly deviceCode: string
  readonly userCode: string
  readonly lifetimeSeconds: number
  readonly intervalSeconds: number
}

/** Devices of one address that may begin to wait: each costs two records for a while. */
const STARTS = { burst: 10, perSecond: 0.1, maximumNames: 20_000 } as const

/** Devices that wait for a person, and the person's answer. */
export class Devices {
  readonly #ports: SignInPorts
  readonly #people: People
  readonly #limit: SignInLimit
  readonly #log: SignInLog
  readonly #starts: RateLimit
  readonly #expired: ExpiredTickets

  constructor(ports: SignInPorts, people: People, limit: SignInLimit, log: SignInLog) {
    this.#ports = ports
    this.#people = people
    this.#limit = limit
    this.#log = log
    this.#expired = new ExpiredTickets(ports)
    this.#starts = new RateLimit(STARTS, ports.clock)
  }

  /** Lets a device wait for a person. @throws Fault TooManyRequests, AuditUnavailable */
  async start(
    tenant: Tenant,
    wanted: DeviceRequest,
    request: RequestFacts,
  ): Promise<StartedDevice> {
    const retryAfterSeconds = this.#starts.take(addressGroup(request.clientAddress))
    if (retryAfterSeconds > 0) throw new Fault('TooManyRequests', { retryAfterSeconds })
    const id = `applications/${wanted.client}/devices`
    await this.#expired.forget(tenant.id, 'device-code', this.#now(), userCodeKeysOf)
    return await this.#people.audited(tenant.id, async () => id, request, (event) =>
      committed(this.#ports, async (unit) => {
        const codes = putDevice(unit, tenant.id, wanted, this.#now())
        const limits = { lifetimeSeconds: DEVICE_CODE_SECONDS, intervalSeconds: DEVICE_INTERVAL_SECONDS }
        const done = { ...event, id, appId: wanted.client }
        const audit = [this.#log.successEntry(done, request)]
        return { result: { ...codes, ...limits }, audit }
      }),
    )
  }

  /** The device that a person has the code of. @throws Fault SignInFailed, TooManyRequests */
  async waiting(
    userCode: string,
    request: RequestFacts,
  ): Promise<{ readonly tenant: string; readonly record: DeviceRecord }> {
    return await this.#people.audited('', async () => 'devices', request, () =>
      this.#limit.guardUserCode(addressGroup(request.clientAddress), async () => {
        const { store, seal } = this.#ports
        return await waitingDevice(new UnitOfWork(store, seal), userCode, this.#now())
      }),
    )
  }

  /** Answers a device in the name of the person of a session of the same tenant. */
  async answer(
    tenant: Tenant,
    session: SignInSession,
    userCode: string,
    isApproved: boolean,
    request: RequestFacts,
  ): Promise<void> {
    await this.#people.audited(tenant.id, async () => 'devices', request, (event) =>
      this.#limit.guardUserCode(session.user, () =>
        committed(this.#ports, async (unit) => {
          const device = await waitingDevice(unit, userCode, this.#now())
          if (device.tenant !== tenant.id) throw failedSignIn('UserCodeWrong')
          const { user, authenticatedAt, methods, credential } = session
          const authentication = { user, authenticatedAt, methods, credential }
          answerDevice(unit, device, isApproved ? authentication : 'declined')
          const { client } = device.record
          const id = `applications/${client}/devices/${isApproved ? 'approve' : 'decline'}`
          const done = { ...event, id, appId: client, principal: user, credential }
          return { result: undefined, audit: [this.#log.successEntry(done, request)] }
        }),
      ),
    )
  }

  #now(): number {
    return epochSeconds(this.#ports.clock)
  }
}
