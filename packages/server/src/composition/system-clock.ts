import type { Clock } from '@claviger/vault'

/**
 * The machine's clock, which within one process never runs backwards: when it is set back, time goes
 * on from where it was at the machine's own pace, so that nothing that has expired becomes valid
 * again. When it is set forward, it is believed.
 */
export class SystemClock implements Clock {
  readonly #wall: () => number
  readonly #steady: () => number
  /** Wall time minus steady time, as it was when the machine's clock was last believed. */
  #offset: number
  #last = 0

  /**
   * @param notBefore what a process of this server has shown already, in epoch milliseconds: one
   *   that starts after the machine's clock was set back must not refuse what the others have issued.
   */
  constructor(
    notBefore = 0,
    wall: () => number = Date.now,
    steady: () => number = () => performance.now(),
  ) {
    this.#wall = wall
    this.#steady = steady
    this.#offset = Math.max(wall(), notBefore) - steady()
  }

  now(): number {
    const steady = this.#steady()
    const offset = this.#wall() - steady
    if (offset > this.#offset - SLEW_MILLISECONDS) this.#offset = offset
    this.#last = Math.max(this.#last, Math.floor(this.#offset + steady))
    return this.#last
  }
}

/** Time services slow a clock down by small amounts (NTP); only a step back is held up. */
const SLEW_MILLISECONDS = 100
