import assert from 'node:assert/strict'
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

const DAY = 86_400
const NOW = 1_767_225_600

type Parameters = Readonly<Record<string, string | number | boolean>>

async function newExternal({ call }: SharedDoorUnderTest, more: Parameters = {}): Promise<string> {
  const { body } = await call('CreateKey', { Origin: 'EXTERNAL', ...more })
  return body.KeyMetadata.KeyId
}

const OAEP_256 = { WrappingKeySpec: 'RSA_2048', WrappingAlgorithm: 'RSAES_OAEP_SHA_256' }

async function importOf(
  { call }: SharedDoorUnderTest,
  KeyId: string,
  material: Uint8Array,
  { wrapping = OAEP_256, padding = { oaepHash: 'sha256' }, expires = 0 }: {
    readonly wrapping?: Parameters
    readonly padding?: { readonly padding?: number; readonly oaepHash?: string }
    readonly expires?: number
  } = {},
): Promise<Parameters> {
  const { body } = await call('GetParametersForImport', { KeyId, ...wrapping })
  const der = Buffer.from(body.PublicKey, 'base64')
  const key = createPublicKey({ key: der, type: 'spki', format: 'der' })
  const EncryptedKeyMaterial = publicEncrypt({ key, ...padding }, material).toString('base64')
  const { ImportToken } = body
  return { KeyId, ImportToken, EncryptedKeyMaterial, KeyMaterialExpireUnix: expires }
}

