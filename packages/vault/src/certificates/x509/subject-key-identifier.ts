import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { Certificate, id_ce_subjectKeyIdentifier } from '@peculiar/asn1-x509'
import { keyIdentifier } from './public-key-info.ts'
import { extensionValue } from './read-certificate.ts'

/**
 * What a certificate calls its key; by method 1 of RFC 5280 §4.2.1.2 where it does not say.
 * @param certificate DER.
 */
export function subjectKeyIdentifier(certificate: Uint8Array): Uint8Array {
  const { tbsCertificate } = AsnConvert.parse(Uint8Array.from(certificate), Certificate)
  const said = extensionValue(tbsCertificate, id_ce_subjectKeyIdentifier)
  if (said !== undefined) {
    return new Uint8Array(AsnConvert.parse(Uint8Array.from(said), OctetString).buffer)
  }
  return new Uint8Array(keyIdentifier(tbsCertificate.subjectPublicKeyInfo))
}
