import type { OperationContext } from '../../operation.ts'
import type { AuthorityCertificate, Publication } from '../x509/index.ts'

/**
 * Where an authority publishes what it says, for the certificates that it issues; `undefined` when
 * the server publishes nothing. A list that the authority may not sign is not pointed to.
 */
export function publicationOf(
  { publicationUrl, vault }: Pick<OperationContext, 'publicationUrl' | 'vault'>,
  { authority, keyUsage }: Pick<AuthorityCertificate, 'authority' | 'keyUsage'>,
): Publication | undefined {
  if (publicationUrl === undefined) return undefined
  const base = `${publicationUrl.replace(/\/+$/, '')}/pki/${vault().name}/${authority}`
  const signsLists = keyUsage?.includes('cRLSign') ?? true
  return {
    ocsp: `${base}/ocsp`,
    certificate: `${base}/cer`,
    ...(signsLists ? { revocationList: `${base}/crl` } : {}),
  }
}
