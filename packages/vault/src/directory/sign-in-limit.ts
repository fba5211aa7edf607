import { LRUCache } from 'lru-cache'
import { Fault, isFault } from '../fault.ts'
import type { Clock } from '../time.ts'
import { addressGroup } from './address-group.ts'
import { FailureLimit } from './failure-limit.ts'
import { RateLimit } from './rate-limit.ts'

const BOUNDS = { maximumNames: 20_000, mostWaiting: 1000 } as const
const PER_ADDRESS = { burst: 60, perSecond: 2, ...BOUNDS } as const
const PER_CLIENT = { burst: 30, perSecond: 0.5, ...BOUNDS } as const
const MAXIMUM_KNOWN = 20_000
/** Client ids are GUIDs; of anything longer no more is remembered, or the names fill the memory. */
const MAXIMUM_CLIENT_CHARACTERS = 40

/** A limit, and under which name a sign-in counts in it. */
interface Count {
  readonly limit: FailureLimit
  readonly name: string
}

/**
 * Limits failed sign-ins, by the client's address and by the client id, in each process for itself.
 * Only what failed through the client's own fault counts: of many at a time no more are under way
 * than may fail, and the others wait for them.
 *
 * Who has signed in from an address before counts there by itself: else anybody could lock a client
 * out by failing in its name, or from the address that all share behind one gateway.
 */
export class SignInLimit {
  readonly #addresses: FailureLimit
  readonly #clients: FailureLimit
  readonly #knownClients: FailureLimit
  readonly #userCodes: FailureLimit
  readonly #tickets: RateLimit
  readonly #known = new LRUCache<string, true>({ max: MAXIMUM_KNOWN })

  constructor(clock: Clock) {
    this.#addresses = new FailureLimit(PER_ADDRESS, clock)
    this.#clients = new FailureLimit(PER_CLIENT, clock)
    this.#knownClients = new FailureLimit(PER_ADDRESS, clock)
    this.#userCodes = new FailureLimit(PER_ADDRESS, clock)
    this.#tickets = new RateLimit(PER_ADDRESS, clock)
  }

  /**
   * Runs a sign-in unless too many have failed.
   * @throws Fault TooManyRequests, without running it.
   */
  async guard<Result>(
    address: string,
    client: string,
    signIn: () => Promise<Result>,
  ): Promise<Result> {
    const place = addressGroup(address)
    const clientName = client.slice(0, MAXIMUM_CLIENT_CHARACTERS)
    const name = `${clientName} ${place}`
    const counts: readonly Count[] = this.#known.has(name)
      ? [{ limit: this.#knownClients, name }]
      : [
          { limit: this.#addresses, name: place },
          { limit: this.#clients, name: clientName },
        ]
    return await counted(counts, async () => {
      const result = await signIn()
      this.#known.set(name, true)
      return result
    })
  }

  /**
   * Looks for a code that is short enough to be guessed, unless too many guesses were wrong.
   * @param name whose guesses they are: of an address, or of who is known already.
   * @throws Fault TooManyRequests, without looking.
   */
  async guardUserCode<Result>(name: string, look: () => Promise<Result>): Promise<Result> {
    return await counted([{ limit: this.#userCodes, name }], look)
  }

  /**
   * Takes what nobody guesses. What is right is never refused, whatever others send from the same
   * address: only how often they are told, and the audit is, that it was wrong has a limit.
   * @throws Fault TooManyRequests instead of SignInFailed
   */
  async guardTicket<Result>(address: string, take: () => Promise<Result>): Promise<Result> {
    try {
      return await take()
    } catch (thrown) {
      if (!isFault(thrown, 'SignInFailed')) throw thrown
      const retryAfterSeconds = this.#tickets.take(addressGroup(address))
      throw retryAfterSeconds > 0 ? new Fault('TooManyRequests', { retryAfterSeconds }) : thrown
    }
  }
}

async function counted<Result>(
  counts: readonly Count[],
  run: () => Promise<Result>,
): Promise<Result> {
  await begin(counts)
  try {
    const result = await run()
    endAll(counts, false)
    return result
  } catch (thrown) {
    endAll(counts, isFault(thrown, 'SignInFailed'))
    throw thrown
  }
}

/** Takes all, after others where it has to. @throws Fault TooManyRequests, with nothing taken. */
async function begin(counts: readonly Count[]): Promise<void> {
  for (let woken: Count | undefined; ;) {
    const lacking = counts.find(({ limit, name }) => limit.wait(name) > 0)
    if (lacking === undefined) for (const { limit, name } of counts) limit.take(name)
    const isAgain = woken !== undefined && woken === lacking
    const turn = lacking?.limit.next(lacking.name, isAgain)
    // Who was woken wakes the next in its place, or those behind would wait for nothing.
    if (!isAgain || turn === undefined) woken?.limit.wakeNext(woken.name)
    if (lacking === undefined) return
    if (turn === undefined) {
      throw new Fault('TooManyRequests', { retryAfterSeconds: lacking.limit.wait(lacking.name) })
    }
    await turn
    woken = lacking
  }
}

function endAll(counts: readonly Count[], hasFailed: boolean): void {
  for (const { limit, name } of counts) limit.end(name, hasFailed)
}
