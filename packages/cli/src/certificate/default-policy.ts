import type { JsonRecord } from '../output/json-value.ts'

// What `az keyvault certificate get-default-policy` gives, so that what is written for it works here.

const KEY_USAGE = [
  'cRLSign',
  'dataEncipherment',
  'digitalSignature',
  'keyEncipherment',
  'keyAgreement',
  'keyCertSign',
]

const RENEWAL = [{ action: { actionType: 'AutoRenew' }, trigger: { daysBeforeExpiry: 90 } }]

/** A policy by which a certificate can be created as it is, signed by its own key. */
export const defaultPolicy: JsonRecord = {
  issuerParameters: { certificateTransparency: null, name: 'Self' },
  keyProperties: { curve: null, exportable: true, keySize: 2048, keyType: 'RSA', reuseKey: true },
  lifetimeActions: RENEWAL,
  secretProperties: { contentType: 'application/x-pkcs12' },
  x509CertificateProperties: {
    keyUsage: KEY_USAGE,
    subject: 'CN=CLIGetDefaultPolicy',
    validityInMonths: 12,
  },
}

/** A policy with all its members, to be filled in. */
export const scaffoldPolicy: JsonRecord = {
  issuerParameters: {
    certificateTransparency: null,
    certificateType: null,
    name: 'Self, Unknown, or the name of an issuer',
  },
  keyProperties: { curve: null, exportable: true, keySize: 2048, keyType: 'RSA', reuseKey: true },
  lifetimeActions: RENEWAL,
  secretProperties: { contentType: 'application/x-pkcs12, or application/x-pem-file' },
  x509CertificateProperties: {
    ekus: ['1.3.6.1.5.5.7.3.1'],
    keyUsage: KEY_USAGE,
    subject: 'C=US, ST=WA, L=Redmond, O=Contoso, OU=Contoso HR, CN=www.contoso.com',
    subjectAlternativeNames: {
      dnsNames: ['hr.contoso.com', 'm.contoso.com'],
      emails: ['hello@contoso.com'],
      upns: [],
    },
    validityInMonths: 24,
  },
}
