import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import * as kms from '@alicloud/kms20160120'
import { step, variable } from '../step.ts'
import { refused } from './generic-client.ts'
import { kmsClient } from './kms-client.ts'
import { publicEncryptAs, verifies } from './node-checks.ts'

// Every cryptographic action that the official client of version 1 has, checked with node:crypto.

const client = kmsClient()
const canary = variable('CANARY')
const message = Buffer.from(canary)

async function createKey(keySpec: string, keyUsage?: string): Promise<string> {
  const use = keyUsage === undefined ? {} : { keyUsage }
  const { keyMetadata } = await client.createKey(new kms.CreateKeyRequest({ keySpec, ...use }))
  return keyMetadata.keyId
}

async function onlyVersion(keyId: string): Promise<string> {
  const listed = await client.listKeyVersions(new kms.ListKeyVersionsRequest({ keyId }))
  const [first] = listed.keyVersions.keyVersion
  assert.ok(first)
  return first.keyVersionId
}

await step('encrypt and decrypt give back any text, with the context it was bound to', async () => {
  const keyId = await createKey('Aliyun_AES_256')
  const texts = [
    canary,
    'hello world',
    'größer + / = & ? * ~',
    Buffer.from(canary).toString('base64'),
  ]
  const encryptionContext = { purpose: 'a test', 'key with blank': '1*~+/ü' }
  for (const plaintext of texts) {
    const request = new kms.EncryptRequest({ keyId, plaintext, encryptionContext })
    const { ciphertextBlob, keyVersionId } = await client.encrypt(request)
    const blob = Buffer.from(ciphertextBlob, 'base64')
    assert.equal(blob.subarray(0, 36).toString('ascii'), keyVersionId)
    assert.equal(blob.length, 64 + Buffer.byteLength(plaintext))
    const decrypted = await client.decrypt(
      new kms.DecryptRequest({ ciphertextBlob, encryptionContext }),
    )
    assert.equal(decrypted.plaintext, plaintext)
    assert.equal(decrypted.keyId, keyId)
    const wrong = { ...encryptionContext, purpose: 'another' }
    for (const context of [{ encryptionContext: wrong }, {}]) {
      const opening = new kms.DecryptRequest({ ciphertextBlob, ...context })
      await refused(client.decrypt(opening), 'InvalidParameter', 400)
    }
  }
})

await step('generateDataKey gives what decrypt gives, in every length', async () => {
  const keyId = await createKey('Aliyun_AES_256')
  const encryptionContext = { of: 'data keys' }
  const cases = [
    [{}, 32],
    [{ keySpec: 'AES_256' }, 32],
    [{ keySpec: 'AES_128' }, 16],
    [{ numberOfBytes: 1 }, 1],
    [{ numberOfBytes: 1024 }, 1024],
    [{ keySpec: 'AES_128', numberOfBytes: 48 }, 48],
  ] as const
  for (const [options, bytes] of cases) {
    const made = await client.generateDataKey(
      new kms.GenerateDataKeyRequest({ keyId, encryptionContext, ...options }),
    )
    assert.equal(Buffer.from(made.plaintext, 'base64').length, bytes)
    const { ciphertextBlob } = made
    const request = new kms.DecryptRequest({ ciphertextBlob, encryptionContext })
    assert.equal((await client.decrypt(request)).plaintext, made.plaintext)
  }
  for (const numberOfBytes of [0, 1025]) {
    const request = new kms.GenerateDataKeyRequest({ keyId, numberOfBytes })
    await refused(client.generateDataKey(request), 'InvalidParameter', 400)
  }
})

await step('generateDataKeyWithoutPlaintext gives the ciphertext alone', async () => {
  const keyId = await createKey('Aliyun_AES_256')
  const made = await client.generateDataKeyWithoutPlaintext(
    new kms.GenerateDataKeyWithoutPlaintextRequest({ keyId, numberOfBytes: 24 }),
  )
  assert.equal('plaintext' in made, false)
  const { ciphertextBlob } = made
  const { plaintext } = await client.decrypt(new kms.DecryptRequest({ ciphertextBlob }))
  assert.equal(Buffer.from(plaintext, 'base64').length, 24)
})

