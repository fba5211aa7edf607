// What the operations use of X.509. They load it when they need it (`load-x509.ts`), because the
// libraries behind it would lengthen every start.
export { readAuthorityCertificate, type AuthorityCertificate } from './authority-certificate.ts'
export type { Publication } from './certificate-extensions.ts'
export { certificateRequest } from './certificate-request.ts'
export { escapedText } from './escaped-text.ts'
export { readOcspRequest, type OcspQuestion } from './ocsp-request.ts'
export { ocspRefusal, ocspResponse } from './ocsp-response.ts'
export { readPem } from './pem.ts'
export {
  inChainOrder,
  propertiesOf,
  readCertificate,
  type ReadCertificate,
} from './read-certificate.ts'
export { readPkcs12 } from './read-pkcs12.ts'
export { revocationList } from './revocation-list.ts'
export { selfSignedCertificate } from './self-signed-certificate.ts'
export { signedCertificate, type CertificateSigner } from './signed-certificate.ts'
export { subjectKeyIdentifier } from './subject-key-identifier.ts'
export { subjectName } from './subject-name.ts'
export { writeOlderPkcs12 } from './write-older-pkcs12.ts'
export { writePkcs12 } from './write-pkcs12.ts'