describe('key material that is brought', () => {
  for (const [WrappingAlgorithm, padding] of [
    ['RSAES_PKCS1_V1_5', { padding: constants.RSA_PKCS1_PADDING }],
    ['RSAES_OAEP_SHA_1', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }],
    ['RSAES_OAEP_SHA_256', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }],
  ] as const) {
    for (const [KeySpec, bytes] of [['Aliyun_AES_256', 32], ['Aliyun_SM4', 16]] as const) {
      it(`comes to a key of ${KeySpec} under ${WrappingAlgorithm}`, async () => {
        const door = await sharedDoorUnderTest()
        const KeyId = await newExternal(door, { KeySpec })
        const wrapping = { WrappingKeySpec: 'RSA_2048', WrappingAlgorithm }
        const given = await importOf(door, KeyId, randomBytes(bytes), { wrapping, padding })
        assert.equal((await door.call('ImportKeyMaterial', given)).status, 200)
        const { KeyMetadata } = (await door.call('DescribeKey', { KeyId })).body
        assert.deepEqual([KeyMetadata.KeyState, KeyMetadata.Origin, KeyMetadata.MaterialExpireTime], ['Enabled', 'EXTERNAL', ''])
        assert.equal((await door.call('Encrypt', { KeyId, Plaintext: 'x' })).status, 200)
      })
    }
  }

  it('answers with a token for a day, and a key of SM2 where that is asked for', async () => {
    const door = await sharedDoorUnderTest()
    const KeyId = await newExternal(door, { KeySpec: 'Aliyun_SM4' })
    const asked = { KeyId, WrappingKeySpec: 'EC_SM2', WrappingAlgorithm: 'SM2PKE' }
    const { status, body } = await door.call('GetParametersForImport', asked)
    assert.equal(status, 200)
    assert.deepEqual([body.KeyId, body.TokenExpireTime], [KeyId, '2026-01-02T00:00:00Z'])
    assert.equal(Buffer.from(body.PublicKey, 'base64').length, 91)
  })

  it('opens after it went and came again what it had encrypted, by the same version', async () => {
    const door = await sharedDoorUnderTest()
    const { call } = door
    const KeyId = await newExternal(door)
    const material = randomBytes(32)
    const given = await importOf(door, KeyId, material)
    await call('ImportKeyMaterial', given)
    const { CiphertextBlob, KeyVersionId } = (await call('Encrypt', { KeyId, Plaintext: 'x' })).body
    await call('DeleteKeyMaterial', { KeyId })
    const { KeyMetadata } = (await call('DescribeKey', { KeyId })).body
    assert.deepEqual([KeyMetadata.KeyState, KeyMetadata.PrimaryKeyVersion], ['PendingImport', ''])
    const other = await importOf(door, KeyId, randomBytes(32))
    assert.equal((await call('ImportKeyMaterial', other)).body.Code, 'InvalidKeyMaterial')
    // The token holds for more than one use.
    assert.equal((await call('ImportKeyMaterial', given)).status, 200)
    assert.equal((await call('Decrypt', { CiphertextBlob })).body.Plaintext, 'x')
    assert.equal((await call('Encrypt', { KeyId, Plaintext: 'x' })).body.KeyVersionId, KeyVersionId)
  })

  it('is forgotten at its time, whether anybody has cleaned up by then or not', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    const KeyId = await newExternal(door)
    const material = randomBytes(32)
    await call('ImportKeyMaterial', await importOf(door, KeyId, material, { expires: NOW + DAY }))
    const state = async (): Promise<string> => (await call('DescribeKey', { KeyId })).body.KeyMetadata.KeyState
    assert.equal((await call('DescribeKey', { KeyId })).body.KeyMetadata.MaterialExpireTime, '2026-01-02T00:00:00Z')
    assert.equal(await state(), 'Enabled')
    memory.clock.advance(DAY)
    assert.equal(await state(), 'PendingImport')
    assert.equal((await call('Encrypt', { KeyId, Plaintext: 'x' })).body.Code, 'Rejected.PendingImport')
    assert.equal((await call('DisableKey', { KeyId })).body.Code, 'Rejected.StateModifiedFailed')
    assert.equal((await call('CreateKeyVersion', { KeyId })).body.Code, 'Rejected.PendingImport')
    await call('ImportKeyMaterial', await importOf(door, KeyId, material))
    assert.equal(await state(), 'Enabled')
  })

  it('is refused in the words of the service', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    const KeyId = await newExternal(door)
    const own = (await call('CreateKey')).body.KeyMetadata.KeyId
    const good = await importOf(door, KeyId, randomBytes(32))
    const short = await importOf(door, KeyId, randomBytes(16))
    const ofAnother = await importOf(door, await newExternal(door), randomBytes(32))
    const rubbish = randomBytes(256).toString('base64')
    const none = 'key-000000000000000000000'
    for (const [action, parameters, status, code] of [
      ['GetParametersForImport', { KeyId: own, ...OAEP_256 }, 400, 'Unsupported.Origin'],
      ['GetParametersForImport', { KeyId: none, ...OAEP_256 }, 404, 'Forbidden.KeyNotFound'],
      ['GetParametersForImport', { KeyId: 'alias/a', ...OAEP_256 }, 400, 'Unsupported.Alias'],
      ['GetParametersForImport', { KeyId }, 400, 'MissingParameter'],
      ['GetParametersForImport', { KeyId, ...OAEP_256, WrappingKeySpec: 'RSA_4096' }, 400, 'InvalidParameter'],
      ['GetParametersForImport', { KeyId, ...OAEP_256, WrappingAlgorithm: 'SM2PKE' }, 400, 'InvalidParameter'],
      ['GetParametersForImport', { KeyId, ...OAEP_256, WrappingAlgorithm: 'constructor' }, 400, 'InvalidParameter'],
      ['ImportKeyMaterial', { ...good, KeyId: own }, 400, 'Unsupported.Origin'],
      ['ImportKeyMaterial', { ...good, KeyId: none }, 404, 'Forbidden.KeyNotFound'],
      ['ImportKeyMaterial', { ...good, ImportToken: rubbish }, 400, 'InvalidImportToken'],
      ['ImportKeyMaterial', { ...ofAnother, KeyId }, 400, 'InvalidImportToken'],
      ['ImportKeyMaterial', { ...good, EncryptedKeyMaterial: rubbish }, 400, 'InvalidKeyMaterial'],
      ['ImportKeyMaterial', { ...good, EncryptedKeyMaterial: 'AAAA' }, 400, 'InvalidKeyMaterial'],
      ['ImportKeyMaterial', { ...good, EncryptedKeyMaterial: '?' }, 400, 'InvalidParameter'],
      ['ImportKeyMaterial', short, 400, 'InvalidKeyMaterial'],
      ['ImportKeyMaterial', { ...good, KeyMaterialExpireUnix: NOW }, 400, 'InvalidParameter'],
      ['ImportKeyMaterial', { ...good, KeyMaterialExpireUnix: -1 }, 400, 'InvalidParameter'],
      ['DeleteKeyMaterial', { KeyId: own }, 400, 'Unsupported.Origin'],
      ['DeleteKeyMaterial', { KeyId: none }, 404, 'Forbidden.KeyNotFound'],
      ['CreateKey', { Origin: 'EXTERNAL', KeySpec: 'RSA_2048' }, 400, 'UnsupportedOperation'],
      ['CreateKey', { Origin: 'external' }, 400, 'InvalidParameter'],
    ] as const) {
      const { body, status: answered } = await call(action, parameters)
      assert.deepEqual([answered, body.Code], [status, code], `${action} ${JSON.stringify(parameters)}`)
    }
    assert.equal((await call('GetParametersForImport', { KeyId, ...OAEP_256 }, 'stranger')).body.Code, 'Forbidden.NoPermission')
    assert.equal((await call('ImportKeyMaterial', good, 'stranger')).body.Code, 'Forbidden.NoPermission')
    assert.equal((await call('DeleteKeyMaterial', { KeyId }, 'stranger')).body.Code, 'Forbidden.NoPermission')
    memory.clock.advance(DAY)
    assert.equal((await call('ImportKeyMaterial', good)).body.Code, 'ExpiredImportToken')
  })
})

