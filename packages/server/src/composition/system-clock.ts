import type { Clock } from '@claviger/vault'

/**
 * The machine's clock, which within one process never runs backwards: when it is set back, time goes
 * on from where it was, so that nothing that has expired becomes valid again, but at half pace, until
 * the machine's clock has caught up. When it is set forward, it is believed.
 */
export class SystemClock implements Clock {
  readonly #wall: () => number
  readonly #steady: () => number
  /** What is added to steady time: wall time minus steady time while the machine is believed. */
  #offset: number
  #last = 0
  /** Steady time when it was last asked. */
  #askedAt: number

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
    this.#askedAt = steady()
    this.#offset = Math.max(wall(), notBefore) - this.#askedAt
  }

  now(): number {
    const steady = this.#steady()
    const offset = this.#wall() - steady
    const heldBack = this.#offset - (steady - this.#askedAt) / 2
    this.#askedAt = steady
    this.#offset = offset > this.#offset - SLEW_MILLISECONDS ? offset : Math.max(offset, heldBack)
    this.#last = Math.max(this.#last, Math.floor(this.#offset + steady))
    return this.#last
  }
}

/** Time services slow a clock down by small amounts (NTP); only a step back is held up. */
const SLEW_MILLISECONDS = 100
