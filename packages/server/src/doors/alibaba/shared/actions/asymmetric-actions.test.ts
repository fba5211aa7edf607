import assert from 'node:assert/strict'
import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  verify,
} from 'node:crypto'
import { describe, it } from 'node:test'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

const MESSAGE = Buffer.from('an order of 12 apples')
const Digest = createHash('sha256').update(MESSAGE).digest('base64')
const Plaintext = Buffer.from('a data key, say').toString('base64')

async function withKey(
  KeySpec: string,
  KeyUsage?: string,
): Promise<SharedDoorUnderTest & { readonly KeyId: string }> {
  const world = await sharedDoorUnderTest()
  const wanted = { KeySpec, ...(KeyUsage === undefined ? {} : { KeyUsage }) }
  return { ...world, KeyId: (await world.call('CreateKey', wanted)).body.KeyMetadata.KeyId }
}

describe('a pair of keys', () => {
  it('decrypts what it, or anybody with its public key, has encrypted', async () => {
    for (const [KeySpec, Algorithm, oaepHash] of [
      ['RSA_2048', 'RSAES_OAEP_SHA_256', 'sha256'],
      ['RSA_2048', 'RSAES_OAEP_SHA_1', 'sha1'],
      ['EC_SM2', 'SM2PKE', undefined],
    ] as const) {
      const { call, KeyId } = await withKey(KeySpec, 'ENCRYPT/DECRYPT')
      const { body: published } = await call('GetPublicKey', { KeyId })
      const { KeyVersionId } = published
      const named = { KeyId, KeyVersionId, Algorithm }
      const { body } = await call('AsymmetricEncrypt', { ...named, Plaintext })
      assert.deepEqual([body.KeyId, body.KeyVersionId], [KeyId, KeyVersionId])
      const blobs = [body.CiphertextBlob]
      if (oaepHash !== undefined) {
        const octets = Buffer.from(Plaintext, 'base64')
        const elsewhere = publicEncrypt({ key: published.PublicKey, oaepHash }, octets)
        blobs.push(elsewhere.toString('base64'))
      }
      for (const CiphertextBlob of blobs) {
        const opened = await call('AsymmetricDecrypt', { ...named, CiphertextBlob })
        assert.equal(opened.body.Plaintext, Plaintext)
        const cut = Buffer.from(CiphertextBlob, 'base64').subarray(1).toString('base64')
        const refused = await call('AsymmetricDecrypt', { ...named, CiphertextBlob: cut })
        assert.equal(refused.body.Code, 'InvalidParameter')
      }
    }
  })

  it('signs digests as others verify them', async () => {
    for (const [KeySpec, Algorithm] of [
      ['RSA_2048', 'RSA_PSS_SHA_256'],
      ['RSA_2048', 'RSA_PKCS1_SHA_256'],
      ['EC_P256', 'ECDSA_SHA_256'],
      ['EC_P256K', 'ECDSA_SHA_256'],
    ] as const) {
      const { call, KeyId } = await withKey(KeySpec, 'SIGN/VERIFY')
      const { body } = await call('AsymmetricSign', { KeyId, Algorithm, Digest })
      const { PublicKey, KeyVersionId } = (await call('GetPublicKey', { KeyId })).body
      assert.equal(body.KeyVersionId, KeyVersionId)
      const key = createPublicKey(PublicKey)
      const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      const signature = Buffer.from(body.Value, 'base64')
      assert.ok(verify('sha256', MESSAGE, Algorithm === 'RSA_PSS_SHA_256' ? pss : key, signature))
      const question = { KeyId, Algorithm, Digest, Value: body.Value }
      assert.equal((await call('AsymmetricVerify', question)).body.Value, true)
      const other = createHash('sha256').update('another').digest('base64')
      const answer = await call('AsymmetricVerify', { ...question, Digest: other })
      assert.deepEqual([answer.status, answer.body.Value], [200, false])
    }
  })

  it('says by its versions which one is meant', async () => {
    const { call, memory, KeyId } = await withKey('EC_P256')
    const Algorithm = 'ECDSA_SHA_256'
    const { KeyVersionId, Value } = (await call('AsymmetricSign', { KeyId, Algorithm, Digest })).body
    await memory.vault.keys.rotate(memory.administrator, { key: { vault: 'default', name: KeyId } })
    const newest = (await call('GetPublicKey', { KeyId })).body
    assert.notEqual(newest.KeyVersionId, KeyVersionId)
    const question = { KeyId, Algorithm, Digest, Value }
    assert.equal((await call('AsymmetricVerify', question)).body.Value, false)
    assert.equal((await call('AsymmetricVerify', { ...question, KeyVersionId })).body.Value, true)
    for (const wrong of [`${KeyId}-0000000000`, 'x', `key-${'0'.repeat(21)}-0000000000`]) {
      const { status, body } = await call('GetPublicKey', { KeyId, KeyVersionId: wrong })
      assert.deepEqual([status, body.Code], [404, 'Forbidden.KeyVersionNotFound'])
    }
  })

  it('refuses what it is not for, and says which parameter is wrong', async () => {
    const rsa = await withKey('RSA_2048', 'ENCRYPT/DECRYPT')
    const { call, KeyId } = rsa
    const symmetric = (await call('CreateKey')).body.KeyMetadata.KeyId
    const signer = (await call('CreateKey', { KeySpec: 'EC_P256' })).body.KeyMetadata.KeyId
    const long = Buffer.alloc(191).toString('base64')
    const oaep = { KeyId, Algorithm: 'RSAES_OAEP_SHA_256' }
    const ecdsa = { KeyId: signer, Algorithm: 'ECDSA_SHA_256' }
    const gcm = { KeyId: symmetric, Algorithm: 'AES_GCM' }
    for (const [action, parameters, code, named] of [
      ['AsymmetricEncrypt', { ...oaep, Plaintext: long }, 'InvalidParameter', 'Plaintext'],
      ['AsymmetricEncrypt', { ...oaep, Plaintext: '?' }, 'InvalidParameter', 'Plaintext'],
      ['AsymmetricEncrypt', { ...oaep, KeyId: symmetric, Plaintext }, 'UnsupportedOperation', ''],
      ['AsymmetricEncrypt', { ...gcm, Plaintext }, 'UnsupportedOperation', ''],
      ['AsymmetricEncrypt', { KeyId, Algorithm: 'SM2PKE', Plaintext }, 'UnsupportedOperation', ''],
      ['AsymmetricEncrypt', { KeyId, Algorithm: 'valueOf', Plaintext }, 'UnsupportedOperation', ''],
      ['AsymmetricEncrypt', { KeyId, Plaintext }, 'MissingParameter', 'Algorithm'],
      ['AsymmetricSign', { KeyId, Algorithm: 'RSA_PSS_SHA_256', Digest }, 'UnsupportedOperation', ''],
      ['AsymmetricSign', { ...ecdsa, Digest: 'AAAA' }, 'InvalidParameter', 'Digest'],
      ['AsymmetricVerify', { ...ecdsa, Digest: 'AAAA', Value: 'AAAA' }, 'InvalidParameter', 'Digest'],
      ['GetPublicKey', { KeyId: symmetric }, 'UnsupportedOperation', ''],
    ] as const) {
      const { status, body } = await call(action, parameters)
      assert.deepEqual([status, body.Code], [400, code], JSON.stringify(parameters))
      assert.ok(body.Message.includes(named), body.Message)
    }
  })
})

