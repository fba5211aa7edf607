import type { Clock } from '../time.ts'
import { RateLimit, type RateLimitSettings } from './rate-limit.ts'

/** The tries of one name that have not ended, and who waits for one of them to end. */
interface Flight {
  running: number
  readonly waiting: (() => void)[]
}

export interface FailureLimitSettings extends RateLimitSettings {
  /** Of each name. */
  readonly mostWaiting: number
}

/**
 * A limit on failures for each name. A try is taken before it is made, so that many at a time do
 * not slip through, and given back unless it failed. While some are under way nobody knows whether
 * too many have failed, so whoever finds none left waits for them.
 */
export class FailureLimit {
  readonly #rate: RateLimit
  readonly #mostWaiting: number
  readonly #flights = new Map<string, Flight>()

  constructor({ mostWaiting, ...rate }: FailureLimitSettings, clock: Clock) {
    this.#rate = new RateLimit(rate, clock)
    this.#mostWaiting = mostWaiting
  }

  /** The whole seconds until there is a try to take; 0 when there is one. */
  wait(name: string): number {
    return this.#rate.wait(name)
  }

  /** Takes a try, which there must be. */
  take(name: string): void {
    this.#rate.take(name)
    const flight = this.#flights.get(name)
    if (flight === undefined) this.#flights.set(name, { running: 1, waiting: [] })
    else flight.running++
  }

  /** Ends a try that was taken. */
  end(name: string, hasFailed: boolean): void {
    if (!hasFailed) this.#rate.giveBack(name)
    const flight = this.#flights.get(name)
    if (flight !== undefined) flight.running--
    this.wakeNext(name)
  }

  /**
   * The end of a try that is under way; `undefined` when there is none, or too many wait for one.
   * Who was woken has to wake the next, unless it waits here again.
   * @param isAgain who asks has waited here, and another was quicker: it keeps its place.
   */
  next(name: string, isAgain: boolean): Promise<void> | undefined {
    const flight = this.#flights.get(name)
    if (flight === undefined || flight.running === 0) return undefined
    if (flight.waiting.length >= this.#mostWaiting && !isAgain) return undefined
    const { promise, resolve } = Promise.withResolvers<void>()
    if (isAgain) flight.waiting.unshift(resolve)
    else flight.waiting.push(resolve)
    return promise
  }

  /** Lets the first that waits for a try of this name look again. */
  wakeNext(name: string): void {
    const flight = this.#flights.get(name)
    if (flight === undefined) return
    const wake = flight.waiting.shift()
    if (wake !== undefined) wake()
    else if (flight.running === 0) this.#flights.delete(name)
  }
}
