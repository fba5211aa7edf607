import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

type Asked = Parameters<SharedDoorUnderTest['call']>
type Sent = Readonly<Record<string, string | number | boolean>>

const made = { SecretName: 'db', VersionId: 'v1', SecretData: 'hush' } as const

async function withSecret(more: Sent = {}): Promise<SharedDoorUnderTest> {
  const world = await sharedDoorUnderTest()
  const { status, body } = await world.call('CreateSecret', { ...made, ...more })
  assert.equal(status, 200, JSON.stringify(body))
  return world
}

/** Asks, and gives what it was refused as. */
async function refusal(
  { call }: SharedDoorUnderTest,
  ...asked: Asked
): Promise<readonly [number, string]> {
  const { status, body } = await call(...asked)
  return [status, body.Code]
}

const ACCOUNT = { AccountName: 'root', AccountPassword: 'pw' } as const
const RDS = {
  SecretType: 'Rds',
  SecretData: JSON.stringify({ Accounts: [ACCOUNT] }),
  ExtendedConfig: JSON.stringify({ SecretSubType: 'SingleUser', DBInstanceId: 'rm-1' }),
} as const

describe('a secret that is made', () => {
  it('says what it is, and is described', async () => {
    const Tags = JSON.stringify([{ TagKey: 'team', TagValue: 'orders' }])
    const { call } = await sharedDoorUnderTest()
    const { body } = await call('CreateSecret', { ...made, Description: 'of orders', Tags })
    const { RequestId: _, ...answer } = body
    assert.match(answer.Arn, /^acs:kms:cn-hangzhou:\d{16}:secret\/db$/)
    assert.deepEqual(answer, {
      Arn: answer.Arn,
      SecretName: 'db',
      SecretType: 'Generic',
      VersionId: 'v1',
      AutomaticRotation: 'Disabled',
      ExtendedConfig: '',
      DKMSInstanceId: 'kst-default',
    })
    const described = (await call('DescribeSecret', { SecretName: 'db', FetchTags: 'true' })).body
    const { Description, PlannedDeleteTime, EncryptionKeyId } = described
    assert.deepEqual([Description, PlannedDeleteTime, EncryptionKeyId], ['of orders', '', ''])
    assert.equal(described.Arn, answer.Arn)
    assert.deepEqual(described.Tags, { Tag: [{ TagKey: 'team', TagValue: 'orders' }] })
    assert.match(described.CreateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    assert.equal('Tags' in (await call('DescribeSecret', { SecretName: 'db' })).body, false)
  })

  it('has any name that the service allows, and keeps its spelling', async () => {
    for (const SecretName of ['a/b_c+d=e.f@g-h', 'A'.repeat(192), 'App.Db', 's-1']) {
      const { call } = await withSecret({ SecretName })
      const { body } = await call('GetSecretValue', { SecretName })
      assert.deepEqual([body.SecretName, body.SecretData], [SecretName, 'hush'])
      const listed = (await call('ListSecrets')).body.SecretList.Secret
      assert.deepEqual(listed.map((one: { SecretName: string }) => one.SecretName), [SecretName])
    }
  })

  for (const [why, parameters, code] of [
    ['a name with another character', { SecretName: 'a b' }, 'InvalidParameter'],
    ['a name of another script', { SecretName: '密码' }, 'InvalidParameter'],
    ['a name that is too long', { SecretName: 'a'.repeat(193) }, 'InvalidParameter'],
    ['a name of the service', { SecretName: 'acs/x' }, 'InvalidParameter'],
    ['an ARN as its name', { SecretName: 'acs:kms:cn-hangzhou:1:secret/x' }, 'InvalidParameter'],
    ['no name', { SecretName: '' }, 'MissingParameter'],
    ['a version id that is too long', { VersionId: 'v'.repeat(65) }, 'InvalidParameter'],
    ['no version id', { VersionId: '' }, 'MissingParameter'],
    ['too long a value', { SecretData: 'x'.repeat(30_721) }, 'InvalidParameter'],
    ['another data type', { SecretDataType: 'json' }, 'InvalidParameter'],
    ['another type', { SecretType: 'generic' }, 'InvalidParameter'],
    ['a name of an object as its type', { SecretType: 'toString' }, 'InvalidParameter'],
    ['an instance that there is not', { DKMSInstanceId: 'kst-none' }, 'Forbidden.DKMSInstanceNotFound'],
    ['no id of an instance', { DKMSInstanceId: 'none' }, 'Forbidden.DKMSInstanceNotFound'],
    ['a key that there is not', { EncryptionKeyId: 'key-000000000000000000000' }, 'Forbidden.KeyNotFound'],
    ['an alias that there is not', { EncryptionKeyId: 'alias/none' }, 'Forbidden.AliasNotFound'],
    ['tags that are none', { Tags: '{}' }, 'InvalidParameter'],
    ['a tag of the service', { Tags: '[{"TagKey":"acs:x","TagValue":"y"}]' }, 'InvalidParameter'],
    ['settings that are no object', { ExtendedConfig: '[]' }, 'InvalidParameter'],
    ['settings that are too long', { ExtendedConfig: `{"a":"${'x'.repeat(1024)}"}` }, 'InvalidParameter'],
    ['nested custom data', { ExtendedConfig: '{"CustomData":{"a":{}}}' }, 'InvalidParameter'],
    ['too long a description', { Description: 'x'.repeat(8193) }, 'InvalidParameter'],
    ['rotation by itself', { EnableAutomaticRotation: true, RotationInterval: '7d' }, 'UnsupportedOperation'],
  ] as const) {
    it(`has not ${why}`, async () => {
      const world = await sharedDoorUnderTest()
      const [status, found] = await refusal(world, 'CreateSecret', { ...made, ...parameters })
      assert.equal(found, code)
      assert.ok(status < 500)
      assert.equal((await world.call('ListSecrets')).body.TotalCount, 0)
    })
  }

  it('has up to 20 tags and a value of 30,720 octets', async () => {
    const tags = Array.from({ length: 20 }, (_, at) => ({ TagKey: `k${at}`, TagValue: 'v' }))
    const value = 'é'.repeat(15_360)
    const { call } = await withSecret({ Tags: JSON.stringify(tags), SecretData: value })
    assert.equal((await call('GetSecretValue', { SecretName: 'db' })).body.SecretData, value)
    await call('PutSecretValue', { SecretName: 'db', VersionId: 'v2', SecretData: 'x' })
    const { Tags } = (await call('DescribeSecret', { SecretName: 'db', FetchTags: true })).body
    assert.equal(Tags.Tag.length, 20)
  })

  it('is the only one of its name, whatever instance it is in', async () => {
    const world = await withSecret()
    const { call, memory } = world
    await memory.vault.vaults.create(memory.administrator, { name: 'other' })
    await memory.vault.vaults.create(memory.administrator, { name: 'third' })
    const there = { ...made, DKMSInstanceId: 'kst-other' }
    const exists = [409, 'Rejected.ResourceExist'] as const
    assert.deepEqual(await refusal(world, 'CreateSecret', made), exists)
    assert.deepEqual(await refusal(world, 'CreateSecret', there), exists)
    assert.equal((await call('CreateSecret', { ...there, SecretName: 'own' })).status, 200)
    assert.deepEqual(await refusal(world, 'CreateSecret', { ...made, SecretName: 'own' }), exists)
    const third = { ...made, SecretName: 'own', DKMSInstanceId: 'kst-third' }
    assert.deepEqual(await refusal(world, 'CreateSecret', third), exists)
    assert.equal((await call('GetSecretValue', { SecretName: 'own' })).body.SecretData, 'hush')
    const { DKMSInstanceId } = (await call('DescribeSecret', { SecretName: 'own' })).body
    assert.equal(DKMSInstanceId, 'kst-other')
    await call('DeleteSecret', { SecretName: 'db' })
    assert.deepEqual(await refusal(world, 'CreateSecret', there), [409, 'Rejected.ResourceInDeleteWindow'])
    await call('DeleteSecret', { SecretName: 'own', ForceDeleteWithoutRecovery: true })
    assert.equal((await call('CreateSecret', third)).status, 200)
    const { body } = await call('DescribeSecret', { SecretName: 'own' })
    assert.equal(body.DKMSInstanceId, 'kst-third')
  })

  it('is gone with its instance, and its name is free', async () => {
    const { call, memory } = await withSecret()
    const { vault, administrator } = memory
    await vault.vaults.create(administrator, { name: 'other' })
    const there = { ...made, SecretName: 'a/b', DKMSInstanceId: 'kst-other' }
    await call('CreateSecret', there)
    await vault.vaults.delete(administrator, { vault: 'other' })
    const gone = await call('GetSecretValue', { SecretName: 'a/b' })
    assert.deepEqual([gone.status, gone.body.Code], [403, 'Forbidden.DKMSInstanceNotFound'])
    while (!(await vault.vaults.purge(administrator, { vault: 'other' })).done);
    const after = await call('GetSecretValue', { SecretName: 'a/b' })
    assert.deepEqual([after.status, after.body.Code], [404, 'Forbidden.ResourceNotFound'])
    assert.equal((await call('CreateSecret', { ...made, SecretName: 'a/b' })).status, 200)
  })
})

describe('a secret of an account', () => {
  it('is read in the form of its type, at its stages alone', async () => {
    const { call } = await withSecret({
      ...RDS, EnableAutomaticRotation: true, RotationInterval: '7d',
    })
    const { body } = await call('GetSecretValue', {
      SecretName: 'db', VersionId: 'whatever', FetchExtendedConfig: 'true',
    })
    assert.deepEqual(JSON.parse(body.SecretData), ACCOUNT)
    assert.equal(body.VersionId, 'v1')
    assert.deepEqual([body.AutomaticRotation, body.RotationInterval], ['Invalid', '604800s'])
    const settings = JSON.parse(body.ExtendedConfig)
    assert.deepEqual(settings, { SecretSubType: 'SingleUser', DBInstanceId: 'rm-1', CustomData: {} })
  })

  it('of a RAM user is named by the server and tells when it was made', async () => {
    const key = { AccessKeyId: 'LTAI', AccessKeySecret: 'S' }
    const { call } = await sharedDoorUnderTest()
    const { body } = await call('CreateSecret', {
      ...made,
      SecretName: '$Auto',
      SecretType: 'RAMCredentials',
      SecretData: JSON.stringify({ AccessKeys: [key] }),
      ExtendedConfig: JSON.stringify({ SecretSubType: 'RamUserAccessKey', UserName: 'ann' }),
    })
    assert.equal(body.SecretName, 'acs/ram/user/ann')
    const { SecretData } = (await call('GetSecretValue', { SecretName: body.SecretName })).body
    const { GenerateTimestamp, ...read } = JSON.parse(SecretData)
    assert.deepEqual(read, key)
    assert.match(GenerateTimestamp, /Z$/)
  })

  for (const [why, parameters, code] of [
    ['without settings', { ExtendedConfig: '' }, 'MissingParameter'],
    ['without its sub type', { ExtendedConfig: '{"DBInstanceId":"rm-1"}' }, 'InvalidParameter'],
    ['without its place', { ExtendedConfig: '{"SecretSubType":"SingleUser"}' }, 'InvalidParameter'],
    ['with a value of another form', { SecretData: '{"Accounts":[]}' }, 'InvalidParameter'],
    ['with a value that is no JSON', { SecretData: 'x' }, 'InvalidParameter'],
    ['that the server is to make', { SecretData: '$Auto' }, 'UnsupportedOperation'],
    ['with a name of the service', { SecretName: 'acs/ecs/x' }, 'InvalidParameter'],
    ['of ECS without its name', { SecretType: 'ECS', SecretData: '{"UserName":"a","Password":"b"}',
      ExtendedConfig: '{"SecretSubType":"Password","InstanceId":"i"}' }, 'InvalidParameter'],
    ['of RAM with a name', { SecretType: 'RAMCredentials' }, 'InvalidParameter'],
    ['rotated too often', { EnableAutomaticRotation: true, RotationInterval: '5h' }, 'InvalidParameter'],
    ['rotated too seldom', { EnableAutomaticRotation: true, RotationInterval: '366d' }, 'InvalidParameter'],
    ['rotated at no time', { EnableAutomaticRotation: true }, 'MissingParameter'],
  ] as const) {
    it(`is not made ${why}`, async () => {
      const world = await sharedDoorUnderTest()
      const [status, found] = await refusal(world, 'CreateSecret', { ...made, ...RDS, ...parameters })
      assert.deepEqual([status, found], [400, code])
    })
  }
})

describe('what is said of a secret', () => {
  it('changes, with both spellings of its custom data', async () => {
    const { call, memory } = await withSecret({ ...RDS })
    memory.clock.advance(60)
    const SecretName = 'db'
    const pairs = '{"a":"1","b":"2"}'
    await call('UpdateSecret', { SecretName, Description: 'new', 'ExtendedConfig.CustomData': pairs })
    const described = (await call('DescribeSecret', { SecretName })).body
    assert.equal(described.Description, 'new')
    assert.deepEqual(JSON.parse(described.ExtendedConfig), {
      SecretSubType: 'SingleUser', DBInstanceId: 'rm-1', CustomData: { a: '1', b: '2' },
    })
    const { CreateTime, UpdateTime } = described
    assert.equal((Date.parse(UpdateTime) - Date.parse(CreateTime)) / 1000, 60)
    await call('UpdateSecret', { SecretName, 'ExtendedConfig.CustomData.c': '3' })
    const { ExtendedConfig } = (await call('DescribeSecret', { SecretName })).body
    assert.deepEqual(JSON.parse(ExtendedConfig).CustomData, { c: '3' })
    assert.equal((await call('UpdateSecret', { SecretName, Description: '' })).status, 200)
    assert.equal((await call('DescribeSecret', { SecretName })).body.Description, '')
  })

  it('is refused when it does not fit, or the secret is not there', async () => {
    const world = await withSecret()
    const custom = (pairs: string): Sent => ({
      SecretName: 'db', 'ExtendedConfig.CustomData': pairs,
    })
    const eleven = JSON.stringify(Object.fromEntries(Array.from({ length: 11 }, (_, at) => [at, ''])))
    for (const bad of ['x', '[]', eleven, '{"a":[]}', `{"a":"${'x'.repeat(1010)}"}`]) {
      assert.deepEqual(await refusal(world, 'UpdateSecret', custom(bad)), [400, 'InvalidParameter'])
    }
    const missing = { SecretName: 'none', Description: 'x' }
    assert.deepEqual(await refusal(world, 'UpdateSecret', missing), [404, 'Forbidden.ResourceNotFound'])
  })
})

describe('the list of secrets', () => {
  async function withMany(): Promise<SharedDoorUnderTest> {
    const world = await sharedDoorUnderTest()
    const { memory, call } = world
    await memory.vault.vaults.create(memory.administrator, { name: 'other' })
    for (let at = 0; at < 12; at++) await call('CreateSecret', { ...made, SecretName: `a${at + 10}` })
    const Tags = '[{"TagKey":"team","TagValue":"orders"}]'
    await call('CreateSecret', { ...made, SecretName: 'x/1', DKMSInstanceId: 'kst-other', Tags, Description: 'for x' })
    await call('CreateSecret', { ...made, ...RDS, SecretName: 'x/2' })
    await call('DeleteSecret', { SecretName: 'x/2' })
    return world
  }

  async function names({ call }: SharedDoorUnderTest, more: Sent = {}): Promise<readonly string[]> {
    const { body } = await call('ListSecrets', { PageSize: 100, ...more })
    return body.SecretList.Secret.map((one: { SecretName: string }) => one.SecretName)
  }

  it('has all of them, page by page, those that wait for their destruction too', async () => {
    const world = await withMany()
    const { body } = await world.call('ListSecrets')
    assert.deepEqual([body.PageNumber, body.PageSize, body.TotalCount], [1, 10, 14])
    assert.equal(body.SecretList.Secret.length, 10)
    const second = (await world.call('ListSecrets', { PageNumber: 2 })).body.SecretList.Secret
    assert.equal(second.length, 4)
    assert.notEqual(second.find((one: { SecretName: string }) => one.SecretName === 'x/2').PlannedDeleteTime, '')
    const behind = (await world.call('ListSecrets', { PageNumber: 3 })).body
    assert.deepEqual([behind.SecretList, behind.TotalCount], [{ Secret: [] }, 14])
    assert.equal(new Set(await names(world)).size, 14)
  })

  it('is filtered: values are alternatives, filters must all hold', async () => {
    const world = await withMany()
    const filters = (...wanted: readonly [string, ...string[]][]): Sent => ({
      Filters: JSON.stringify(wanted.map(([Key, ...Values]) => ({ Key, Values }))),
    })
    assert.deepEqual(await names(world, filters(['SecretName', 'a11', 'x/'])), ['a11', 'x/2', 'x/1'])
    assert.deepEqual(await names(world, filters(['SecretType', 'Rds'])), ['x/2'])
    assert.deepEqual(await names(world, filters(['DKMSInstanceId', 'kst-other'])), ['x/1'])
    assert.deepEqual(await names(world, filters(['TagKey', 'team'], ['TagValue', 'orders'])), ['x/1'])
    assert.deepEqual(await names(world, filters(['TagKey', 'team'], ['TagValue', 'none'])), [])
    assert.deepEqual(await names(world, filters(['Description', 'for'])), ['x/1'])
    assert.deepEqual(await names(world, filters(['SecretName', 'x'], ['SecretType', 'Generic'])), ['x/1'])
    assert.deepEqual(await names(world, filters(['Creator', '1'])), [])
    assert.deepEqual(await refusal(world, 'ListSecrets', filters(['toString', 'x'])), [400, 'InvalidParameter'])
    const { body } = await world.call('ListSecrets', { ...filters(['SecretName', 'x/1']), FetchTags: true })
    assert.deepEqual(body.SecretList.Secret[0].Tags.Tag, [{ TagKey: 'team', TagValue: 'orders' }])
  })

  it('has what the caller may list, and is refused who may list nothing', async () => {
    const world = await withMany()
    const seen = (await world.call('ListSecrets', {}, 'identity')).body
    assert.equal(seen.TotalCount, 13)
    assert.deepEqual(await refusal(world, 'ListSecrets', {}, 'stranger'), [403, 'Forbidden.NoPermission'])
    assert.deepEqual(await refusal(world, 'ListSecrets', { PageSize: 101 }), [400, 'InvalidParameter'])
  })
})

describe('a secret that is deleted', () => {
  it('waits, is described and listed, gives no value, and comes back', async () => {
    const world = await withSecret()
    const { call, memory } = world
    const SecretName = 'db'
    const now = memory.clock.now()
    const { body } = await call('DeleteSecret', { SecretName, RecoveryWindowInDays: 7 })
    assert.equal((Date.parse(body.PlannedDeleteTime) - now) / 86_400_000, 7)
    const described = (await call('DescribeSecret', { SecretName })).body
    assert.equal(described.PlannedDeleteTime, body.PlannedDeleteTime)
    const waiting = [409, 'Rejected.ResourceInDeleteWindow'] as const
    for (const asked of [
      ['GetSecretValue', { SecretName }],
      ['PutSecretValue', { SecretName, VersionId: 'v2', SecretData: 'x' }],
      ['ListSecretVersionIds', { SecretName }],
      ['UpdateSecret', { SecretName, Description: 'x' }],
      ['UpdateSecretVersionStage', { SecretName, VersionStage: 'x', MoveToVersion: 'v1' }],
      ['UpdateSecretRotationPolicy', { SecretName, EnableAutomaticRotation: false }],
      ['RotateSecret', { SecretName, VersionId: 'v2' }],
      ['DeleteSecret', { SecretName }],
      ['DeleteSecret', { SecretName, ForceDeleteWithoutRecovery: true }],
      ['CreateSecret', made],
    ] as const) {
      assert.deepEqual(await refusal(world, asked[0], asked[1]), waiting, asked[0])
    }
    assert.equal((await call('RestoreSecret', { SecretName })).status, 200)
    assert.equal((await call('GetSecretValue', { SecretName })).body.SecretData, 'hush')
    assert.deepEqual(await refusal(world, 'RestoreSecret', { SecretName }), [409, 'Rejected.ResourceInUse'])
  })

  it('waits for 30 days unless something else is said, from 7 to 30', async () => {
    const world = await withSecret()
    const now = world.memory.clock.now()
    for (const RecoveryWindowInDays of [6, 31, 'x']) {
      const bad = { SecretName: 'db', RecoveryWindowInDays }
      assert.deepEqual(await refusal(world, 'DeleteSecret', bad), [400, 'InvalidParameter'])
    }
    const { PlannedDeleteTime } = (await world.call('DeleteSecret', { SecretName: 'db' })).body
    assert.equal((Date.parse(PlannedDeleteTime) - now) / 86_400_000, 30)
  })

  it('by force is gone at once', async () => {
    const world = await withSecret()
    const SecretName = 'db'
    const { status } = await world.call('DeleteSecret', { SecretName, ForceDeleteWithoutRecovery: 'true' })
    assert.equal(status, 200)
    const missing = [404, 'Forbidden.ResourceNotFound'] as const
    assert.deepEqual(await refusal(world, 'RestoreSecret', { SecretName }), missing)
    assert.deepEqual(await refusal(world, 'DescribeSecret', { SecretName }), missing)
    assert.deepEqual(await refusal(world, 'DeleteSecret', { SecretName }), missing)
    assert.equal((await world.call('CreateSecret', made)).status, 200)
  })

  it('by force stays under the protection of its vault, live', async () => {
    const world = await sharedDoorUnderTest()
    const { memory, call } = world
    await memory.vault.vaults.create(memory.administrator, { name: 'safe', purgeProtection: true })
    await call('CreateSecret', { ...made, DKMSInstanceId: 'kst-safe' })
    const force = { SecretName: 'db', ForceDeleteWithoutRecovery: true }
    assert.deepEqual(await refusal(world, 'DeleteSecret', force), [400, 'Rejected.UnsupportedOperation'])
    assert.equal((await call('GetSecretValue', { SecretName: 'db' })).status, 200)
  })
})

it('who may do nothing is refused everything, before anything is told', async () => {
  const world = await withSecret()
  for (const SecretName of ['db', 'none']) {
    for (const asked of [
      ['CreateSecret', { ...made, SecretName }],
      ['DescribeSecret', { SecretName }],
      ['UpdateSecret', { SecretName }],
      ['DeleteSecret', { SecretName }],
      ['DeleteSecret', { SecretName, ForceDeleteWithoutRecovery: true }],
      ['RestoreSecret', { SecretName }],
      ['GetSecretValue', { SecretName }],
      ['PutSecretValue', { SecretName, VersionId: 'v2', SecretData: 'x' }],
      ['ListSecretVersionIds', { SecretName }],
      ['UpdateSecretVersionStage', { SecretName, VersionStage: 'x', MoveToVersion: 'v1' }],
      ['UpdateSecretRotationPolicy', { SecretName, EnableAutomaticRotation: false }],
      ['RotateSecret', { SecretName, VersionId: 'v2' }],
      ['GetRandomPassword', {}],
      ['GetManagedDataKey', { DataKeyName: SecretName }],
      ['ListManagedDataKeyVersions', { DataKeyName: SecretName }],
    ] as const) {
      const found = await refusal(world, asked[0], asked[1], 'stranger')
      assert.deepEqual(found, [403, 'Forbidden.NoPermission'], asked[0])
    }
  }
})
