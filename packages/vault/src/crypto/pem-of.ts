/** What stands in PEM (RFC 7468 §4). */
export type PemLabel = 'PUBLIC KEY' | 'PRIVATE KEY' | 'CERTIFICATE' | 'CERTIFICATE REQUEST' | 'X509 CRL'

/** PEM (RFC 7468): lines of 64 characters, each with its end, the last one too. */
export function pemOf(label: PemLabel, der: Uint8Array): string {
  const lines = der.toBase64().match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
