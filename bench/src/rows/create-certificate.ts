import { generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { PolicyInput } from '@claviger/vault'
import { API_VERSION } from './api-version.ts'
import { PATHS } from './paths.ts'
import type { Row } from './row.ts'

const generate = promisify(generateKeyPair)
/** Each has a key that is really made. */
const SAMPLES = 8
/** As long as the part of such a certificate that is signed, names and extensions among it. */
const SIGNED = Buffer.alloc(480, 'what a certificate says of its subject and of its key')
const SUBJECT = 'CN=example.com'
const SELF = { name: 'Self' }

interface Form {
  readonly name: string
  /** As it is sent, and as the operation takes it. */
  readonly keyProperties: Readonly<Record<string, unknown>>
  readonly key: PolicyInput
  readonly makeKey: () => Promise<{ readonly privateKey: KeyObject }>
}

/** A certificate of its own key: 202 with its request, done by the time of the answer. */
function certificateRow({ name, keyProperties, key, makeKey }: Form): Row {
  // A certificate brings a key and a secret of its name, so it cannot take that of a secret.
  const named = (secret: string): string => `${name}-${secret}`
  const policy = {
    key_props: keyProperties,
    x509_props: { subject: SUBJECT },
    issuer: SELF,
  }
  return {
    name,
    target: 0.7,
    samples: SAMPLES,
    request: ({ names }) => ({
      method: 'POST',
      paths: names
        .sample(PATHS)
        .map((secret) => `/certificates/${named(secret)}/create?${API_VERSION}`),
      body: JSON.stringify({ policy }),
      status: 202,
    }),
    perform: (vault, call, secret) =>
      vault.certificates.create(call, {
        certificate: { vault: 'default', name: named(secret) },
        policy: { ...key, subject: SUBJECT, issuer: SELF },
      }),
    // One signature, that of the certificate; the request in the answer has another.
    operation: async () => async () => sign('sha256', SIGNED, (await makeKey()).privateKey),
  }
}

/** RSA of 2048 bits; the load takes every ready key within a moment, so none is. */
export const createCertificateRsa2048 = certificateRow({
  name: 'create-certificate-rsa-2048',
  keyProperties: { kty: 'RSA', key_size: 2048 },
  key: { keyType: 'RSA', keyBits: 2048 },
  makeKey: () => generate('rsa', { modulusLength: 2048 }),
})

/** EC on P-256. */
export const createCertificateP256 = certificateRow({
  name: 'create-certificate-p256',
  keyProperties: { kty: 'EC', crv: 'P-256' },
  key: { keyType: 'EC', curve: 'P-256' },
  makeKey: () => generate('ec', { namedCurve: 'P-256' }),
})
