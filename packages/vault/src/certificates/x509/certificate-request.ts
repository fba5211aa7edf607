import { Attributes, CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Attribute, Extensions } from '@peculiar/asn1-x509'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import type { X509Properties } from '../certificate-policy.ts'
import { wantedExtensions } from './certificate-extensions.ts'
import { publicKeyInfo } from './public-key-info.ts'
import { signatureIdentifier, signDer } from './signature-scheme.ts'
import { subjectName } from './subject-name.ts'

/** PKCS #9 §5.4.2: the extensions that the certificate shall have. */
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'

/**
 * Makes a request for a certificate (PKCS #10, RFC 2986), signed by the key itself.
 * @returns DER.
 * @throws Fault InvalidInput for a subject that is no name.
 */
export async function certificateRequest(
  provider: Pick<Provider, 'sign'>,
  { properties, key }: { readonly properties: X509Properties; readonly key: KeyHandle },
): Promise<Uint8Array> {
  if (key.publicKey === undefined) throw new TypeError('a request needs a public key')
  const wanted = AsnConvert.serialize(new Extensions(wantedExtensions(properties)))
  const certificationRequestInfo = new CertificationRequestInfo({
    subject: subjectName(properties.subject),
    subjectPKInfo: publicKeyInfo(key.publicKey),
    attributes: new Attributes([new Attribute({ type: EXTENSION_REQUEST, values: [wanted] })]),
  })
  const der = Buffer.from(AsnConvert.serialize(certificationRequestInfo))
  const request = new CertificationRequest({
    certificationRequestInfo,
    signatureAlgorithm: signatureIdentifier(key.spec),
    signature: await signDer(provider, key, der),
  })
  return new Uint8Array(AsnConvert.serialize(request))
}
