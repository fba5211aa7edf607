import assert from 'node:assert/strict'
import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto'
import { step, variable } from '../step.ts'
import { type Answer, type Parameters, refused, text } from './generic-client.ts'
import { call, createKey } from './key-calls.ts'
import { publicEncryptAs, verifies } from './node-checks.ts'
import { sm2Digest } from './sm2-digest.ts'

// Signatures, encryption for public keys and message authentication, against node:crypto.

const message = Buffer.from(variable('CANARY'))
const Message = message.toString('base64')

const SIGNATURES = [
  ['RSA_2048', 'RSA_PSS_SHA_256'],
  ['RSA_2048', 'RSA_PKCS1_SHA_256'],
  ['RSA_3072', 'RSA_PKCS1_SHA_256'],
  ['EC_P256', 'ECDSA_SHA_256'],
  ['EC_P256K', 'ECDSA_SHA_256'],
  ['EC_SM2', 'SM2DSA'],
] as const

async function publicKey(KeyId: string): Promise<string> {
  return text(await call('GetPublicKey', { KeyId }), 'PublicKey')
}

function digestOf(algorithm: string, pem: string): string {
  const digest =
    algorithm === 'SM2DSA'
      ? // node:crypto verifies as of nobody; of the standard identity it is another digest.
        sm2Digest(createPublicKey(pem), message, '')
      : createHash('sha256').update(message).digest()
  return digest.toString('base64')
}

for (const [KeySpec, Algorithm] of SIGNATURES) {
  await step(`AsymmetricSign with ${Algorithm} of ${KeySpec}`, async () => {
    const KeyId = await createKey({ KeySpec })
    const pem = await publicKey(KeyId)
    const asked = { KeyId, Algorithm, Digest: digestOf(Algorithm, pem) }
    const { Value, KeyVersionId } = await call('AsymmetricSign', asked)
    assert.ok(verifies(pem, Algorithm, message, Buffer.from(String(Value), 'base64')))
    const verified = async (more: Parameters = {}): Promise<unknown> =>
      (await call('AsymmetricVerify', { ...asked, KeyVersionId, Value, ...more }))['Value']
    assert.equal(await verified(), true)
    const others = [
      { Digest: randomBytes(32).toString('base64') },
      { Value: randomBytes(70).toString('base64') },
    ]
    for (const other of others) assert.equal(await verified(other), false)
    await refused(call('AsymmetricSign', { ...asked, Digest: 'AAAA' }), 'InvalidParameter', 400)
    for (const wrong of ['RSAES_OAEP_SHA_256', 'HMAC_SHA_256', 'nonsense', 'constructor']) {
      await refused(
        call('AsymmetricSign', { ...asked, Algorithm: wrong }),
        'UnsupportedOperation',
        400,
      )
    }
    const missing = { ...asked, KeyVersionId: `${KeyId}-0000000000` }
    await refused(call('AsymmetricSign', missing), 'Forbidden.KeyVersionNotFound', 404)
  })
}

await step('AsymmetricSign with SM2DSA takes the digest of the standard identity too', async () => {
  const KeyId = await createKey({ KeySpec: 'EC_SM2' })
  const digest = sm2Digest(createPublicKey(await publicKey(KeyId)), message)
  const asked = { KeyId, Algorithm: 'SM2DSA', Digest: digest.toString('base64') }
  const { Value } = await call('AsymmetricSign', asked)
  assert.equal((await call('AsymmetricVerify', { ...asked, Value }))['Value'], true)
})

const ENCRYPTIONS = [
  ['RSA_2048', 'RSAES_OAEP_SHA_256', 190],
  ['RSA_2048', 'RSAES_OAEP_SHA_1', 214],
  ['RSA_3072', 'RSAES_OAEP_SHA_256', 318],
  ['EC_SM2', 'SM2PKE', 6047],
] as const

