import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault } from '../fault.ts'
import { selfSignedCertificate } from '../testing/self-signed-certificate.ts'
import { certificateCredential } from './certificate-credential.ts'

const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const now = 1_767_225_600

function credentialOf(certificate: Uint8Array) {
  return certificateCredential({ displayName: 'test', now, certificate })
}

function refuses(certificate: Uint8Array, reason: RegExp): void {
  assert.throws(
    () => credentialOf(certificate),
    (thrown) =>
      thrown instanceof Fault &&
      thrown.code === 'InvalidInput' &&
      reason.test(JSON.stringify(thrown.detail)),
  )
}

test('DER and PEM give the same thumbprints, and the end is the certificate’s', () => {
  const der = selfSignedCertificate(EC, { notAfter: '20300101000000Z' })
  const one = credentialOf(der)
  const two = credentialOf(Buffer.from(new X509Certificate(der).toString()))
  assert.equal(one.x5t, two.x5t)
  assert.equal(one.x5tS256, two.x5tS256)
  assert.equal(one.expiresAt, Date.UTC(2030, 0, 1) / 1000)
  assert.equal(
    Buffer.from(one.x5t, 'base64url').toString('hex').toUpperCase(),
    new X509Certificate(der).fingerprint.replaceAll(':', ''),
  )
})

test('an expired certificate, a weak key and another curve are refused', () => {
  refuses(selfSignedCertificate(EC, { notAfter: '20250101000000Z' }), /expired/)
  refuses(selfSignedCertificate(generateKeyPairSync('rsa', { modulusLength: 1024 })), /2048/)
  refuses(selfSignedCertificate(generateKeyPairSync('ec', { namedCurve: 'P-384' })), /P-256/)
})

test('a private key beside the certificate is refused', () => {
  const pem = new X509Certificate(selfSignedCertificate(EC)).toString()
  refuses(
    Buffer.from(`${pem}${EC.privateKey.export({ type: 'pkcs8', format: 'pem' })}`),
    /private key/,
  )
})

test('anything else is refused and nothing else is thrown', () => {
  refuses(Buffer.alloc(0), /not a certificate/)
  refuses(Buffer.alloc(20_000), /bytes at most/)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => refuses(bytes, /certificate/)),
  )
})