const SIGNATURES = [
  ['RSA_2048', 'RSA_PSS_SHA_256'],
  ['RSA_2048', 'RSA_PKCS1_SHA_256'],
  ['RSA_3072', 'RSA_PSS_SHA_256'],
  ['EC_P256', 'ECDSA_SHA_256'],
  ['EC_P256K', 'ECDSA_SHA_256'],
] as const

for (const [keySpec, algorithm] of SIGNATURES) {
  await step(`asymmetricSign of ${keySpec} with ${algorithm} verifies here and there`, async () => {
    const keyId = await createKey(keySpec)
    const keyVersionId = await onlyVersion(keyId)
    const digest = createHash('sha256').update(message).digest('base64')
    const asked = { keyId, keyVersionId, algorithm, digest }
    const { value } = await client.asymmetricSign(new kms.AsymmetricSignRequest(asked))
    const { publicKey } = await client.getPublicKey(
      new kms.GetPublicKeyRequest({ keyId, keyVersionId }),
    )
    assert.match(publicKey, /^-----BEGIN PUBLIC KEY-----\n[^]*-----END PUBLIC KEY-----\n$/)
    assert.ok(verifies(publicKey, algorithm, message, Buffer.from(value, 'base64')))
    const check = async (changes: object): Promise<boolean> => {
      const request = new kms.AsymmetricVerifyRequest({ ...asked, value, ...changes })
      return (await client.asymmetricVerify(request)).value
    }
    assert.equal(await check({}), true)
    assert.equal(await check({ digest: randomBytes(32).toString('base64') }), false)
    assert.equal(await check({ value: randomBytes(64).toString('base64') }), false)
    const short = new kms.AsymmetricSignRequest({ ...asked, digest: 'c2hvcnQ=' })
    await refused(client.asymmetricSign(short), 'InvalidParameter', 400)
  })
}

for (const algorithm of ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1']) {
  await step(`asymmetricEncrypt and asymmetricDecrypt with ${algorithm}`, async () => {
    const keyId = await createKey('RSA_2048', 'ENCRYPT/DECRYPT')
    const keyVersionId = await onlyVersion(keyId)
    const asked = { keyId, keyVersionId, algorithm }
    const plaintext = message.toString('base64')
    const { ciphertextBlob } = await client.asymmetricEncrypt(
      new kms.AsymmetricEncryptRequest({ ...asked, plaintext }),
    )
    assert.equal(Buffer.from(ciphertextBlob, 'base64').length, 256)
    const { publicKey } = await client.getPublicKey(
      new kms.GetPublicKeyRequest({ keyId, keyVersionId }),
    )
    const ours = publicEncryptAs(publicKey, algorithm, message).toString('base64')
    for (const blob of [ciphertextBlob, ours]) {
      const request = new kms.AsymmetricDecryptRequest({ ...asked, ciphertextBlob: blob })
      assert.equal((await client.asymmetricDecrypt(request)).plaintext, plaintext)
    }
    const broken = Buffer.from(ciphertextBlob, 'base64').fill(7, 0, 9).toString('base64')
    const request = new kms.AsymmetricDecryptRequest({ ...asked, ciphertextBlob: broken })
    await refused(client.asymmetricDecrypt(request), 'InvalidParameter', 400)
    const signing = new kms.AsymmetricSignRequest({
      keyId,
      keyVersionId,
      algorithm: 'RSA_PSS_SHA_256',
      digest: createHash('sha256').update(message).digest('base64'),
    })
    await refused(client.asymmetricSign(signing), 'UnsupportedOperation', 400)
  })
}

console.log('done')