for (const [KeySpec, Algorithm, most] of ENCRYPTIONS) {
  await step(
    `AsymmetricEncrypt with ${Algorithm} of ${KeySpec}, up to ${most} octets`,
    async () => {
      const KeyId = await createKey({ KeySpec, KeyUsage: 'ENCRYPT/DECRYPT' })
      const asked = { KeyId, Algorithm }
      const decrypt = async (CiphertextBlob: unknown): Promise<string> =>
        text(await call('AsymmetricDecrypt', { ...asked, CiphertextBlob }), 'Plaintext')
      const encrypt = (bytes: Buffer): Promise<Answer> =>
        call('AsymmetricEncrypt', { ...asked, Plaintext: bytes.toString('base64') })
      for (const bytes of [message, randomBytes(most)]) {
        const { CiphertextBlob } = await encrypt(bytes)
        assert.equal(await decrypt(CiphertextBlob), bytes.toString('base64'))
      }
      await refused(encrypt(randomBytes(most + 1)), 'InvalidParameter', 400)
      if (KeySpec !== 'EC_SM2') {
        const ours = publicEncryptAs(await publicKey(KeyId), Algorithm, message)
        assert.equal(await decrypt(ours.toString('base64')), Message)
      }
      for (const wrong of [randomBytes(256), randomBytes(10)]) {
        await refused(decrypt(wrong.toString('base64')), 'InvalidParameter', 400)
      }
      const signing = KeySpec === 'EC_SM2' ? 'SM2DSA' : 'RSA_PSS_SHA_256'
      const digest = { KeyId, Algorithm: signing, Digest: randomBytes(32).toString('base64') }
      await refused(call('AsymmetricSign', digest), 'UnsupportedOperation', 400)
    },
  )
}

await step(
  'AsymmetricVerify takes what another program has signed with another key as false',
  async () => {
    const KeyId = await createKey({ KeySpec: 'EC_P256' })
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const Value = sign('sha256', message, privateKey).toString('base64')
    const asked = { KeyId, Algorithm: 'ECDSA_SHA_256', Digest: digestOf('', ''), Value }
    assert.equal((await call('AsymmetricVerify', asked))['Value'], false)
  },
)

await step('GetPublicKey has no answer for a symmetric key', async () => {
  await refused(call('GetPublicKey', { KeyId: await createKey() }), 'UnsupportedOperation', 400)
  const mac = await createKey({ KeySpec: 'HMAC_256' })
  await refused(call('GetPublicKey', { KeyId: mac }), 'UnsupportedOperation', 400)
})

await step('asymmetric keys that are not enabled are refused', async () => {
  const KeyId = await createKey({ KeySpec: 'EC_P256' })
  const asked = { KeyId, Algorithm: 'ECDSA_SHA_256', Digest: digestOf('', '') }
  await call('DisableKey', { KeyId })
  await refused(call('AsymmetricSign', asked), 'Rejected.Disabled', 409)
  await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
  await refused(call('AsymmetricSign', asked), 'Rejected.PendingDeletion', 409)
})

for (const bytes of [28, 32, 48, 64]) {
  const Algorithm = `HMAC_SHA_${bytes * 8}`
  await step(`GenerateMac and VerifyMac with ${Algorithm}`, async () => {
    const KeyId = await createKey({ KeySpec: 'HMAC_256' })
    const { Mac, ...answer } = await call('GenerateMac', { KeyId, Algorithm, Message })
    assert.equal(Buffer.from(String(Mac), 'base64').length, bytes)
    assert.equal(answer['Algorithm'], Algorithm)
    const verified = async (more: Parameters): Promise<unknown> =>
      (await call('VerifyMac', { KeyId, Algorithm, Message, Mac, ...more }))['Value']
    assert.equal(await verified({}), true)
    assert.equal(await verified({ Message: 'AAAA' }), false)
    const foreign = createHmac('sha256', 'x').update(message).digest('base64')
    assert.equal(await verified({ Mac: foreign }), false)
  })
}

await step('GenerateMac with HMAC_SM3 is 32 octets, and wants a key for codes', async () => {
  const KeyId = await createKey({ KeySpec: 'HMAC_256' })
  const Algorithm = 'HMAC_SM3'
  const { Mac } = await call('GenerateMac', { KeyId, Algorithm, Message })
  assert.equal(Buffer.from(String(Mac), 'base64').length, 32)
  assert.equal((await call('VerifyMac', { KeyId, Algorithm, Message, Mac }))['Value'], true)
  await refused(
    call('GenerateMac', { KeyId, Algorithm: 'HMAC_MD5', Message }),
    'InvalidParameter',
    400,
  )
  const cipher = await createKey()
  await refused(
    call('GenerateMac', { KeyId: cipher, Algorithm, Message }),
    'UnsupportedOperation',
    400,
  )
})

console.log('done')
