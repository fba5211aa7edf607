import type { EpochSeconds } from '../time.ts'
import { failedSignIn } from './failed-sign-in.ts'
import { timeClaim } from './unverified-token.ts'

/** The clocks of client and server may differ by this. */
const SKEW_SECONDS = 300

/**
 * @throws Fault SignInFailed when there is no `exp`, or the assertion is not valid at this time.
 */
export function demandAssertionTimes(
  payload: Readonly<Record<string, unknown>>,
  now: EpochSeconds,
): void {
  const expiresAt = timeClaim(payload, 'exp')
  const notBefore = timeClaim(payload, 'nbf')
  if (expiresAt === undefined) throw failedSignIn('AssertionMalformed')
  if (now >= expiresAt + SKEW_SECONDS) throw failedSignIn('AssertionExpired')
  if (notBefore !== undefined && now < notBefore - SKEW_SECONDS)
    throw failedSignIn('AssertionNotYetValid')
}
