import { randomHexId } from '../identifier.ts'
import { operation } from '../operation.ts'
import { auditedCertificate, certificateTarget, type CertificateRef } from './certificate.ts'
import { renewalTime } from './certificate-due.ts'
import { demandRoomForFaces } from './certificate-faces.ts'
import { issueSelfSigned } from './issue-self-signed.ts'
import { certificateNotFound } from './read-certificate.ts'

/** The answer of a renewal that is done by the clock. */
export interface RenewedIfDue {
  /** The new version; `undefined` when it was not time. */
  readonly version: string | undefined
}

/**
 * Makes the next version of a certificate when its policy says that it is time; for the scheduler.
 * What its owner has said of the version before holds of the new one.
 */
export const renewCertificateIfDue = operation<
  { readonly certificate: CertificateRef },
  RenewedIfDue
>({
  name: 'CertificateRenew',
  permission: 'certificates/create',
  writes: true,
  target: certificateTarget,
  auditId: ({ certificate }, output) => auditedCertificate(certificate, output?.version),

  async run(context, { certificate }) {
    const head = await demandRoomForFaces(context, certificate)
    if (head === undefined) throw certificateNotFound(certificate)
    const time = renewalTime(head)
    if (time === undefined || time > context.now) return { version: undefined }
    const { name, enabled, tags, preserveOrder } = head.current
    const { version } = await issueSelfSigned(context, head, head.policy, {
      name,
      enabled,
      version: randomHexId(),
      ...(tags === undefined ? {} : { tags }),
      ...(preserveOrder === undefined ? {} : { preserveOrder }),
    })
    return { version: version.version }
  },
})
