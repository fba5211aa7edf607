import { operation } from '../operation.ts'
import {
  auditedCertificate,
  certificateTarget,
  type CertificateRef,
  type ShownCertificate,
} from './certificate.ts'
import { readCertificate, shownCertificate } from './read-certificate.ts'

/** Reads a certificate, never its private key; one that waits for its issuer is shown too. */
export const getCertificate = operation<
  { readonly certificate: CertificateRef },
  ShownCertificate
>({
  name: 'CertificateGet',
  permission: 'certificates/get',
  writes: false,
  target: certificateTarget,
  auditId: ({ certificate }, output) =>
    auditedCertificate(certificate, output?.properties.version),

  async run({ unit, vault }, { certificate }) {
    const { head, version } = await readCertificate(unit, vault(), certificate)
    return shownCertificate(unit, vault(), head, version)
  },
})
