import { X509Certificate } from 'node:crypto'

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * The certificates of a file in its order, as DER: PEM with a chain, or one in DER.
 * @throws Error when it has none.
 */
export function readCertificates(octets: Uint8Array): readonly Uint8Array[] {
  const texts = Buffer.from(octets).toString('latin1').match(PEM)
  return (texts ?? [Buffer.from(octets)]).map((one) => new X509Certificate(one).raw)
}
