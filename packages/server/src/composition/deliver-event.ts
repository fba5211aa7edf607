import type { VaultEvent, VaultEventType } from '@claviger/vault'
import type { Log } from '../log.ts'

/** What somebody has to act upon. */
const ALARMS: Readonly<Partial<Record<VaultEventType, string>>> = {
  CertificateNearExpiry: 'A certificate is near its end.',
  CertificateExpired: 'A certificate has ended.',
  KeyNearExpiry: 'A key is near its expiry.',
}

/**
 * The one place that every event of the server comes to, in the primary, whichever process has
 * brought it about: where mail, webhooks and the like are to be sent from. So far the log tells of
 * what somebody has to act upon; the audit has all of it.
 */
export function deliverEvent(event: VaultEvent, log: Pick<Log, 'warn'>): void {
  const alarm = ALARMS[event.type]
  if (alarm !== undefined) log.warn(alarm, { vault: event.vault, object: event.object })
}
