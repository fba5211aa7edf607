import { VAULT_URL } from './fake-vault.ts'
import { times, version, wireTimes } from './recorded-attributes.ts'

const id = `${VAULT_URL}/certificates/c/${version}`
const keyId = `${VAULT_URL}/keys/c/${version}`
const secretId = `${VAULT_URL}/secrets/c/${version}`

/** The policy of a certificate on the wire. */
export const wirePolicy = {
  id: `${VAULT_URL}/certificates/c/policy`,
  key_props: { exportable: true, kty: 'RSA', key_size: 2048, reuse_key: false },
  secret_props: { contentType: 'application/x-pkcs12' },
  x509_props: {
    subject: 'CN=c.example',
    sans: {},
    ekus: ['1.3.6.1.5.5.7.3.1'],
    key_usage: ['digitalSignature'],
    validity_months: 12,
    basic_constraints: { ca: false },
  },
  lifetime_actions: [
    { trigger: { lifetime_percentage: 80 }, action: { action_type: 'AutoRenew' } },
  ],
  issuer: { name: 'Self' },
  attributes: { enabled: true, created: 1700000000, updated: 1700000001 },
} as const

/** What the client makes of it. */
export const policy = {
  issuerName: 'Self',
  contentType: 'application/x-pkcs12',
  enabled: true,
  exportable: true,
  keySize: 2048,
  keyType: 'RSA',
  reuseKey: false,
  enhancedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  keyUsage: ['digitalSignature'],
  validityInMonths: 12,
  subject: 'CN=c.example',
  lifetimeActions: [{ action: 'AutoRenew', lifetimePercentage: 80 }],
} as const

/** A certificate on the wire. */
export const wireCertificate = {
  id,
  kid: keyId,
  sid: secretId,
  x5t: '-_8',
  cer: '+/8=',
  attributes: wireTimes,
  tags: { a: 'b' },
  preserveCertOrder: false,
  policy: wirePolicy,
} as const

/** What the client makes of it. */
export const certificate = {
  name: 'c',
  id,
  keyId,
  secretId,
  cer: Uint8Array.of(0xfb, 0xff),
  policy,
  properties: {
    id,
    name: 'c',
    vaultUrl: VAULT_URL,
    version,
    tags: { a: 'b' },
    ...times,
    x509Thumbprint: Uint8Array.of(0xfb, 0xff),
    x509ThumbprintString: 'fbff',
    preserveCertificateOrder: false,
  },
} as const
