import { randomBytes } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate, TBSCertificate, Validity, Version } from '@peculiar/asn1-x509'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import type { EpochSeconds } from '../../time.ts'
import type { X509Properties } from '../certificate-policy.ts'
import { certificateExtensions } from './certificate-extensions.ts'
import { keyIdentifier, publicKeyInfo } from './public-key-info.ts'
import { signatureIdentifier, signDer } from './signature-scheme.ts'
import { subjectName } from './subject-name.ts'

export interface SelfSignedInput {
  readonly properties: X509Properties
  readonly key: KeyHandle
  readonly notBefore: EpochSeconds
  readonly notAfter: EpochSeconds
}

/**
 * Makes a certificate that the key itself signs, by the provider.
 * @returns DER.
 * @throws Fault InvalidInput for a subject that is no name.
 */
export async function selfSignedCertificate(
  provider: Pick<Provider, 'sign'>,
  { properties, key, notBefore, notAfter }: SelfSignedInput,
): Promise<Uint8Array> {
  if (key.publicKey === undefined) throw new TypeError('a certificate needs a public key')
  const info = publicKeyInfo(key.publicKey)
  const id = keyIdentifier(info)
  const name = subjectName(properties.subject)
  const algorithm = signatureIdentifier(key.spec)
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: algorithm,
    issuer: name,
    validity: new Validity({ notBefore: at(notBefore), notAfter: at(notAfter) }),
    subject: name,
    subjectPublicKeyInfo: info,
    extensions: certificateExtensions(properties, id, id),
  })
  const signatureValue = await signDer(provider, key, Buffer.from(AsnConvert.serialize(tbs)))
  const certificate = new Certificate({
    tbsCertificate: tbs,
    signatureAlgorithm: algorithm,
    signatureValue,
  })
  return new Uint8Array(AsnConvert.serialize(certificate))
}

function at(time: EpochSeconds): Date {
  return new Date(time * 1000)
}

/** 20 octets, positive, unpredictable: RFC 5280 §4.1.2.2. */
function serialNumber(): ArrayBuffer {
  const octets = Uint8Array.from(randomBytes(20))
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40
  return octets.buffer
}
