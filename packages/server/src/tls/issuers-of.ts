const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g

/**
 * The certificates above a server's own, in PEM: what clients have to trust. The one certificate
 * itself where none stands above it.
 */
export function issuersOf(certificatePem: string): string {
  const [own = '', ...issuers] = certificatePem.match(CERTIFICATE) ?? []
  return issuers.length === 0 ? own : issuers.join('')
}
