import type { ActionTable } from './action-row.ts'
import { defaulted, optional, required } from './parameter.ts'

const CERTIFICATE_ID = { CertificateId: required('text') } as const
const WITH_CERTIFICATE = { ...CERTIFICATE_ID, Algorithm: required('text') } as const

const MESSAGE = {
  MessageType: defaulted('text', 'RAW'),
  Message: required('base64', { confidential: true }),
} as const

export const CERTIFICATE_ACTIONS = {
  CreateCertificate: {
    parameters: {
      Subject: required('text', { longest: 1024 }),
      KeySpec: required('text'),
      SubjectAlternativeNames: optional('strings', { most: 10 }),
      ExportablePrivateKey: defaulted('boolean', true),
    },
    legacy: true,
  },
  UploadCertificate: {
    parameters: {
      ...CERTIFICATE_ID,
      Certificate: required('text'),
      CertificateChain: optional('text'),
    },
    legacy: true,
  },
  GetCertificate: { parameters: CERTIFICATE_ID, legacy: true },
  DescribeCertificate: { parameters: CERTIFICATE_ID, legacy: true },
  UpdateCertificateStatus: {
    parameters: { ...CERTIFICATE_ID, Status: required('text') },
    legacy: true,
  },
  DeleteCertificate: { parameters: CERTIFICATE_ID, legacy: true },
  CertificatePrivateKeySign: { parameters: { ...WITH_CERTIFICATE, ...MESSAGE }, legacy: true },
  CertificatePublicKeyVerify: {
    parameters: { ...WITH_CERTIFICATE, ...MESSAGE, SignatureValue: required('base64') },
    legacy: true,
  },
  CertificatePublicKeyEncrypt: {
    parameters: { ...WITH_CERTIFICATE, Plaintext: required('base64', { confidential: true }) },
    legacy: true,
  },
  CertificatePrivateKeyDecrypt: {
    parameters: { ...WITH_CERTIFICATE, CiphertextBlob: required('base64') },
    legacy: true,
  },
} as const satisfies ActionTable
