import assert from 'node:assert/strict'
import {
  constants,
  createHash,
  createPublicKey,
  createVerify,
  publicEncrypt,
  type KeyObject,
} from 'node:crypto'
import { describe, test } from 'node:test'
import { certificateUnderTest, type CertificateUnderTest } from '../certificate-under-test.ts'

const MESSAGE = Buffer.from('what is signed')
const Message = MESSAGE.toString('base64')
const digest = createHash('sha256').update(MESSAGE).digest()
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }

async function publicKeyOf(
  { call }: CertificateUnderTest,
  CertificateId: string,
): Promise<KeyObject> {
  const { body } = await call('DescribeCertificate', { CertificateId })
  return createPublicKey(body.SubjectPublicKey)
}

describe('the key of a certificate', () => {
  for (const [KeySpec, Algorithm, padding] of [
    ['RSA_2048', 'RSA_PKCS1_SHA_256', {}],
    ['RSA_2048', 'RSA_PSS_SHA_256', pss],
    ['EC_P256', 'ECDSA_SHA_256', {}],
  ] as const) {
    test(`signs by ${Algorithm} what others verify, as a message or as its digest`, async () => {
      const world = await certificateUnderTest()
      const { call, issue } = world
      const CertificateId = await issue({ KeySpec })
      const key = await publicKeyOf(world, CertificateId)
      const said = [
        { Message },
        { Message, MessageType: 'RAW' },
        { Message: digest.toString('base64'), MessageType: 'DIGEST' },
      ]
      for (const message of said) {
        const asked = { CertificateId, Algorithm, ...message }
        const { status, body } = await call('CertificatePrivateKeySign', asked)
        assert.deepEqual([status, body.CertificateId], [200, CertificateId])
        const signature = Buffer.from(body.SignatureValue, 'base64')
        assert.ok(createVerify('sha256').update(MESSAGE).verify({ key, ...padding }, signature))
        const check = { ...asked, SignatureValue: body.SignatureValue }
        assert.equal((await call('CertificatePublicKeyVerify', check)).body.SignatureValid, true)
      }
    })
  }

  test('signs by SM2DSA over the identity of who signs, and checks what it is given', async () => {
    const { call, issue } = await certificateUnderTest()
    const CertificateId = await issue({ KeySpec: 'EC_SM2' })
    const asked = { CertificateId, Algorithm: 'SM2DSA', Message }
    const { SignatureValue } = (await call('CertificatePrivateKeySign', asked)).body
    assert.equal(Buffer.from(SignatureValue, 'base64')[0], 0x30)
    const valid = async (parameters: Readonly<Record<string, string>>): Promise<unknown> =>
      (await call('CertificatePublicKeyVerify', { ...asked, SignatureValue, ...parameters })).body
        .SignatureValid
    assert.equal(await valid({}), true)
    assert.equal(await valid({ Message: digest.toString('base64') }), false)
    assert.equal(await valid({ Message: digest.toString('base64'), MessageType: 'DIGEST' }), false)
    assert.equal(await valid({ SignatureValue: 'AAAA' }), false)
    assert.equal(await valid({ SignatureValue: `${SignatureValue.slice(0, -4)}AAAA` }), false)
  })

  for (const [KeySpec, Algorithm, longest] of [
    ['RSA_2048', 'RSAES_OAEP_SHA_256', 190],
    ['RSA_2048', 'RSAES_OAEP_SHA_1', 214],
    ['EC_SM2', 'SM2PKE', 6047],
  ] as const) {
    test(`opens what was encrypted by ${Algorithm}, up to ${longest} octets`, async () => {
      const { call, issue } = await certificateUnderTest()
      const CertificateId = await issue({ KeySpec })
      const encrypt = (bytes: number) => {
        const Plaintext = Buffer.alloc(bytes, 7).toString('base64')
        return call('CertificatePublicKeyEncrypt', { CertificateId, Algorithm, Plaintext })
      }
      const { status, body } = await encrypt(longest)
      assert.deepEqual([status, body.CertificateId], [200, CertificateId])
      const { CiphertextBlob } = body
      const open = (blob: string) =>
        call('CertificatePrivateKeyDecrypt', { CertificateId, Algorithm, CiphertextBlob: blob })
      const opened = await open(CiphertextBlob)
      assert.equal(opened.body.Plaintext, Buffer.alloc(longest, 7).toString('base64'))
      const long = await encrypt(longest + 1)
      assert.deepEqual([long.status, long.body.Code], [400, 'InvalidParameter'])
      assert.match(long.body.Message, /Plaintext/)
      for (const wrong of ['AAAA', `${CiphertextBlob.slice(0, -8)}AAAAAAAA`]) {
        const { status: refused, body: { Code } } = await open(wrong)
        assert.deepEqual([refused, Code], [400, 'InvalidParameter'])
      }
    })
  }

  test('opens what others have encrypted with the public half', async () => {
    const world = await certificateUnderTest()
    const CertificateId = await world.issue({ KeySpec: 'RSA_2048' })
    const key = await publicKeyOf(world, CertificateId)
    const sealed = publicEncrypt({ key, oaepHash: 'sha256' }, MESSAGE)
    const { body } = await world.call('CertificatePrivateKeyDecrypt', {
      CertificateId,
      Algorithm: 'RSAES_OAEP_SHA_256',
      CiphertextBlob: sealed.toString('base64'),
    })
    assert.equal(body.Plaintext, Message)
  })

  test('makes nothing new once it is revoked, and does nothing while it is inactive', async () => {
    const { call, issue } = await certificateUnderTest()
    const CertificateId = await issue({ KeySpec: 'RSA_2048' })
    const signing = { CertificateId, Algorithm: 'RSA_PKCS1_SHA_256', Message }
    const ciphering = { CertificateId, Algorithm: 'RSAES_OAEP_SHA_256' }
    const { SignatureValue } = (await call('CertificatePrivateKeySign', signing)).body
    const sealing = { ...ciphering, Plaintext: Message }
    const { CiphertextBlob } = (await call('CertificatePublicKeyEncrypt', sealing)).body
    const codes = async (): Promise<readonly unknown[]> => {
      const answers = [
        await call('CertificatePrivateKeySign', signing),
        await call('CertificatePublicKeyEncrypt', sealing),
        await call('CertificatePublicKeyVerify', { ...signing, SignatureValue }),
        await call('CertificatePrivateKeyDecrypt', { ...ciphering, CiphertextBlob }),
      ]
      return answers.map(({ body }) => body.Code ?? 'done')
    }
    await call('UpdateCertificateStatus', { CertificateId, Status: 'INACTIVE' })
    assert.deepEqual(await codes(), Array(4).fill('Rejected.Disabled'))
    await call('UpdateCertificateStatus', { CertificateId, Status: 'ACTIVE' })
    assert.deepEqual(await codes(), Array(4).fill('done'))
    await call('UpdateCertificateStatus', { CertificateId, Status: 'REVOKED' })
    const refused = 'UnsupportedOperation'
    assert.deepEqual(await codes(), [refused, refused, 'done', 'done'])
  })

  test('takes the algorithms of its kind, whole digests and messages of 4 KB', async () => {
    const { call, issue } = await certificateUnderTest()
    const CertificateId = await issue()
    const sign = async (parameters: Readonly<Record<string, string>>): Promise<unknown> => {
      const asked = { CertificateId, Algorithm: 'ECDSA_SHA_256', Message, ...parameters }
      const { body } = await call('CertificatePrivateKeySign', asked)
      return body.Code ?? 'done'
    }
    for (const Algorithm of ['RSA_PSS_SHA_256', 'SM2DSA', 'nonsense', 'constructor']) {
      assert.equal(await sign({ Algorithm }), 'UnsupportedOperation', Algorithm)
    }
    assert.equal(await sign({ MessageType: 'raw' }), 'InvalidParameter')
    assert.equal(await sign({ Message: 'AAAA', MessageType: 'DIGEST' }), 'InvalidParameter')
    assert.equal(await sign({ Message: '!' }), 'InvalidParameter')
    const raw = (bytes: number) => ({ Message: Buffer.alloc(bytes).toString('base64') })
    assert.equal(await sign(raw(4096)), 'done')
    assert.equal(await sign(raw(4097)), 'InvalidParameter')
    const sealing = { CertificateId, Algorithm: 'SM2PKE', Plaintext: Message }
    const { body } = await call('CertificatePublicKeyEncrypt', sealing)
    assert.equal(body.Code, 'UnsupportedOperation')
  })

  const uses = [
    ['CertificatePrivateKeySign', { Algorithm: 'SM2DSA', Message }],
    ['CertificatePrivateKeySign', { Algorithm: 'ECDSA_SHA_256', Message }],
    ['CertificatePublicKeyVerify', { Algorithm: 'ECDSA_SHA_256', Message, SignatureValue: 'AAAA' }],
    ['CertificatePublicKeyEncrypt', { Algorithm: 'SM2PKE', Plaintext: Message }],
    ['CertificatePrivateKeyDecrypt', { Algorithm: 'SM2PKE', CiphertextBlob: 'AAAA' }],
  ] as const
  for (const [action, parameters] of uses) {
    test(`${action} by ${parameters.Algorithm} wants a certificate that was issued`, async () => {
      const { call, request, memory } = await certificateUnderTest()
      const { id } = await request({ KeySpec: 'EC_SM2' })
      const waiting = await call(action, { ...parameters, CertificateId: id })
      assert.deepEqual([waiting.status, waiting.body.Code], [409, 'Rejected.Unavailable'])
      await memory.vault.keys.create(memory.identity, {
        key: { vault: 'default', name: 'plain' },
        hsm: false,
        type: 'EC',
      })
      for (const CertificateId of ['no name', 'none', 'a'.repeat(20_000)]) {
        const { status, body } = await call(action, { ...parameters, CertificateId })
        const which = CertificateId.slice(0, 9)
        assert.deepEqual([status, body.Code], [404, 'Certificate.NotFound'], which)
      }
      const plain = await call(action, { ...parameters, CertificateId: 'plain' })
      assert.ok(plain.status >= 400 && plain.body.SignatureValue === undefined)
      const denied = await call(action, { ...parameters, CertificateId: id }, 'stranger')
      assert.deepEqual([denied.status, denied.body.Code], [403, 'Forbidden.NoPermission'])
    })
  }
})