describe('a code', () => {
  it('is made and verified by keys for codes alone', async () => {
    const { call, KeyId } = await withKey('HMAC_256')
    const Message = MESSAGE.toString('base64')
    for (const Algorithm of ['HMAC_SM3', 'HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512']) {
      const { body } = await call('GenerateMac', { KeyId, Algorithm, Message })
      assert.deepEqual([body.KeyId, body.Algorithm], [KeyId, Algorithm])
      const question = { KeyId, Algorithm, Message, Mac: body.Mac }
      assert.equal((await call('VerifyMac', question)).body.Value, true)
      const wrong = await call('VerifyMac', { ...question, Message: 'AAAA' })
      assert.deepEqual([wrong.status, wrong.body.Value], [200, false])
    }
    const cipher = (await call('CreateKey')).body.KeyMetadata.KeyId
    for (const [parameters, code] of [
      [{ KeyId: cipher, Algorithm: 'HMAC_SHA_256', Message }, 'UnsupportedOperation'],
      [{ KeyId, Algorithm: 'HMAC_MD5', Message }, 'InvalidParameter'],
      [{ KeyId, Algorithm: 'toString', Message }, 'InvalidParameter'],
    ] as const) {
      assert.equal((await call('GenerateMac', parameters)).body.Code, code)
    }
  })
})

