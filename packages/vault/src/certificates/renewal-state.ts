import type { EpochSeconds } from '../time.ts'
import type { RenewalState } from './certificate.ts'

const HOUR_SECONDS = 3_600
const LONGEST_PAUSE_SECONDS = 24 * HOUR_SECONDS
/** An order is given up long before. */
const UNDER_WAY_SECONDS = 24 * HOUR_SECONDS

/** A renewal that an authority elsewhere is asked for. */
export function begunRenewal(before: RenewalState | undefined, now: EpochSeconds): RenewalState {
  return { failures: 0, ...before, nextAt: now + UNDER_WAY_SECONDS }
}

/** A renewal that has failed, again maybe: the pauses are twice as long each time, up to a day. */
export function failedRenewal(before: RenewalState | undefined, now: EpochSeconds): RenewalState {
  const failures = (before?.failures ?? 0) + 1
  const pause = Math.min(HOUR_SECONDS * 2 ** Math.min(failures - 1, 5), LONGEST_PAUSE_SECONDS)
  return { nextAt: now + pause, failures, failedAt: before?.failedAt ?? now }
}
