import { Fault } from '../../fault.ts'

const RETRY_AFTER_SECONDS = 5

/**
 * Lets a bounded number of tasks run at once; the others wait in order. What waits here does not
 * stand in the runtime's own queue, where file and name look-ups would have to wait behind it.
 */
export class CallQueue {
  readonly #limit: number
  readonly #mostWaiting: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  /**
   * @param limit how many tasks run at once, at least 1.
   * @param mostWaiting how many may wait besides; what its caller has given up is done all the same.
   */
  constructor(limit: number, mostWaiting = Infinity) {
    this.#limit = limit
    this.#mostWaiting = mostWaiting
  }

  get isIdle(): boolean {
    return this.#running === 0
  }

  /** @throws Fault TooManyRequests when too many wait already; and what the task throws. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= this.#mostWaiting) {
      throw new Fault('TooManyRequests', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    // Who is woken takes over the place of who has ended, so the count stays as it is.
    if (this.#running >= this.#limit) await new Promise<void>((wake) => this.#waiting.push(wake))
    else this.#running++
    try {
      return await task()
    } finally {
      const wake = this.#waiting.shift()
      if (wake === undefined) this.#running--
      else wake()
    }
  }
}