describe('a data key', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const PublicKeyBlob = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const rsa = { PublicKeyBlob, WrappingKeySpec: 'RSA_2048', WrappingAlgorithm: 'RSAES_OAEP_SHA_256' }
  const EncryptionContext = '{"a":"1"}'

  it('leaves as its octets under a public key', async () => {
    const { call, KeyId } = await withKey('Aliyun_AES_256')
    const made = (await call('GenerateDataKey', { KeyId, EncryptionContext })).body
    const { CiphertextBlob } = made
    for (const [WrappingAlgorithm, oaepHash] of [
      ['RSAES_OAEP_SHA_256', 'sha256'],
      ['RSAES_OAEP_SHA_1', 'sha1'],
    ] as const) {
      const wanted = { CiphertextBlob, EncryptionContext, ...rsa, WrappingAlgorithm }
      const { body } = await call('ExportDataKey', wanted)
      assert.deepEqual([body.KeyId, body.KeyVersionId], [KeyId, made.KeyVersionId])
      const exported = Buffer.from(body.ExportedDataKey, 'base64')
      const octets = privateDecrypt({ key: privateKey, oaepHash }, exported)
      assert.equal(octets.toString('base64'), made.Plaintext)
    }
    const refused = await call('ExportDataKey', { CiphertextBlob, ...rsa })
    assert.equal(refused.body.Code, 'InvalidParameter')
  })

  it('leaves under a public key of SM2', async () => {
    const { call, KeyId } = await withKey('Aliyun_AES_256')
    const pair = { KeySpec: 'EC_SM2', KeyUsage: 'ENCRYPT/DECRYPT' }
    const recipient = (await call('CreateKey', pair)).body.KeyMetadata.KeyId
    const { PublicKey } = (await call('GetPublicKey', { KeyId: recipient })).body
    const sm2 = {
      PublicKeyBlob: PublicKey.split('\n').slice(1, -2).join(''),
      WrappingKeySpec: 'EC_SM2',
      WrappingAlgorithm: 'SM2PKE',
    }
    const made = (await call('GenerateDataKey', { KeyId })).body
    const { body } = await call('ExportDataKey', { CiphertextBlob: made.CiphertextBlob, ...sm2 })
    const named = { KeyId: recipient, Algorithm: 'SM2PKE' }
    const opened = await call('AsymmetricDecrypt', { ...named, CiphertextBlob: body.ExportedDataKey })
    assert.equal(opened.body.Plaintext, made.Plaintext)
  })

  it('is made and leaves at once, without being shown', async () => {
    const { call, KeyId } = await withKey('Aliyun_SM4')
    const wanted = { KeyId, NumberOfBytes: 48, EncryptionContext, ...rsa }
    const { body } = await call('GenerateAndExportDataKey', wanted)
    assert.equal(body.Plaintext, undefined)
    const exported = Buffer.from(body.ExportedDataKey, 'base64')
    const octets = privateDecrypt({ key: privateKey, oaepHash: 'sha256' }, exported)
    assert.equal(octets.length, 48)
    const { CiphertextBlob } = body
    const opened = await call('Decrypt', { CiphertextBlob, EncryptionContext })
    assert.equal(opened.body.Plaintext, octets.toString('base64'))
  })

  it('does not leave under what is no fit public key', async () => {
    const { call, KeyId } = await withKey('Aliyun_AES_256')
    const der = publicKey.export({ type: 'spki', format: 'der' })
    const even = Buffer.from(der)
    even[der.length - 6] = (even[der.length - 6] ?? 0) & 0xfe
    const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey
    const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
    for (const [more, parameter] of [
      [{ PublicKeyBlob: 'AAAA' }, 'PublicKeyBlob'],
      [{ PublicKeyBlob: base64(der.subarray(1)) }, 'PublicKeyBlob'],
      [{ PublicKeyBlob: base64(even) }, 'PublicKeyBlob'],
      [{ PublicKeyBlob: base64(ec.export({ type: 'spki', format: 'der' })) }, 'PublicKeyBlob'],
      [{ WrappingKeySpec: 'EC_SM2', WrappingAlgorithm: 'SM2PKE' }, 'PublicKeyBlob'],
      [{ WrappingKeySpec: 'RSA_4096' }, 'WrappingKeySpec'],
      [{ WrappingAlgorithm: 'SM2PKE' }, 'WrappingAlgorithm'],
      [{ WrappingAlgorithm: 'valueOf' }, 'WrappingAlgorithm'],
      [{ NumberOfBytes: 191 }, 'NumberOfBytes'],
    ] as const) {
      const { status, body } = await call('GenerateAndExportDataKey', { KeyId, ...rsa, ...more })
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], JSON.stringify(more))
      assert.ok(body.Message.includes(parameter), body.Message)
    }
  })
})

