import assert from 'node:assert/strict'
import { step } from '../step.ts'
import { type Answer, list, member, type Parameters, refused, text } from './generic-client.ts'
import { call, createKey, describe, own } from './key-calls.ts'

// Keys and aliases by the generic clients: everything the shared gateway has for them.

/** Every kind of key, and what it is for unless said and when said. */
const KEY_SPECS: Readonly<Record<string, readonly string[]>> = {
  Aliyun_AES_256: ['ENCRYPT/DECRYPT'],
  Aliyun_AES_192: ['ENCRYPT/DECRYPT'],
  Aliyun_AES_128: ['ENCRYPT/DECRYPT'],
  Aliyun_SM4: ['ENCRYPT/DECRYPT'],
  RSA_2048: ['SIGN/VERIFY', 'ENCRYPT/DECRYPT'],
  RSA_3072: ['SIGN/VERIFY', 'ENCRYPT/DECRYPT'],
  EC_P256: ['SIGN/VERIFY'],
  EC_P256K: ['SIGN/VERIFY'],
  EC_SM2: ['SIGN/VERIFY', 'ENCRYPT/DECRYPT'],
  HMAC_256: ['GENERATE_VERIFY_MAC'],
}

await step('CreateKey makes every kind of key for every use, and no other', async () => {
  for (const [KeySpec, usages] of Object.entries(KEY_SPECS)) {
    for (const KeyUsage of [undefined, ...usages]) {
      const made = member(await call('CreateKey', { KeySpec, KeyUsage }), 'KeyMetadata')
      assert.equal(made['KeySpec'], KeySpec)
      assert.equal(made['KeyUsage'], KeyUsage ?? usages[0])
      assert.equal(made['KeyState'], 'Enabled')
      assert.equal(made['Origin'], 'Aliyun_KMS')
      const primary = text(made, 'PrimaryKeyVersion')
      const isSymmetric = !/^(RSA|EC)_/.test(KeySpec)
      assert.equal(primary.length, isSymmetric ? 36 : 0)
    }
  }
  const standard = await describe(await createKey())
  assert.equal(standard['KeySpec'], 'Aliyun_AES_256')
  for (const wrong of [
    { KeySpec: 'RSA_1024' },
    { KeySpec: 'toString' },
    { KeySpec: 'EC_P256', KeyUsage: 'ENCRYPT/DECRYPT' },
    { KeyUsage: 'SIGN/VERIFY' },
    { Origin: 'external' },
    { Description: 'x'.repeat(8193) },
  ]) {
    await refused(call('CreateKey', wrong), 'InvalidParameter', 400)
  }
  const elsewhere = { DKMSInstanceId: 'kst-nothing' }
  await refused(call('CreateKey', elsewhere), 'Forbidden.DKMSInstanceNotFound', 403)
})

await step('CreateKey sets rotation, tags and the instance', async () => {
  const KeyId = await createKey({
    EnableAutomaticRotation: true,
    RotationInterval: '365d',
    DKMSInstanceId: 'kst-default',
    Tags: '[{"TagKey":"made","TagValue":"at-once"}]',
  })
  const described = await describe(KeyId)
  assert.equal(described['AutomaticRotation'], 'Enabled')
  assert.equal(described['RotationInterval'], '31536000s')
  assert.equal(described['DKMSInstanceId'], 'kst-default')
  const tags = list(await call('ListResourceTags', { KeyId }), 'Tags', 'Tag')
  assert.deepEqual(tags, [{ KeyId, TagKey: 'made', TagValue: 'at-once' }])
})

await step('DescribeKey knows a key by its id, its alias and the names of both', async () => {
  const KeyId = await createKey()
  const AliasName = `alias/names_${own}/a-b`
  await call('CreateAlias', { KeyId, AliasName })
  const arn = text(await describe(KeyId), 'Arn')
  const aliasArn = arn.replace(/key\/.*$/, AliasName)
  for (const name of [KeyId, AliasName, arn, aliasArn]) {
    assert.equal((await describe(name))['KeyId'], KeyId)
  }
  const foreign = arn.replace(/:\d+:/, ':1234567890123456:')
  await refused(describe(foreign), 'Forbidden.KeyNotFound', 404)
  await refused(describe('00000000-0000-4000-8000-000000000000'), 'Forbidden.KeyNotFound', 404)
  await refused(describe('alias/nobody-has-it'), 'Forbidden.AliasNotFound', 404)
  await refused(call('DescribeKey'), 'MissingParameter', 400)
})

