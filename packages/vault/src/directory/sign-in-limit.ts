import { LRUCache } from 'lru-cache'
import { Fault } from '../fault.ts'
import type { Clock } from '../time.ts'
import { addressGroup } from './address-group.ts'
import { RateLimit } from './rate-limit.ts'

const PER_ADDRESS = { burst: 60, perSecond: 2, maximumNames: 20_000 } as const
const PER_CLIENT = { burst: 30, perSecond: 0.5, maximumNames: 20_000 } as const
const MAXIMUM_KNOWN = 20_000

/**
 * Limits failed sign-ins, by the client's address and by the client id, in each process for itself.
 * A try is taken before it is made, so that many at a time do not slip through, and given back when
 * it succeeds.
 */
export class SignInLimit {
  readonly #addresses: RateLimit
  readonly #clients: RateLimit
  /** From where a client has signed in: else anybody could lock it out by failing in its name. */
  readonly #known = new LRUCache<string, true>({ max: MAXIMUM_KNOWN })

  constructor(clock: Clock) {
    this.#addresses = new RateLimit(PER_ADDRESS, clock)
    this.#clients = new RateLimit(PER_CLIENT, clock)
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
    const name = `${client} ${place}`
    const waitForAddress = this.#addresses.take(place)
    if (waitForAddress > 0)
      throw new Fault('TooManyRequests', { retryAfterSeconds: waitForAddress })
    const known = this.#known.has(name)
    const waitForClient = known ? 0 : this.#clients.take(client)
    if (waitForClient > 0) {
      this.#addresses.giveBack(place)
      throw new Fault('TooManyRequests', { retryAfterSeconds: waitForClient })
    }
    const result = await signIn()
    this.#addresses.giveBack(place)
    if (!known) this.#clients.giveBack(client)
    this.#known.set(name, true)
    return result
  }
}