describe('ReEncrypt', () => {
  it('moves a ciphertext to another key and context', async () => {
    const { call, KeyId } = await withKey('Aliyun_AES_256')
    const other = (await call('CreateKey', { KeySpec: 'Aliyun_SM4' })).body.KeyMetadata.KeyId
    const context = '{"a":"1"}'
    const sealed = (await call('Encrypt', { KeyId, Plaintext: 'hello', EncryptionContext: context })).body
    const source = { CiphertextBlob: sealed.CiphertextBlob, SourceEncryptionContext: context }
    const wanted = { ...source, DestinationKeyId: other, DestinationEncryptionContext: '{"b":"2"}' }
    const { body } = await call('ReEncrypt', wanted)
    assert.equal(body.KeyId, other)
    assert.ok(body.KeyVersionId.startsWith(other))
    const { CiphertextBlob } = body
    const opened = await call('Decrypt', { CiphertextBlob, EncryptionContext: '{"b":"2"}' })
    assert.deepEqual([opened.body.Plaintext, opened.body.KeyId], ['hello', other])
    assert.equal((await call('ReEncrypt', { ...wanted, SourceEncryptionContext: '{}' })).status, 400)
  })

  it('takes a ciphertext of a pair of keys, which the caller names', async () => {
    const { call, KeyId } = await withKey('RSA_2048', 'ENCRYPT/DECRYPT')
    const DestinationKeyId = (await call('CreateKey')).body.KeyMetadata.KeyId
    const named = { KeyId, Algorithm: 'RSAES_OAEP_SHA_256' }
    const sealed = (await call('AsymmetricEncrypt', { ...named, Plaintext })).body
    const wanted = {
      CiphertextBlob: sealed.CiphertextBlob,
      DestinationKeyId,
      SourceKeyId: KeyId,
      SourceKeyVersionId: sealed.KeyVersionId,
      SourceEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
    }
    const { CiphertextBlob } = (await call('ReEncrypt', wanted)).body
    assert.equal((await call('Decrypt', { CiphertextBlob })).body.Plaintext, Plaintext)
    for (const absent of ['SourceKeyId', 'SourceKeyVersionId', 'SourceEncryptionAlgorithm']) {
      const { body } = await call('ReEncrypt', { ...wanted, [absent]: '' })
      assert.equal(body.Code, 'MissingParameter')
      assert.ok(body.Message.includes(absent))
    }
    const asymmetric = await call('ReEncrypt', { ...wanted, DestinationKeyId: KeyId })
    assert.equal(asymmetric.body.Code, 'UnsupportedOperation')
  })
})