await step('ListKeys filters: values are ored, keys are anded', async () => {
  const signing = await createKey({ KeySpec: 'EC_P256' })
  const cipher = await createKey({ KeySpec: 'Aliyun_SM4' })
  await call('DisableKey', { KeyId: cipher })
  const found = async (filters: object): Promise<readonly unknown[]> => {
    const asked = { PageSize: 100, Filters: JSON.stringify(filters) }
    return list(await call('ListKeys', asked), 'Keys', 'Key').map((key) => key['KeyId'])
  }
  const either = [{ Key: 'KeySpec', Values: ['EC_P256', 'Aliyun_SM4'] }]
  const both = await found(either)
  assert.ok(both.includes(signing) && both.includes(cipher))
  const disabled = await found([...either, { Key: 'KeyState', Values: ['Disabled'] }])
  assert.ok(disabled.includes(cipher) && !disabled.includes(signing))
  assert.deepEqual(await found([{ Key: 'KeyState', Values: ['PendingImport'] }, ...either]), [])
  await refused(found([{ Key: 'Unknown', Values: ['x'] }]), 'InvalidParameter', 400)
  for (const wrong of [{ Filters: 'x' }, { PageSize: 0 }, { PageSize: 101 }, { PageNumber: 0 }]) {
    await refused(call('ListKeys', wrong), 'InvalidParameter', 400)
  }
  const past = await call('ListKeys', { PageNumber: 999 })
  assert.deepEqual(list(past, 'Keys', 'Key'), [])
  assert.equal(past['PageNumber'], 999)
})

await step(
  'aliases have the form they must have, and stand for no key where an id is asked',
  async () => {
    const KeyId = await createKey()
    const wrong = [
      '',
      'alias/',
      'noprefix',
      'alias/with blank',
      'alias/acs/mine',
      `alias/${'x'.repeat(250)}`,
    ]
    for (const AliasName of wrong) {
      const code = AliasName === '' ? 'MissingParameter' : 'InvalidParameter'
      await refused(call('CreateAlias', { KeyId, AliasName }), code, 400)
    }
    const AliasName = `alias/${'x'.repeat(246)}${own}`.slice(0, 255)
    await call('CreateAlias', { KeyId, AliasName })
    for (const action of ['EnableKey', 'DisableKey', 'CancelKeyDeletion', 'DeleteKeyMaterial']) {
      await refused(call(action, { KeyId: AliasName }), 'Unsupported.Alias', 400)
    }
    await call('DeleteAlias', { AliasName })
  },
)

await step('SetDeletionProtection keeps a key from being deleted', async () => {
  const KeyId = await createKey()
  const ProtectedResourceArn = text(await describe(KeyId), 'Arn')
  const DeletionProtectionDescription = 'in use'
  await call('SetDeletionProtection', {
    ProtectedResourceArn,
    EnableDeletionProtection: true,
    DeletionProtectionDescription,
  })
  const described = await describe(KeyId)
  assert.equal(described['DeletionProtection'], 'Enabled')
  assert.equal(described['DeletionProtectionDescription'], 'in use')
  const deletion = { KeyId, PendingWindowInDays: 7 }
  await refused(call('ScheduleKeyDeletion', deletion), 'Rejected.UnsupportedOperation', 400)
  await call('SetDeletionProtection', { ProtectedResourceArn, EnableDeletionProtection: false })
  await call('ScheduleKeyDeletion', deletion)
  for (const PendingWindowInDays of [6, 367, 'x']) {
    const asked = call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays })
    await refused(asked, 'InvalidParameter', 400)
  }
  const late = { ProtectedResourceArn, EnableDeletionProtection: true }
  await refused(call('SetDeletionProtection', late), 'Rejected.PendingDeletion', 409)
})

