import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sharedDoorUnderTest } from '../door-under-test.ts'

test('a key is made, described, disabled, enabled, deleted and brought back', async () => {
  const { call } = await sharedDoorUnderTest()
  const { status, body } = await call('CreateKey', { Description: 'for orders' })
  assert.equal(status, 200)
  const { KeyId, KeyState, KeySpec, KeyUsage, PrimaryKeyVersion } = body.KeyMetadata
  assert.match(KeyId, /^key-[a-z0-9]{21}$/)
  assert.deepEqual([KeyState, KeySpec, KeyUsage], ['Enabled', 'Aliyun_AES_256', 'ENCRYPT/DECRYPT'])
  assert.equal(PrimaryKeyVersion.length, 36)
  const state = async (): Promise<string> =>
    (await call('DescribeKey', { KeyId })).body.KeyMetadata.KeyState
  assert.equal((await call('DisableKey', { KeyId })).status, 200)
  assert.equal(await state(), 'Disabled')
  assert.equal((await call('EnableKey', { KeyId })).status, 200)
  assert.equal(await state(), 'Enabled')
  assert.equal((await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })).status, 200)
  assert.equal(await state(), 'PendingDeletion')
  assert.equal((await call('EnableKey', { KeyId })).body.Code, 'Rejected.StateModifiedFailed')
  assert.equal((await call('CancelKeyDeletion', { KeyId })).status, 200)
  assert.equal(await state(), 'Enabled')
  assert.equal((await call('CancelKeyDeletion', { KeyId })).body.Code, 'Rejected.StateModifiedFailed')
})

test('what is encrypted is decrypted, with its context alone, and data keys with it', async () => {
  const { call } = await sharedDoorUnderTest()
  const { KeyId, PrimaryKeyVersion } = (await call('CreateKey')).body.KeyMetadata
  const EncryptionContext = '{"b":"2","a":"1"}'
  const { body } = await call('Encrypt', { KeyId, Plaintext: 'hello 世界', EncryptionContext })
  assert.equal(body.KeyVersionId, PrimaryKeyVersion)
  const { CiphertextBlob } = body
  assert.equal(Buffer.from(CiphertextBlob, 'base64').subarray(0, 36).toString(), PrimaryKeyVersion)
  const opened = await call('Decrypt', { CiphertextBlob, EncryptionContext: '{"a":"1","b":"2"}' })
  assert.equal(opened.body.Plaintext, 'hello 世界')
  assert.equal((await call('Decrypt', { CiphertextBlob })).body.Code, 'InvalidParameter')
  const made = (await call('GenerateDataKey', { KeyId, NumberOfBytes: 48 })).body
  assert.equal(Buffer.from(made.Plaintext, 'base64').length, 48)
  const again = (await call('Decrypt', { CiphertextBlob: made.CiphertextBlob })).body
  assert.equal(again.Plaintext, made.Plaintext)
  await call('DisableKey', { KeyId })
  const refused = await call('Decrypt', { CiphertextBlob, EncryptionContext })
  assert.deepEqual([refused.status, refused.body.Code], [409, 'Rejected.Disabled'])
})

test('a key that nobody has, or may not be asked for, is refused in the words of the service', async () => {
  const { call, memory } = await sharedDoorUnderTest()
  const before = (await memory.audit()).length
  for (const [KeyId, code] of [
    ['key-000000000000000000000', 'Forbidden.KeyNotFound'],
    ['nonsense', 'Forbidden.KeyNotFound'],
    ['alias/none', 'Forbidden.AliasNotFound'],
  ] as const) {
    const { status, body } = await call('DescribeKey', { KeyId })
    assert.deepEqual([status, body.Code, body.HttpStatus], [404, code, 404])
    assert.equal((await call('DescribeKey', { KeyId }, 'stranger')).body.Code, 'Forbidden.NoPermission')
  }
  assert.equal((await memory.audit()).length, before + 6)
})

test('a key in an instance that there is not is refused and audited', async () => {
  const { call, memory } = await sharedDoorUnderTest()
  const entries = (await memory.audit()).length
  for (const DKMSInstanceId of ['kst-nosuch', 'no instance']) {
    const { body } = await call('CreateKey', { DKMSInstanceId }, 'stranger')
    assert.equal(body.Code, 'Forbidden.DKMSInstanceNotFound')
  }
  assert.equal((await memory.audit()).length, entries + 2)
})
