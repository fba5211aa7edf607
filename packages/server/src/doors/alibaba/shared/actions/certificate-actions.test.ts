import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { describe, test } from 'node:test'
import { pemOf } from '@claviger/vault'
import { certificateUnderTest, SUBJECT } from '../certificate-under-test.ts'

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const NOBODY = '00000000-0000-4000-8000-000000000000'

describe('certificates', () => {
  for (const [KeySpec, algorithm] of [
    ['RSA_2048', 'RSA2048-SHA256'],
    ['EC_P256', 'ECDSA-SHA256'],
    ['EC_SM2', 'SM2-SM3'],
  ] as const) {
    test(`of ${KeySpec} are asked for, uploaded, disabled, revoked and deleted`, async () => {
      const { call, request, answerTo, authority } = await certificateUnderTest()
      const names = { SubjectAlternativeNames: '["app.example.com","*.app.example.com"]' }
      const { id: CertificateId, csr } = await request({ KeySpec, ...names })
      assert.match(CertificateId, UUID)
      assert.match(csr, /^-----BEGIN CERTIFICATE REQUEST-----\n[^]+ REQUEST-----\n$/)
      const waiting = (await call('DescribeCertificate', { CertificateId })).body
      const arn = new RegExp(`^acs:kms:cn-hangzhou:\\d{16}:certificate/${CertificateId}$`)
      assert.match(waiting.Arn, arn)
      const { Status, SignatureAlgorithm, Subject, Serial } = waiting
      assert.deepEqual([Status, waiting.KeySpec, Serial], ['PENDING', KeySpec, ''])
      assert.deepEqual([SignatureAlgorithm, Subject], [algorithm, SUBJECT])
      assert.deepEqual(waiting.SubjectAlternativeNames, ['app.example.com', '*.app.example.com'])
      assert.deepEqual((await call('GetCertificate', { CertificateId })).body.Certificate, '')

      const Certificate = answerTo(csr)
      const CertificateChain = pemOf('CERTIFICATE', authority.certificate)
      const answer = { CertificateId, Certificate, CertificateChain }
      const uploaded = await call('UploadCertificate', answer)
      assert.equal(uploaded.status, 200)
      const got = (await call('GetCertificate', { CertificateId })).body
      assert.deepEqual(
        [got.CertificateId, got.Certificate, got.CertificateChain, got.Csr],
        [CertificateId, Certificate, CertificateChain, csr],
      )

      const issued = new X509Certificate(Certificate)
      const shown = (await call('DescribeCertificate', { CertificateId })).body
      assert.deepEqual([shown.Status, shown.KeySpec, shown.Subject], ['ACTIVE', KeySpec, SUBJECT])
      assert.equal(shown.Issuer, 'CN=Authority,O=Example,C=CN')
      assert.equal(shown.Serial, issued.serialNumber)
      assert.equal(shown.SubjectPublicKey, waiting.SubjectPublicKey)
      assert.equal(shown.SubjectPublicKey, issued.publicKey.export({ type: 'spki', format: 'pem' }))
      assert.match(shown.SubjectKeyIdentifier, /^(?:[0-9A-F]{2} ){19}[0-9A-F]{2}$/)
      assert.equal(Date.parse(shown.NotAfter), issued.validToDate.getTime())
      assert.deepEqual([shown.ExportablePrivateKey, shown.Tags], [true, {}])

      const become = async (Status: string) =>
        (await call('UpdateCertificateStatus', { CertificateId, Status })).body.Code
      const status = async () => (await call('DescribeCertificate', { CertificateId })).body.Status
      for (const wanted of ['INACTIVE', 'INACTIVE', 'ACTIVE', 'REVOKED', 'REVOKED']) {
        assert.equal(await become(wanted), undefined)
        assert.equal(await status(), wanted)
      }
      assert.equal(await become('ACTIVE'), 'Rejected.StateModifiedFailed')
      assert.equal(await status(), 'REVOKED')
      assert.equal((await call('DeleteCertificate', { CertificateId })).status, 200)
      const gone = await call('DescribeCertificate', { CertificateId })
      assert.deepEqual([gone.status, gone.body.Code], [404, 'Certificate.NotFound'])
    })
  }

  test('keep the key inside when it is not to leave', async () => {
    const { call, issue, memory } = await certificateUnderTest()
    const CertificateId = await issue({ ExportablePrivateKey: false })
    const { body } = await call('DescribeCertificate', { CertificateId })
    assert.equal(body.ExportablePrivateKey, false)
    const secret = { vault: 'default', name: `cert-${CertificateId}` }
    const { value } = await memory.vault.secrets.get(memory.identity, { secret })
    const file = Buffer.from(Buffer.from(value.reveal()).toString(), 'base64')
    assert.ok(file.length > 0 && file.length < 1500, 'a PKCS #12 file without a key')
  })

  test('that were made over another wire are known by their names', async () => {
    const { call, memory } = await certificateUnderTest()
    await memory.vault.certificates.create(memory.identity, {
      certificate: { vault: 'default', name: 'web-site' },
      policy: {
        subject: 'CN=example.com',
        keyType: 'RSA',
        keyBits: 3072,
        issuer: { name: 'Self' },
      },
    })
    const { body } = await call('DescribeCertificate', { CertificateId: 'web-site' })
    assert.deepEqual(
      [body.CertificateId, body.Status, body.KeySpec, body.Subject, body.SignatureAlgorithm],
      ['web-site', 'ACTIVE', 'RSA_3072', 'CN=example.com', 'RSA3072-SHA256'],
    )
    const got = (await call('GetCertificate', { CertificateId: 'web-site' })).body
    assert.equal(got.CertificateChain, '')
    assert.match(got.Csr, /CERTIFICATE REQUEST/)
  })

  test('are asked for with a subject that has what the service demands', async () => {
    const { call } = await certificateUnderTest()
    const subjects = [
      'CN=app.example.com',
      'CN=a,OU=b,O=c',
      'nonsense',
      'CN=a,OU=b,O=c,C=China',
      'CN=,OU=b,O=c,C=CN',
      `CN=${'a'.repeat(1000)},OU=b,O=c,C=CN`,
      'CN=a\\,OU=b\\,O=c\\,C=CN',
    ]
    for (const Subject of subjects) {
      const { status, body } = await call('CreateCertificate', { Subject, KeySpec: 'EC_P256' })
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], Subject)
      assert.match(body.Message, /Subject/)
    }
    const quoted = { Subject: 'C=CN;O="Example, Ltd";OU=b+CN=a', KeySpec: 'EC_P256' }
    const { CertificateId } = (await call('CreateCertificate', quoted)).body
    const { body } = await call('DescribeCertificate', { CertificateId })
    assert.equal(body.Subject, 'C=CN,O=Example\\, Ltd,OU=b+CN=a')
  })

  test('are asked for with names and kinds of keys that there are', async () => {
    const { call } = await certificateUnderTest()
    const eleven = JSON.stringify(Array(11).fill('a.example'))
    const refusals = [
      ['KeySpec', { KeySpec: 'RSA_4096' }],
      ['KeySpec', { KeySpec: 'constructor' }],
      ['SubjectAlternativeNames', { SubjectAlternativeNames: '["not a name"]' }],
      ['SubjectAlternativeNames', { SubjectAlternativeNames: '{"a":1}' }],
      ['SubjectAlternativeNames', { SubjectAlternativeNames: eleven }],
      ['ExportablePrivateKey', { ExportablePrivateKey: 'maybe' }],
    ] as const
    for (const [parameter, parameters] of refusals) {
      const asked = { Subject: SUBJECT, KeySpec: 'EC_P256', ...parameters }
      const { status, body } = await call('CreateCertificate', asked)
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], JSON.stringify(parameters))
      assert.match(body.Message, new RegExp(parameter))
    }
    const { body } = await call('CreateCertificate', { KeySpec: 'EC_P256' })
    assert.equal(body.Code, 'MissingParameter')
  })

  test('are uploaded for their own request, once, and in PEM', async () => {
    const { call, request, answerTo, authority } = await certificateUnderTest()
    const [one, other] = [await request(), await request()]
    const own = { CertificateId: one.id, Certificate: answerTo(one.csr) }
    const upload = (parameters: Readonly<Record<string, string>>) =>
      call('UploadCertificate', { ...own, ...parameters })
    const ca = pemOf('CERTIFICATE', authority.certificate)
    const bad = [
      { Certificate: answerTo(other.csr) },
      { Certificate: ca },
      { Certificate: 'nonsense' },
      { Certificate: one.csr },
      { Certificate: `${answerTo(one.csr)}${ca}` },
      { Certificate: pemOf('CERTIFICATE', new Uint8Array(3)) },
      { CertificateChain: 'nonsense' },
      { CertificateChain: pemOf('CERTIFICATE', new Uint8Array(3)) },
    ]
    for (const parameters of bad) {
      const { status, body } = await upload(parameters)
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], JSON.stringify(parameters))
      assert.match(body.Message, /Certificate/)
    }
    const wrong = await upload({ CertificateId: NOBODY })
    assert.deepEqual([wrong.status, wrong.body.Code], [404, 'Certificate.NotFound'])
    const { id: CertificateId } = one
    const early = await call('UpdateCertificateStatus', { CertificateId, Status: 'INACTIVE' })
    assert.equal(early.body.Code, 'Rejected.StateModifiedFailed')
    assert.equal((await upload({})).status, 200)
    assert.equal((await upload({})).body.Code, 'Rejected.UnsupportedOperation')
  })

  test('have the three statuses that can be set', async () => {
    const { call, issue } = await certificateUnderTest()
    const CertificateId = await issue()
    for (const Status of ['PENDING', 'active', 'nonsense']) {
      const { status, body } = await call('UpdateCertificateStatus', { CertificateId, Status })
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], Status)
      assert.match(body.Message, /Status/)
    }
  })

  for (const [action, parameters] of [
    ['GetCertificate', {}],
    ['DescribeCertificate', {}],
    ['UpdateCertificateStatus', { Status: 'ACTIVE' }],
    ['DeleteCertificate', {}],
  ] as const) {
    test(`${action} wants one that there is, and the right to it`, async () => {
      const { call, issue, memory } = await certificateUnderTest()
      const CertificateId = await issue()
      const before = (await memory.audit()).length
      const ids = [NOBODY, 'no name', '../x', 'a'.repeat(30_000), '世界', 'none']
      for (const id of ids) {
        const { status, body } = await call(action, { ...parameters, CertificateId: id })
        assert.deepEqual([status, body.Code], [404, 'Certificate.NotFound'], id.slice(0, 50))
      }
      const denied = await call(action, { ...parameters, CertificateId }, 'stranger')
      assert.deepEqual([denied.status, denied.body.Code], [403, 'Forbidden.NoPermission'])
      assert.equal((await memory.audit()).length, before + ids.length + 1)
    })
  }
})