describe('AdvanceEncrypt', () => {
  it('gives the ciphertext that says it all, and what it says', async () => {
    const { call, KeyId } = await withKey('Aliyun_AES_256')
    const hello = Buffer.from('hello').toString('base64')
    const { body } = await call('AdvanceEncrypt', { KeyId, Plaintext: hello })
    const blob = Buffer.from(body.CiphertextBlob, 'base64')
    assert.equal(blob.subarray(0, 3).toString('hex'), '240002')
    assert.equal(blob.subarray(39, 51).toString('base64'), body.Iv)
    assert.deepEqual([body.Algorithm, body.PaddingMode, body.KeyId], ['AES_GCM', '', KeyId])
    const { CiphertextBlob } = body
    assert.equal((await call('Decrypt', { CiphertextBlob })).body.Plaintext, 'hello')
    for (const [more, parameter] of [
      [{ Iv: 'AAAA' }, 'Iv'],
      [{ PaddingMode: 'NONE' }, 'PaddingMode'],
      [{ Algorithm: 'AES_ECB', Aad: 'AAAA' }, 'Aad'],
      [{ Algorithm: 'AES_CBC', PaddingMode: 'NO_PADDING' }, 'Plaintext'],
    ] as const) {
      const refused = await call('AdvanceEncrypt', { KeyId, Plaintext, ...more })
      assert.equal(refused.body.Code, 'InvalidParameter')
      assert.ok(refused.body.Message.includes(parameter), refused.body.Message)
    }
  })
})

describe('DryRun', () => {
  it('says what would become of a request, and gives nothing else', async () => {
    const { call, memory, KeyId } = await withKey('Aliyun_AES_256')
    const sealed = (await call('Encrypt', { KeyId, Plaintext: 'hello' })).body
    const before = (await memory.audit()).length
    const { CiphertextBlob } = sealed
    for (const [action, parameters] of [
      ['Encrypt', { KeyId, Plaintext: 'hello' }],
      ['Decrypt', { CiphertextBlob }],
      ['ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId }],
      ['GenerateDataKey', { KeyId }],
      ['GenerateDataKeyWithoutPlaintext', { KeyId }],
    ] as const) {
      for (const DryRun of ['true', 'True']) {
        const { status, body } = await call(action, { ...parameters, DryRun })
        assert.deepEqual([status, body.Code], [400, 'DryRunOperationError'], action)
        assert.equal(body.Plaintext, undefined)
      }
      const denied = await call(action, { ...parameters, DryRun: true }, 'stranger')
      assert.equal(denied.body.Code, 'AccessDeniedError')
      assert.equal((await call(action, { ...parameters, DryRun: false })).status, 200)
    }
    assert.ok((await memory.audit()).length > before)
    for (const wrong of [{ KeyId }, { KeyId: 'alias/none', Plaintext: 'a' }]) {
      const { body } = await call('Encrypt', { ...wrong, DryRun: true })
      assert.equal(body.Code, 'ValidationError')
      assert.match(body.Recommend, /MissingParameter|Forbidden\.AliasNotFound/)
    }
    const bad = await call('Encrypt', { KeyId, Plaintext: 'a', DryRun: 'perhaps' })
    assert.equal(bad.body.Code, 'InvalidParameter')
  })
})
