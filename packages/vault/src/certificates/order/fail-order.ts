import { operation } from '../../operation.ts'
import { auditedCertificate, certificateKey, certificateTarget } from '../certificate.ts'
import type { CertificateHead, CertificateRef } from '../certificate.ts'
import { changeCertificateDues } from '../certificate-due.ts'
import { destroyWaitingKey } from '../destroy-waiting-key.ts'
import {
  changeOrderDue,
  pendingCertificateKey,
  readPending,
  type PendingCertificate,
} from '../pending-certificate.ts'
import { readCertificateHead } from '../read-certificate.ts'
import { failedRenewal } from '../renewal-state.ts'
import { demandOrder } from './get-order.ts'

/** How often an authority that does not answer is asked again. */
const RETRY_SECONDS = [60, 300, 900, 3_600, 14_400]

export interface FailOrderInput {
  readonly certificate: CertificateRef
  readonly requestId: string
  /** A sentence that says what to change. */
  readonly error: string
  /** The same order may succeed later: the authority did not answer, or had too much to do. */
  readonly mayPass: boolean
}

/**
 * Says that an order has failed: the operation fails, or is tried again later, and the version before
 * keeps working; for the server itself.
 */
export const failOrder = operation<FailOrderInput, { readonly version: string }>({
  name: 'CertificateOrderFail',
  permission: 'maintenance/run',
  writes: true,
  target: certificateTarget,
  auditId: ({ certificate }, output) => auditedCertificate(certificate, output?.version),

  async run(context, { certificate, requestId, error, mayPass }) {
    const { unit, vault, now } = context
    const container = vault()
    const { name } = certificate
    const found = await readPending(unit, container, name)
    const { meta, secret } = found
    const pending = demandOrder(meta, requestId)
    const { failures } = pending.order
    const pause = mayPass ? RETRY_SECONDS[failures] : undefined
    const pendingKey = pendingCertificateKey(container, name)
    if (pause !== undefined) {
      const order = { ...pending.order, at: now + pause, failures: failures + 1 }
      const waiting: PendingCertificate = { ...pending, order, error }
      await changeOrderDue(unit, container, pending.name, pending, waiting)
      unit.put<PendingCertificate>(pendingKey, { meta: waiting, ...(secret && { secret }) })
      return { version: pending.version }
    }
    const { key: _, order: __, ...rest } = pending
    const failed: PendingCertificate = { ...rest, status: 'failed', error }
    await changeOrderDue(unit, container, pending.name, pending, failed)
    unit.put<PendingCertificate>(pendingKey, { meta: failed })
    await destroyWaitingKey(context, found)
    const head = await readCertificateHead(unit, container, certificate)
    if (head.renewal !== undefined) {
      const after: CertificateHead = { ...head, renewal: failedRenewal(head.renewal, now) }
      await changeCertificateDues(unit, container, head, after)
      unit.put<CertificateHead>(certificateKey(container, name), { meta: after })
    }
    return { version: pending.version }
  },
})
