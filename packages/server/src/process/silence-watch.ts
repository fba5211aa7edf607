const TICK_MILLISECONDS = 1000

/** How often a watched process must say that it lives, in milliseconds. */
export const ALIVE_MILLISECONDS = TICK_MILLISECONDS

/**
 * Tells that another process has said nothing for too long: it hangs, or was stopped. Counted in
 * ticks of this process's own timer, so that time in which the whole machine slept does not count.
 */
export class SilenceWatch {
  readonly #ticking: NodeJS.Timeout
  #silent = 0

  /**
   * @param patience seconds without a word before `onSilent` is called, once.
   * @param tickMilliseconds a second, but in tests.
   */
  constructor(patience: number, onSilent: () => void, tickMilliseconds = TICK_MILLISECONDS) {
    this.#ticking = setInterval(() => {
      this.#silent += 1
      if (this.#silent <= patience) return
      this.stop()
      onSilent()
    }, tickMilliseconds).unref()
  }

  heard(): void {
    this.#silent = 0
  }

  stop(): void {
    clearInterval(this.#ticking)
  }
}
