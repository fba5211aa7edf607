import { Fault, isFault } from '../fault.ts'
import { LRUCache } from 'lru-cache'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time.ts'
import { addressGroup } from '../directory/address-group.ts'
import { RateLimit } from '../directory/rate-limit.ts'
import type { AuditEntry, RequestFacts } from './entry.ts'
import { reasonPhrase } from './reason-phrase.ts'

/** Entries for failures of one address: a few at once, then one every few seconds. */
const FAILURES = { burst: 20, perSecond: 0.2, maximumNames: 10_000 } as const

const OBJECT_ID = 'http://schemas.microsoft.com/identity/claims/objectidentifier'

/** A sign-in, a token that was issued, or one that was refused. */
export interface SignInEvent {
  /** Empty where no tenant is known. */
  readonly tenant: string
  /** The resource id of the vault, `/` where none is concerned. */
  readonly scope: string
  /** What it was about, such as `applications/<client id>`. */
  readonly id: string
  /** Object id, known on success alone. */
  readonly principal?: string
  /** Only when it is a GUID: clients have been seen to send their secret in its place. */
  readonly appId?: string
  /** The credential that was used. */
  readonly credential?: string
  readonly startedAt: number
}

/**
 * Writes sign-ins and refused tokens to the audit, durably before anything is answered. Failures
 * cost the attacker nothing, so of each address only so many are stored one by one; the rest are
 * counted, and `flush` writes the counts.
 */
export class SignInLog {
  readonly #store: Store
  readonly #clock: Clock
  readonly #limit: RateLimit
  readonly #suppressed: LRUCache<string, number>
  /** Of addresses that were forgotten. */
  #suppressedElsewhere = 0

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
    this.#limit = new RateLimit(FAILURES, clock)
    this.#suppressed = new LRUCache({
      max: FAILURES.maximumNames,
      dispose: (count, _address, reason) => {
        if (reason === 'evict') this.#suppressedElsewhere += count
      },
    })
  }

  /** @throws Fault AuditUnavailable */
  async succeeded(event: SignInEvent, request: RequestFacts): Promise<void> {
    await this.#append([this.#entry(event, request, request.successStatus, '')])
  }

  /** @throws Fault AuditUnavailable */
  async failed(event: SignInEvent, request: RequestFacts, thrown: unknown): Promise<void> {
    if (this.#limit.take(addressGroup(request.clientAddress)) > 0)
      return this.suppress(request.clientAddress)
    await this.#append([this.#entry(event, request, request.statusOf(thrown), reasonOf(thrown))])
  }

  /** Counts a failure that is not stored by itself. */
  suppress(clientAddress: string): void {
    const place = addressGroup(clientAddress)
    this.#suppressed.set(place, (this.#suppressed.get(place) ?? 0) + 1)
  }

  /**
   * Writes how many failures were only counted; the server calls it now and then and at its end.
   * @throws Fault AuditUnavailable; the counts are kept for the next time.
   */
  async flush(): Promise<void> {
    const counts = [...this.#suppressed.entries()]
    const elsewhere = this.#suppressedElsewhere
    this.#suppressed.clear()
    this.#suppressedElsewhere = 0
    const summaries: [string, number][] = elsewhere === 0 ? counts : [...counts, ['', elsewhere]]
    try {
      if (summaries.length > 0)
        await this.#append(summaries.map((summary) => this.#summary(...summary)))
    } catch (thrown) {
      for (const [place, count] of counts)
        this.#suppressed.set(place, (this.#suppressed.get(place) ?? 0) + count)
      this.#suppressedElsewhere += elsewhere
      throw thrown
    }
  }

  #entry(event: SignInEvent, request: RequestFacts, status: number, description: string): string {
    const claim: Record<string, string> = {}
    if (event.principal !== undefined) claim[OBJECT_ID] = event.principal
    if (event.appId !== undefined) claim['appid'] = event.appId
    const now = this.#clock.now()
    const entry: AuditEntry = {
      time: new Date(now).toISOString(),
      resourceId: event.scope.toUpperCase(),
      operationName: 'Authentication',
      operationVersion: request.apiVersion,
      category: 'AuditEvent',
      resultType: 'Success',
      resultSignature: reasonPhrase(status),
      resultDescription: description,
      durationMs: String(Math.max(0, now - event.startedAt)),
      callerIpAddress: request.clientAddress,
      correlationId: request.correlationId,
      identity: { claim },
      properties: {
        clientInfo: request.clientInfo,
        requestUri: request.requestUri,
        id: event.id,
        httpStatusCode: status,
        ...(event.credential === undefined ? {} : { decidedBy: `credentials/${event.credential}` }),
      },
      tenantId: event.tenant,
    }
    return JSON.stringify(entry)
  }

  #summary(place: string, count: number): string {
    const request: RequestFacts = {
      correlationId: '',
      clientAddress: place,
      clientInfo: '',
      requestUri: '',
      apiVersion: '',
      successStatus: 0,
      statusOf: () => 0,
    }
    const event: SignInEvent = { tenant: '', scope: '/', id: '', startedAt: this.#clock.now() }
    return this.#entry(
      event,
      request,
      429,
      `${count} failed sign-ins or refused tokens were counted, not stored`,
    )
  }

  async #append(audit: readonly string[]): Promise<void> {
    try {
      await this.#store.commit({ checks: [], puts: [], deletes: [], audit })
    } catch (thrown) {
      const reason = isFault(thrown, 'StoreUnavailable') ? thrown.detail.reason : 'the store failed'
      throw new Fault('AuditUnavailable', { reason }, { cause: thrown })
    }
  }
}

/** The exact reason, as a code; nothing that a client has sent. */
function reasonOf(thrown: unknown): string {
  if (isFault(thrown, 'SignInFailed') || isFault(thrown, 'TokenInvalid'))
    return thrown.detail.reason
  return thrown instanceof Fault ? thrown.code : 'InternalServerError'
}
