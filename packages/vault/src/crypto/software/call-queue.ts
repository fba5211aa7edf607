/**
 * Lets a bounded number of tasks run at once; the others wait in order. What waits here does not
 * stand in the runtime's own queue, where file and name look-ups would have to wait behind it.
 */
export class CallQueue {
  readonly #limit: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  /** @param limit how many tasks run at once, at least 1. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get isIdle(): boolean {
    return this.#running === 0
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
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
