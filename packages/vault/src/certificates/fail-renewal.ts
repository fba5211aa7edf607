import { randomHexId } from '../identifier.ts'
import { operation } from '../operation.ts'
import { certificateKey, certificateTarget } from './certificate.ts'
import type { CertificateHead, CertificateRef } from './certificate.ts'
import { changeCertificateDues, renewalTime } from './certificate-due.ts'
import { pendingCertificateKey, type PendingCertificate } from './pending-certificate.ts'
import { readCertificateHead } from './read-certificate.ts'
import { failedRenewal } from './renewal-state.ts'

export interface FailRenewalInput {
  readonly certificate: CertificateRef
  /** A sentence that says what to change. */
  readonly error: string
}

/**
 * Says that a renewal has failed, so that its contacts are told and it is tried again later; for the
 * scheduler. The current version keeps working.
 */
export const failRenewal = operation<FailRenewalInput, undefined>({
  name: 'CertificateRenewFail',
  permission: 'maintenance/run',
  writes: true,
  target: certificateTarget,

  async run({ unit, vault, now }, { certificate, error }) {
    const container = vault()
    const head = await readCertificateHead(unit, container, certificate)
    const time = renewalTime(head)
    if (time === undefined || time > now) return undefined
    const { name, enabled } = head.current
    const after: CertificateHead = { ...head, renewal: failedRenewal(head.renewal, now) }
    await changeCertificateDues(unit, container, head, after)
    unit.put<CertificateHead>(certificateKey(container, name), { meta: after })
    const pendingKey = pendingCertificateKey(container, name)
    const before = await unit.get<PendingCertificate>(pendingKey)
    if (before?.meta.status === 'inProgress') return undefined
    unit.put<PendingCertificate>(pendingKey, {
      meta: {
        name,
        enabled,
        version: randomHexId(),
        issuer: head.policy.issuer,
        status: 'failed',
        cancellationRequested: false,
        requestId: randomHexId(),
        error,
      },
    })
    return undefined
  },
})
