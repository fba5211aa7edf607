import { randomBytes } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate, TBSCertificate, Validity, Version, type Name } from '@peculiar/asn1-x509'
import type { PublicKey } from '../../crypto/key-spec.ts'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import type { EpochSeconds } from '../../time.ts'
import type { X509Properties } from '../certificate-policy.ts'
import { certificateExtensions, type Publication } from './certificate-extensions.ts'
import { keyIdentifier, publicKeyInfo } from './public-key-info.ts'
import { signatureIdentifier, signDer } from './signature-scheme.ts'
import { subjectName } from './subject-name.ts'

/** Who signs a certificate. */
export interface CertificateSigner {
  readonly name: Name
  /** What certificates by this signer call its key. */
  readonly keyId: ArrayBuffer
  readonly key: KeyHandle
}

export interface SignedCertificateInput {
  readonly properties: X509Properties
  readonly publicKey: PublicKey
  readonly notBefore: EpochSeconds
  readonly notAfter: EpochSeconds
  /** The key's own when the certificate is self-signed. */
  readonly signer: CertificateSigner
  readonly publication?: Publication
}

/** A certificate that was just made. */
export interface SignedCertificate {
  readonly der: Uint8Array
  /** 40 lower-case hexadecimal digits. */
  readonly serial: string
}

/**
 * Makes a certificate that the signer's key signs, by the provider.
 * @throws Fault InvalidInput for a subject that is no name.
 */
export async function signedCertificate(
  provider: Pick<Provider, 'sign'>,
  { properties, publicKey, notBefore, notAfter, signer, publication }: SignedCertificateInput,
): Promise<SignedCertificate> {
  const subjectPublicKeyInfo = publicKeyInfo(publicKey)
  const serial = serialNumber()
  const signature = signatureIdentifier(signer.key.spec)
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serial.buffer,
    signature,
    issuer: signer.name,
    validity: new Validity({ notBefore: at(notBefore), notAfter: at(notAfter) }),
    subject: subjectName(properties.subject),
    subjectPublicKeyInfo,
    extensions: certificateExtensions(properties, {
      subjectKeyId: keyIdentifier(subjectPublicKeyInfo),
      authorityKeyId: signer.keyId,
      ...(publication && { publication }),
    }),
  })
  const signed = Buffer.from(AsnConvert.serialize(tbsCertificate))
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm: signature,
    signatureValue: await signDer(provider, signer.key, signed),
  })
  return { der: new Uint8Array(AsnConvert.serialize(certificate)), serial: serial.toHex() }
}

function at(time: EpochSeconds): Date {
  return new Date(time * 1000)
}

/** 20 octets, positive, unpredictable: RFC 5280 §4.1.2.2. */
function serialNumber(): Uint8Array<ArrayBuffer> {
  const octets = Uint8Array.from(randomBytes(20))
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40
  return octets
}
