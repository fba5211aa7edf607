import { operation } from '../../operation.ts'
import { auditedCertificate, certificateTarget, type CertificateRef } from '../certificate.ts'
import { demandRoomForFaces } from '../certificate-faces.ts'
import { completePending } from '../complete-pending.ts'
import { readPending } from '../pending-certificate.ts'
import { certificateNotFound } from '../read-certificate.ts'
import { demandOrder } from './get-order.ts'

export interface CompleteOrderInput {
  readonly certificate: CertificateRef
  readonly requestId: string
  /** What the authority has issued, and those above it; DER. */
  readonly chain: readonly Uint8Array[]
}

/** Completes a version with the certificate that an authority has issued; for the server itself. */
export const completeOrder = operation<CompleteOrderInput, { readonly version: string }>({
  name: 'CertificateOrderComplete',
  permission: 'maintenance/run',
  writes: true,
  target: certificateTarget,
  event: () => 'CertificateNewVersionCreated',
  auditId: ({ certificate }, output) => auditedCertificate(certificate, output?.version),

  async run(context, { certificate, requestId, chain }) {
    const head = await demandRoomForFaces(context, certificate)
    if (head === undefined) throw certificateNotFound(certificate)
    const pending = await readPending(context.unit, context.vault(), certificate.name)
    demandOrder(pending.meta, requestId)
    const { version } = await completePending(context, head, pending, { chain })
    return { version }
  },
})
