/** Whole seconds since 1970-01-01T00:00:00Z, the unit of every time on the clouds' wires. */
export type EpochSeconds = number

/** Tells the time; the domain has no other source of it, so tests can move it. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
}

/** The present in whole seconds. */
export function epochSeconds(clock: Clock): EpochSeconds {
  return Math.floor(clock.now() / 1000)
}

export const SECONDS_PER_DAY = 86_400
