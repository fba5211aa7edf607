import { loadX509 } from './load-x509.ts'

/**
 * What a certificate calls its key (RFC 5280 §4.2.1.2).
 * @param certificate DER that was read before.
 */
export async function keyIdentifierOf(certificate: Uint8Array): Promise<Uint8Array> {
  const { subjectKeyIdentifier } = await loadX509()
  return subjectKeyIdentifier(certificate)
}
