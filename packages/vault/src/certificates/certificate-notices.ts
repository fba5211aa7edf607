import { dueKey, type Due } from '../due.ts'
import type { VaultEventType } from '../events/vault-event.ts'
import { operation, type Operation } from '../operation.ts'
import { auditedCertificate, certificateTarget, type CertificateRef } from './certificate.ts'
import { readCertificateHead } from './read-certificate.ts'

export interface CertificateNoticeInput {
  readonly certificate: CertificateRef
  /** The scheduler's entry, which is done with it. */
  readonly due: Due
}

/** What was noticed, for whoever is to deliver it. */
export interface CertificateNotice {
  readonly version: string
}

/** Says that a certificate is near its end, once; for the scheduler. */
export const notifyCertificateExpiry = notice(
  'CertificateNearExpiryEventGridNotification',
  'CertificateNearExpiry',
)

/** Says that a certificate has ended, once; for the scheduler. */
export const tellCertificateExpired = notice(
  'CertificateExpiredEventGridNotification',
  'CertificateExpired',
)

/**
 * The audit entry is the notice: an operator's alarm can wait for it, as for the service's event of
 * that name. `Ports.onEvent` is where it would be delivered from, by mail to the contacts say.
 */
function notice(
  name: string,
  event: VaultEventType,
): Operation<CertificateNoticeInput, CertificateNotice> {
  return operation<CertificateNoticeInput, CertificateNotice>({
    name,
    permission: 'maintenance/run',
    writes: true,
    target: certificateTarget,
    event: () => event,
    auditId: ({ certificate }, output) => auditedCertificate(certificate, output?.version),

    async run({ unit, vault }, { certificate, due }) {
      const container = vault()
      const { current } = await readCertificateHead(unit, container, certificate)
      const entry = dueKey(container.tenant, due)
      await unit.claimOne(entry)
      unit.delete(entry)
      return { version: current.version }
    },
  })
}
