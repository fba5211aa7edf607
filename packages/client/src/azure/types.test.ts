import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CryptographyClient } from './cryptography-client.ts'
import type { KeyClient } from './key-client.ts'
import type { KeyVaultKey } from './key-models.ts'
import type { CertificateClient } from './certificate-client.ts'

// What must not compile. Nothing here runs: the compiler fails when a line has no error.

const octets = new Uint8Array()

async function wrongPairs(
  rsa: CryptographyClient<'RSA'>,
  curve: CryptographyClient<'P-256'>,
  oct: CryptographyClient<'oct'>,
  any: CryptographyClient,
): Promise<void> {
  await rsa.sign('RS256', octets)
  await curve.sign('ES256', octets)
  await oct.wrapKey('A256KW', octets)
  await any.sign('ES512', octets)
  await any.encrypt({ algorithm: 'A256CBC', plaintext: octets, iv: octets })
  // @ts-expect-error RSA makes no signatures of curves.
  await rsa.sign('ES256', octets)
  // @ts-expect-error P-256 is that of ES256 alone.
  await curve.sign('ES384', octets)
  // @ts-expect-error Curves do not encrypt.
  await curve.encrypt('RSA-OAEP', octets)
  // @ts-expect-error Curves do not wrap.
  await curve.wrapKey('A256KW', octets)
  // @ts-expect-error A symmetric key wraps by AES.
  await oct.wrapKey('RSA-OAEP', octets)
  // @ts-expect-error RSA encrypts no AES.
  await rsa.encrypt({ algorithm: 'A256GCM', plaintext: octets })
  // @ts-expect-error GCM makes its own iv.
  await oct.encrypt({ algorithm: 'A256GCM', plaintext: octets, iv: octets })
  // @ts-expect-error GCM is not decrypted without its tag.
  await oct.decrypt({ algorithm: 'A256GCM', ciphertext: octets, iv: octets })
  // @ts-expect-error There is no such algorithm.
  await any.sign('RS1024', octets)
}

async function wrongKeys(keys: KeyClient): Promise<void> {
  const rsa: KeyVaultKey<'RSA'> = await keys.createRsaKey('a', { keySize: 3072 })
  const p384: KeyVaultKey<'P-384'> = await keys.createEcKey('a', { curve: 'P-384' })
  const p256: KeyVaultKey<'P-256'> = await keys.createEcKey('a')
  // @ts-expect-error It is of another curve.
  const other: KeyVaultKey<'P-256'> = p384
  // @ts-expect-error RSA keys have no curve.
  await keys.createKey('a', 'RSA', { curve: 'P-256' })
  // @ts-expect-error Curves have no size.
  await keys.createKey('a', 'EC', { keySize: 2048 })
  // @ts-expect-error There are no RSA keys of 1024 bits.
  await keys.createRsaKey('a', { keySize: 1024 })
  // @ts-expect-error Curves do not encrypt.
  await keys.createEcKey('a', { keyOps: ['encrypt'] })
  void [rsa, p256, other]
}

async function wrongPolicies(certificates: CertificateClient): Promise<void> {
  await certificates.beginCreateCertificate('a', { issuerName: 'Self', subject: 'CN=a' })
  // @ts-expect-error A certificate is for somebody.
  await certificates.beginCreateCertificate('a', { issuerName: 'Self' })
}

describe('the types', () => {
  it('are held by the compiler', () => {
    for (const held of [wrongPairs, wrongKeys, wrongPolicies]) assert.equal(typeof held, 'function')
  })
})
