import { LRUCache } from 'lru-cache'
import type { RequestFacts } from '../audit/entry.ts'
import { Fault, isFault } from '../fault.ts'
import type { Clock } from '../time.ts'
import { addressGroup } from './address-group.ts'
import { RateLimit } from './rate-limit.ts'

const PER_ADDRESS = { burst: 60, perSecond: 2, maximumNames: 20_000 } as const
const PER_CLIENT = { burst: 30, perSecond: 0.5, maximumNames: 20_000 } as const
const MAXIMUM_KNOWN = 20_000
/** Client ids are GUIDs; of anything longer no more is remembered, or the names fill the memory. */
const MAXIMUM_CLIENT_CHARACTERS = 40

/** A limit, and under which name a sign-in counts in it. */
interface Count {
  readonly limit: RateLimit
  readonly name: string
}

/**
 * Limits failed sign-ins, by the client's address and by the client id, in each process for itself.
 * A try is taken before it is made, so that many at a time do not slip through, and given back
 * unless it failed through the client's own fault.
 *
 * Who has signed in from an address before counts there by itself: else anybody could lock a client
 * out by failing in its name, or from the address that all share behind one gateway.
 */
export class SignInLimit {
  readonly #addresses: RateLimit
  readonly #clients: RateLimit
  readonly #knownClients: RateLimit
  readonly #known = new LRUCache<string, true>({ max: MAXIMUM_KNOWN })

  constructor(clock: Clock) {
    this.#addresses = new RateLimit(PER_ADDRESS, clock)
    this.#clients = new RateLimit(PER_CLIENT, clock)
    this.#knownClients = new RateLimit(PER_ADDRESS, clock)
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
    takeAll(counts)
    try {
      const result = await signIn()
      this.#known.set(name, true)
      giveBackAll(counts)
      return result
    } catch (thrown) {
      if (!isFault(thrown, 'SignInFailed')) giveBackAll(counts)
      throw thrown
    }
  }
}

/** @throws Fault TooManyRequests, with nothing taken. */
function takeAll(counts: readonly Count[]): void {
  for (const [index, { limit, name }] of counts.entries()) {
    const retryAfterSeconds = limit.take(name)
    if (retryAfterSeconds === 0) continue
    giveBackAll(counts.slice(0, index))
    throw new Fault('TooManyRequests', { retryAfterSeconds })
  }
}

function giveBackAll(counts: readonly Count[]): void {
  for (const { limit, name } of counts) limit.giveBack(name)
}

/**
 * The name under which people count who show what their sign-in has earned: by the address once
 * more, for all share the client id, and a device has no name.
 */
export function personAt({ clientAddress }: Pick<RequestFacts, 'clientAddress'>): string {
  return `person at ${addressGroup(clientAddress)}`
}
