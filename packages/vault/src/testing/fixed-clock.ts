import type { Clock } from '../time.ts'

/** A clock that stands still until a test moves it. */
export class FixedClock implements Clock {
  #now: number

  /** @param now milliseconds since the epoch; 2026-01-01T00:00:00Z when not given. */
  constructor(now = 1_767_225_600_000) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  /** Moves it, backwards too. */
  advance(seconds: number): void {
    this.#now += seconds * 1000
  }
}
