import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { instanceDoorUnderTest } from '../door-under-test.ts'

const HEADER = 'x-kms-migrationkeyversionid'

for (const KeyPairSpec of ['RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_P256', 'EC_P256K', 'EC_SM2']) {
  test(`a pair ${KeyPairSpec} is made, its private half also encrypted`, async () => {
    const { ask, shared } = await instanceDoorUnderTest()
    const { KeyId } = (await shared.call('CreateKey')).body.KeyMetadata
    const Aad = Buffer.from('context')
    const { message, headers } = await ask('GenerateDataKeyPair', { KeyId, KeyPairSpec, Aad })
    assert.equal(message.KeyPairSpec, KeyPairSpec)
    const pem = Buffer.from(message.PrivateKeyPlaintext).toString()
    const privateKey = createPrivateKey(pem)
    const publicKey = Buffer.from(message.PublicKey).toString()
    assert.equal(createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }), publicKey)
    assert.match(pem, /^-----BEGIN PRIVATE KEY-----\n/)
    assert.ok(headers[HEADER]?.startsWith(KeyId))
    const { PrivateKeyCiphertextBlob: CiphertextBlob, Iv } = message
    const opened = await ask('Decrypt', { KeyId, CiphertextBlob, Iv, Aad })
    assert.equal(Buffer.from(opened.message.Plaintext).toString(), pem)
  })
}

test('a pair comes in DER as well, and without showing the private half', async () => {
  const { ask, shared } = await instanceDoorUnderTest()
  const { KeyId } = (await shared.call('CreateKey')).body.KeyMetadata
  const wanted = { KeyId, KeyPairSpec: 'EC_P256', KeyFormat: 'DER' }
  for (const operation of [
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'AdvanceGenerateDataKeyPair',
    'AdvanceGenerateDataKeyPairWithoutPlaintext',
  ] as const) {
    const { message } = await ask(operation, wanted)
    const { PrivateKeyCiphertextBlob: CiphertextBlob, Iv, PublicKey } = message
    const opened = operation.startsWith('Advance')
      ? await ask('AdvanceDecrypt', { CiphertextBlob })
      : await ask('Decrypt', { KeyId, CiphertextBlob, Iv })
    const key = Buffer.from(opened.message.Plaintext)
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
    assert.deepEqual(spki, Buffer.from(PublicKey))
    assert.equal('KeyVersionId' in message, operation.startsWith('Advance'))
    const shown = 'PrivateKeyPlaintext' in message ? message.PrivateKeyPlaintext : undefined
    if (shown instanceof Uint8Array) assert.deepEqual(Buffer.from(shown), key)
    assert.equal(shown === undefined, operation.endsWith('WithoutPlaintext'))
  }
})

test('other kinds, forms and keys are refused', async () => {
  const { ask, shared } = await instanceDoorUnderTest()
  const { KeyId } = (await shared.call('CreateKey')).body.KeyMetadata
  const pair = { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' }
  const asymmetric = (await shared.call('CreateKey', pair)).body.KeyMetadata.KeyId
  for (const [more, code] of [
    [{ KeyPairSpec: 'RSA_1024' }, 'InvalidParameter'],
    [{ KeyPairSpec: 'Aliyun_AES_256' }, 'InvalidParameter'],
    [{ KeyPairSpec: '__proto__' }, 'InvalidParameter'],
    [{ KeyFormat: 'JWK' }, 'InvalidParameter'],
    [{ KeyId: asymmetric }, 'UnsupportedOperation'],
    [{ KeyPairSpec: '' }, 'MissingParameter'],
  ] as const) {
    const { error } = await ask('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'EC_P256', ...more })
    assert.equal(error.ErrorCode, code, JSON.stringify(more))
  }
})
