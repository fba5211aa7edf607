import { RateLimit } from '../directory/rate-limit.ts'
import { Fault, isFault } from '../fault.ts'
import type { Clock } from '../time.ts'
import type { Caller } from './caller.ts'

/** Callers remembered at a time; one that is forgotten starts anew. */
const MAXIMUM_CALLERS = 20_000

/**
 * Limits how often a caller may be denied, in each process for itself. Each denial is an entry of
 * the audit, so a token without any role could fill the disk. Only what is asked after too many
 * denials is refused, before it reaches an operation; nothing that reaches one goes unrecorded.
 *
 * Counted for each vault and operation by itself: a program that asks again and again for what it
 * may not have goes on with what it may.
 */
export class DenialLimit {
  readonly #limit: RateLimit

  /** @param perMinute how many denials a minute, and as many at once after a while without. */
  constructor(perMinute: number, clock: Clock) {
    const rate = { burst: perMinute, perSecond: perMinute / 60, maximumNames: MAXIMUM_CALLERS }
    this.#limit = new RateLimit(rate, clock)
  }

  /**
   * Lets a caller act unless it was denied this too often, and counts when it is denied again.
   * @param what the vault and the operation.
   * @throws Fault TooManyRequests, without acting.
   */
  async guard<Result>(
    { tenant, principal }: Caller,
    what: string,
    act: () => Promise<Result>,
  ): Promise<Result> {
    const name = `${tenant} ${principal} ${what}`
    const retryAfterSeconds = this.#limit.wait(name)
    if (retryAfterSeconds > 0) throw new Fault('TooManyRequests', { retryAfterSeconds })
    try {
      return await act()
    } catch (thrown) {
      if (isFault(thrown, 'AccessDenied')) this.#limit.take(name)
      throw thrown
    }
  }
}
