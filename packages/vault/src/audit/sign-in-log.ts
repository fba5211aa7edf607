import { LRUCache } from 'lru-cache'
import { Fault, isFault } from '../fault.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time.ts'
import { addressGroup } from '../directory/address-group.ts'
import { RateLimit } from '../directory/rate-limit.ts'
import type { RequestFacts } from './entry.ts'
import { entryText } from './entry-text.ts'
import { recordAudit } from './record-audit.ts'

/** Entries for failures of one address: a few at once, then one every few seconds. */
const FAILURES = { burst: 20, perSecond: 0.2, maximumNames: 10_000 } as const

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

  /** The entry of a sign-in that succeeds, for who commits it together with what it earns. */
  successEntry(event: SignInEvent, request: RequestFacts): string {
    return this.#entry(event, request, request.successStatus, '')
  }

  /** @throws Fault AuditUnavailable */
  async succeeded(event: SignInEvent, request: RequestFacts): Promise<void> {
    await recordAudit(this.#store, [this.#entry(event, request, request.successStatus, '')])
  }

  /** @throws Fault AuditUnavailable */
  async failed(event: SignInEvent, request: RequestFacts, thrown: unknown): Promise<void> {
    if (this.#limit.take(addressGroup(request.clientAddress)) > 0)
      return this.suppress(request.clientAddress)
    const entry = this.#entry(event, request, request.statusOf(thrown), reasonOf(thrown))
    await recordAudit(this.#store, [entry])
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
        await recordAudit(this.#store, summaries.map((summary) => this.#summary(...summary)))
    } catch (thrown) {
      for (const [place, count] of counts)
        this.#suppressed.set(place, (this.#suppressed.get(place) ?? 0) + count)
      this.#suppressedElsewhere += elsewhere
      throw thrown
    }
  }

  #entry(event: SignInEvent, request: RequestFacts, status: number, description: string): string {
    const { scope, id, tenant, startedAt, credential } = event
    return entryText({
      operationName: 'Authentication',
      request,
      scope,
      id,
      tenant,
      who: event,
      status,
      description,
      startedAt,
      now: this.#clock.now(),
      ...(credential === undefined ? {} : { access: { decidedBy: `credentials/${credential}` } }),
    })
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
}

/** The exact reason, as a code; nothing that a client has sent. */
function reasonOf(thrown: unknown): string {
  if (isFault(thrown, 'SignInFailed') || isFault(thrown, 'TokenInvalid'))
    return thrown.detail.reason
  return thrown instanceof Fault ? thrown.code : 'InternalServerError'
}
