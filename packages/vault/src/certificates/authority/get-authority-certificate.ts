import { operation } from '../../operation.ts'
import {
  auditedAuthority,
  publishedTarget,
  readPublished,
  type PublishedInput,
} from './read-published.ts'

/** Gives the certificate of an authority in DER, for who has none of those above a certificate. */
export const getAuthorityCertificate = operation<PublishedInput, { readonly der: Uint8Array }>({
  name: 'CertificateAuthorityGet',
  permission: 'maintenance/run',
  writes: false,
  target: publishedTarget,
  auditId: auditedAuthority,

  async run(context, input) {
    const { certificate } = await readPublished(context, input)
    return { der: certificate.der }
  },
})
