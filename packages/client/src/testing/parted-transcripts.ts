// The transcript of a client with many methods stands in several files. The first has a case for
// every method but these, the others for all of these, so a new method has to have one somewhere.

/** Of `KeyClient`: in `transcript-key-policies.test.ts`. */
export const OF_KEY_POLICIES = [
  'getKeyAttestation',
  'getRandomBytes',
  'releaseKey',
  'getKeyRotationPolicy',
  'updateKeyRotationPolicy',
] as const

/** Of `CertificateClient`: in `transcript-making-certificates.test.ts`. */
export const OF_MAKING = [
  'beginCreateCertificate',
  'getCertificateOperation',
  'deleteCertificateOperation',
  'mergeCertificate',
] as const

/** Of `CertificateClient`: in `transcript-issuers.test.ts`. */
export const OF_ISSUERS = [
  'getContacts',
  'setContacts',
  'deleteContacts',
  'listPropertiesOfIssuers',
  'createIssuer',
  'updateIssuer',
  'getIssuer',
  'deleteIssuer',
] as const