await step('UpdateRotationPolicy refuses intervals and keys that do not rotate', async () => {
  const KeyId = await createKey()
  const set = (parameters: Parameters): Promise<Answer> =>
    call('UpdateRotationPolicy', { KeyId, EnableAutomaticRotation: true, ...parameters })
  for (const RotationInterval of ['6d', '731d', 'd', '-7d', '1w']) {
    await refused(set({ RotationInterval }), 'InvalidParameter', 400)
  }
  await refused(set({}), 'MissingParameter', 400)
  await set({ RotationInterval: '2592000s' })
  assert.equal((await describe(KeyId))['RotationInterval'], '2592000s')
  await call('DisableKey', { KeyId })
  assert.equal((await describe(KeyId))['AutomaticRotation'], 'Suspended')
  for (const parameters of [{ KeySpec: 'RSA_2048' }, { KeySpec: 'HMAC_256' }]) {
    const other = { KeyId: await createKey(parameters), RotationInterval: '30d' }
    await refused(set(other), 'Rejected.UnsupportedOperation', 400)
  }
})

await step('CreateKeyVersion and CancelKeyDeletion answer as they should', async () => {
  const KeyId = await createKey()
  const made = member(await call('CreateKeyVersion', { KeyId }), 'KeyVersion')
  assert.equal(made['KeyVersionId'], (await describe(KeyId))['PrimaryKeyVersion'])
  await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 30 })
  await call('CancelKeyDeletion', { KeyId })
  await call('UpdateKeyDescription', { KeyId, Description: 'kept' })
  assert.equal((await describe(KeyId))['Description'], 'kept')
})

await step('aliases are listed, all of them and those of a key, and moved', async () => {
  const [KeyId, other] = [await createKey(), await createKey()]
  const AliasName = `alias/listed/${own}`
  await call('CreateAlias', { KeyId, AliasName })
  await call('UpdateAlias', { KeyId: other, AliasName })
  const ofOther = list(await call('ListAliasesByKeyId', { KeyId: other }), 'Aliases', 'Alias')
  assert.deepEqual(
    ofOther.map((one) => one['AliasName']),
    [AliasName],
  )
  const all = await call('ListAliases', { PageSize: 100 })
  assert.equal(all['PageSize'], 100)
  assert.ok(list(all, 'Aliases', 'Alias').some((one) => one['AliasName'] === AliasName))
})

await step('versions are described, and those of another key are not', async () => {
  const [KeyId, other] = [await createKey({ KeySpec: 'EC_P256' }), await createKey()]
  const versions = async (key: string): Promise<readonly Answer[]> =>
    list(await call('ListKeyVersions', { KeyId: key }), 'KeyVersions', 'KeyVersion')
  const [first] = await versions(KeyId)
  assert.ok(first)
  const KeyVersionId = text(first, 'KeyVersionId')
  assert.equal(KeyVersionId.length, 36)
  const described = await call('DescribeKeyVersion', { KeyId, KeyVersionId })
  assert.deepEqual(member(described, 'KeyVersion'), first)
  for (const asked of [
    { KeyId: other, KeyVersionId },
    { KeyId, KeyVersionId: 'x'.repeat(36) },
  ]) {
    await refused(call('DescribeKeyVersion', asked), 'Forbidden.KeyVersionNotFound', 404)
  }
})

await step('SetKeyPolicy and GetKeyPolicy keep a policy', async () => {
  const KeyId = await createKey({ DKMSInstanceId: 'kst-default' })
  const standard: unknown = JSON.parse(text(await call('GetKeyPolicy', { KeyId }), 'Policy'))
  const Policy = JSON.stringify(standard)
  await call('SetKeyPolicy', { KeyId, Policy, PolicyName: 'default' })
  const kept: unknown = JSON.parse(
    text(await call('GetKeyPolicy', { KeyId, PolicyName: 'default' }), 'Policy'),
  )
  assert.deepEqual(kept, standard)
  const other = call('GetKeyPolicy', { KeyId, PolicyName: 'other' })
  await refused(other, 'Forbidden.ResourceNotFound', 404)
  await refused(call('SetKeyPolicy', { KeyId, Policy: '{' }), 'InvalidParameter', 400)
})

console.log('done')
