import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import {
  auditedCertificate,
  certificateTarget,
  type CertificateRef,
  type ShownCertificate,
} from './certificate.ts'
import { demandRoomForFaces } from './certificate-faces.ts'
import type { VersionInput } from './certificate-input.ts'
import { UNKNOWN } from './certificate-policy.ts'
import { completePending } from './complete-pending.ts'
import { readPending } from './pending-certificate.ts'
import { certificateNotFound } from './read-certificate.ts'

export interface MergeCertificateInput extends Omit<VersionInput, 'policy' | 'preserveOrder'> {
  readonly certificate: CertificateRef
  /** The certificate and those above it; DER, PEM, or base64 of DER. */
  readonly chain: readonly Uint8Array[]
}

/** Completes a version with the certificate that somebody outside has issued for its request. */
export const mergeCertificate = operation<MergeCertificateInput, ShownCertificate>({
  name: 'CertificatePendingMerge',
  permission: 'certificates/create',
  writes: true,
  target: certificateTarget,
  event: () => 'CertificateNewVersionCreated',
  auditId: ({ certificate }, output) =>
    auditedCertificate(certificate, output?.properties.version),

  async run(context, input) {
    const { certificate } = input
    const head = await demandRoomForFaces(context, certificate)
    const pending = await readPending(context.unit, context.vault(), certificate.name)
    if (head === undefined) throw certificateNotFound(certificate)
    const issuer = pending.meta.issuer.name
    if (issuer !== UNKNOWN) throw new Fault('MergeForbidden', { issuer })
    const properties = await completePending(context, head, pending, input)
    return { properties, policy: head.policy, pending: true }
  },
})
