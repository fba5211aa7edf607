/** A process that lived this long was healthy; its end is the first of a new series. */
const healthyMs = 5000
const firstDelayMs = 100
const longestDelayMs = 2000

/**
 * How long to wait before a process that died is started again: not at all at first, then longer.
 */
export class BackOff {
  #failures = 0

  /** @param livedMs how long the process that died had lived, in milliseconds. */
  delayMs(livedMs: number): number {
    this.#failures = livedMs >= healthyMs ? 1 : this.#failures + 1
    if (this.#failures === 1) return 0
    return Math.min(longestDelayMs, firstDelayMs * 2 ** (this.#failures - 2))
  }
}
