import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { CertificationRequest } from '@peculiar/asn1-csr'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  Extensions,
  id_ce_basicConstraints,
  Name,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import { parseName } from '../certificates/x509/distinguished-name.ts'

const ALGORITHM = new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' })
const YEAR_MS = 365 * 86_400_000

/** An authority for tests, with a certificate of its own. */
export interface TestAuthority {
  /** DER. */
  readonly certificate: Uint8Array
  /** Issues what a request asks for. @param from milliseconds since 1970. @returns DER. */
  issue(request: Uint8Array, from: number, to?: number): Uint8Array
}

/** Makes an authority. @param from milliseconds since 1970, from which on it is valid. */
export function testAuthority(name: string, from: number): TestAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const info = AsnConvert.parse(
    Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })),
    SubjectPublicKeyInfo,
  )
  const issuer = parseName(name)
  if (!(issuer instanceof Name)) throw new TypeError('the name of an authority is no name')
  const signed = (
    subject: Name,
    key: SubjectPublicKeyInfo,
    begin: number,
    end: number,
    cA: boolean,
  ): Uint8Array => {
    const serial = Uint8Array.from(randomBytes(16))
    serial[0] = 1
    const constraints = AsnConvert.serialize(new BasicConstraints({ cA }))
    const tbs = new TBSCertificate({
      version: Version.v3,
      serialNumber: serial.buffer,
      signature: ALGORITHM,
      issuer,
      subject,
      validity: new Validity({ notBefore: new Date(begin), notAfter: new Date(end) }),
      subjectPublicKeyInfo: key,
      extensions: new Extensions([
        new Extension({
          extnID: id_ce_basicConstraints,
          critical: true,
          extnValue: new OctetString(constraints),
        }),
      ]),
    })
    const signature = sign('sha256', Buffer.from(AsnConvert.serialize(tbs)), privateKey)
    const certificate = new Certificate({
      tbsCertificate: tbs,
      signatureAlgorithm: ALGORITHM,
      signatureValue: Uint8Array.from(signature).buffer,
    })
    return new Uint8Array(AsnConvert.serialize(certificate))
  }
  return {
    certificate: signed(issuer, info, from, from + YEAR_MS, true),
    issue(request, begin, end = begin + YEAR_MS) {
      const { certificationRequestInfo: asked } = AsnConvert.parse(
        Uint8Array.from(request),
        CertificationRequest,
      )
      return signed(asked.subject, asked.subjectPKInfo, begin, end, false)
    },
  }
}

/** The answer of an authority of its own to a request. @param from milliseconds since 1970. */
export function issueForRequest(request: Uint8Array, from: number): Uint8Array {
  const name = `CN=authority ${createHash('sha256').update(request).digest('hex').slice(0, 8)}`
  return testAuthority(name, from).issue(request, from)
}
