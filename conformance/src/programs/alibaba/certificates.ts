import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step, variable } from '../step.ts'
import { type Parameters, refused, text } from './generic-client.ts'
import { call } from './key-calls.ts'
import { publicEncryptAs, verifies } from './node-checks.ts'

// Certificates as the service had them, issued by an authority of the openssl command.

const Subject = 'CN=app.example.com,O=Example,OU=Tests,C=CN'
const message = Buffer.from(variable('CANARY'))
const Message = message.toString('base64')
const folder = mkdtempSync(join(tmpdir(), 'claviger-issued-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

function openssl(...args: readonly string[]): void {
  execFileSync(variable('OPENSSL'), args, { cwd: folder, stdio: 'pipe' })
}

const AUTHORITY = [
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:P-256',
  '-nodes',
  '-keyout',
  'ca.key',
]
openssl(
  'req',
  '-x509',
  ...AUTHORITY,
  '-out',
  'ca.pem',
  '-days',
  '30',
  '-subj',
  '/CN=Authority/O=Example/C=CN',
)

/** What the authority makes of a request. */
function issue(csr: string): string {
  writeFileSync(join(folder, 'csr.pem'), csr)
  const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30']
  openssl('x509', '-req', '-in', 'csr.pem', ...by, '-copy_extensions', 'copy', '-out', 'issued.pem')
  return readFileSync(join(folder, 'issued.pem'), 'utf8')
}

async function certificate(KeySpec: string, more: Parameters = {}): Promise<string> {
  const made = await call('CreateCertificate', { Subject, KeySpec, ...more })
  const CertificateId = text(made, 'CertificateId')
  const CertificateChain = readFileSync(join(folder, 'ca.pem'), 'utf8')
  await call('UploadCertificate', {
    CertificateId,
    Certificate: issue(text(made, 'Csr')),
    CertificateChain,
  })
  return CertificateId
}

await step('a certificate is asked for, issued, uploaded, described and got', async () => {
  const SubjectAlternativeNames = '["app.example.com","www.example.com"]'
  const CertificateId = await certificate('EC_P256', { SubjectAlternativeNames })
  const got = await call('GetCertificate', { CertificateId })
  const issued = new X509Certificate(text(got, 'Certificate'))
  assert.equal(issued.subjectAltName, 'DNS:app.example.com, DNS:www.example.com')
  const authority = new X509Certificate(text(got, 'CertificateChain'))
  assert.ok(issued.verify(authority.publicKey))
  const described = await call('DescribeCertificate', { CertificateId })
  assert.equal(described['Status'], 'ACTIVE')
  assert.equal(described['SignatureAlgorithm'], 'ECDSA-SHA256')
  assert.deepEqual(described['SubjectAlternativeNames'], ['app.example.com', 'www.example.com'])
  await call('DeleteCertificate', { CertificateId })
  await refused(call('GetCertificate', { CertificateId }), 'Certificate.NotFound', 404)
})

for (const [KeySpec, Algorithm] of [
  ['RSA_2048', 'RSA_PSS_SHA_256'],
  ['RSA_2048', 'RSA_PKCS1_SHA_256'],
  ['EC_P256', 'ECDSA_SHA_256'],
] as const) {
  await step(
    `CertificatePrivateKeySign and CertificatePublicKeyVerify with ${Algorithm}`,
    async () => {
      const CertificateId = await certificate(KeySpec)
      const { publicKey } = new X509Certificate(
        text(await call('GetCertificate', { CertificateId }), 'Certificate'),
      )
      const pem = publicKey.export({ type: 'spki', format: 'pem' })
      const digest = createHash('sha256').update(message).digest('base64')
      for (const sent of [{ Message }, { Message: digest, MessageType: 'DIGEST' }]) {
        const asked = { CertificateId, Algorithm, ...sent }
        const { SignatureValue } = await call('CertificatePrivateKeySign', asked)
        assert.ok(verifies(pem, Algorithm, message, Buffer.from(String(SignatureValue), 'base64')))
        const verified = async (more: Parameters): Promise<unknown> =>
          (await call('CertificatePublicKeyVerify', { ...asked, SignatureValue, ...more }))[
            'SignatureValid'
          ]
        assert.equal(await verified({}), true)
        assert.equal(
          await verified({ Message: createHash('sha256').update('x').digest('base64') }),
          false,
        )
      }
      await call('UpdateCertificateStatus', { CertificateId, Status: 'REVOKED' })
      const asked = { CertificateId, Algorithm, Message }
      await refused(call('CertificatePrivateKeySign', asked), 'UnsupportedOperation', 400)
    },
  )
}

for (const Algorithm of ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256']) {
  await step(
    `CertificatePublicKeyEncrypt and CertificatePrivateKeyDecrypt with ${Algorithm}`,
    async () => {
      const CertificateId = await certificate('RSA_2048')
      const { publicKey } = new X509Certificate(
        text(await call('GetCertificate', { CertificateId }), 'Certificate'),
      )
      const asked = { CertificateId, Algorithm }
      const { CiphertextBlob } = await call('CertificatePublicKeyEncrypt', {
        ...asked,
        Plaintext: Message,
      })
      const ours = publicEncryptAs(
        publicKey.export({ type: 'spki', format: 'pem' }),
        Algorithm,
        message,
      )
      for (const blob of [CiphertextBlob, ours.toString('base64')]) {
        const opened = await call('CertificatePrivateKeyDecrypt', {
          ...asked,
          CiphertextBlob: blob,
        })
        assert.equal(opened['Plaintext'], Message)
      }
    },
  )
}

await step('what is no certificate, or another key’s, is refused', async () => {
  const made = await call('CreateCertificate', { Subject, KeySpec: 'EC_P256' })
  const other = await call('CreateCertificate', { Subject, KeySpec: 'EC_P256' })
  const { CertificateId } = made
  for (const Certificate of ['nonsense', issue(text(other, 'Csr'))]) {
    await refused(
      call('UploadCertificate', { CertificateId, Certificate }),
      'InvalidParameter',
      400,
    )
  }
  const nobody = { CertificateId: '00000000-0000-4000-8000-000000000000' }
  await refused(call('DescribeCertificate', nobody), 'Certificate.NotFound', 404)
  for (const wrong of [
    { Subject: 'CN=only' },
    { KeySpec: 'RSA_1024' },
    { SubjectAlternativeNames: 'x' },
  ]) {
    const asked = call('CreateCertificate', { Subject, KeySpec: 'EC_P256', ...wrong })
    await refused(asked, 'InvalidParameter', 400)
  }
})

console.log('done')
