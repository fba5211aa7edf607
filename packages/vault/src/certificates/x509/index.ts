// What the operations use of X.509. They load it when they need it (`load-x509.ts`), because the
// libraries behind it would lengthen every start.
export { certificateRequest } from './certificate-request.ts'
export { readPem, writePem } from './pem.ts'
export { publicKeyDer } from './public-key-info.ts'
export {
  inChainOrder,
  propertiesOf,
  readCertificate,
  type ReadCertificate,
} from './read-certificate.ts'
export { readPkcs12 } from './read-pkcs12.ts'
export { selfSignedCertificate } from './self-signed-certificate.ts'
export { subjectName } from './subject-name.ts'
export { writePkcs12 } from './write-pkcs12.ts'