describe('deletion protection', () => {
  it('keeps a key from being deleted until it is taken away', async () => {
    const { call } = await sharedDoorUnderTest()
    const { KeyId, Arn } = (await call('CreateKey')).body.KeyMetadata
    const described = async () => (await call('DescribeKey', { KeyId })).body.KeyMetadata
    assert.equal((await described()).DeletionProtection, 'Disabled')
    const on = { EnableDeletionProtection: true, DeletionProtectionDescription: 'for pay' }
    assert.equal((await call('SetDeletionProtection', { ProtectedResourceArn: Arn, ...on })).status, 200)
    const { DeletionProtection, DeletionProtectionDescription } = await described()
    assert.deepEqual([DeletionProtection, DeletionProtectionDescription], ['Enabled', 'for pay'])
    const refused = await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    assert.deepEqual([refused.status, refused.body.Code], [400, 'Rejected.UnsupportedOperation'])
    assert.equal((await call('SetDeletionProtection', { KeyId, EnableDeletionProtection: false })).status, 200)
    assert.equal((await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })).status, 200)
  })

  it('is refused in the words of the service', async () => {
    const { call } = await sharedDoorUnderTest()
    const { KeyId } = (await call('CreateKey')).body.KeyMetadata
    const on = { EnableDeletionProtection: true }
    for (const [parameters, status, code] of [
      [on, 400, 'MissingParameter'],
      [{ KeyId }, 400, 'MissingParameter'],
      [{ KeyId, EnableDeletionProtection: 'x' }, 400, 'InvalidParameter'],
      [{ KeyId: 'key-000000000000000000000', ...on }, 404, 'Forbidden.KeyNotFound'],
      [{ ProtectedResourceArn: 'acs:kms:cn-hangzhou:1:key/x', ...on }, 404, 'Forbidden.KeyNotFound'],
      [{ KeyId, ...on, DeletionProtectionDescription: 'x'.repeat(8193) }, 400, 'InvalidParameter'],
    ] as const) {
      const { body, status: answered } = await call('SetDeletionProtection', parameters)
      assert.deepEqual([answered, body.Code], [status, code], JSON.stringify(parameters).slice(0, 100))
    }
    assert.equal((await call('SetDeletionProtection', { KeyId, ...on }, 'stranger')).body.Code, 'Forbidden.NoPermission')
  })
})
