import { Fault } from '../fault.ts'
import type { EpochSeconds } from '../time.ts'

/** Clocks differ. */
const LEEWAY_SECONDS = 300

/**
 * Refuses a certificate that nobody could use.
 * @throws Fault CertificateUnfit
 */
export function demandInDates(
  { notBefore, notAfter }: { readonly notBefore: EpochSeconds; readonly notAfter: EpochSeconds },
  now: EpochSeconds,
): void {
  if (notAfter <= now) {
    const reason = `it has expired at ${utc(notAfter)}; send one that is valid`
    throw new Fault('CertificateUnfit', { reason })
  }
  if (notBefore > now + LEEWAY_SECONDS) {
    const reason = `it is not valid before ${utc(notBefore)}; wait until then, or correct the clock`
    throw new Fault('CertificateUnfit', { reason })
  }
}

function utc(time: EpochSeconds): string {
  return new Date(time * 1000).toISOString()
}
