import assert from 'node:assert/strict'
import { DenialLimit, Secret } from '@claviger/vault'
import { FixedClock } from '@claviger/vault/testing'
import { describe, it } from 'node:test'
import { secretObjectName } from '../../secret-object-name.ts'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

type Asked = Parameters<SharedDoorUnderTest['call']>

const SecretName = 'db'

/** With a version for each id, the last current; values are `value of <id>`. */
async function withVersions(...ids: readonly string[]): Promise<SharedDoorUnderTest> {
  const world = await sharedDoorUnderTest()
  for (const [at, VersionId] of ids.entries()) {
    world.memory.clock.advance(10)
    const action = at === 0 ? 'CreateSecret' : 'PutSecretValue'
    const SecretData = `value of ${VersionId}`
    const { status } = await world.call(action, { SecretName, VersionId, SecretData })
    assert.equal(status, 200)
  }
  return world
}

async function refusal({ call }: SharedDoorUnderTest, ...asked: Asked): Promise<readonly [number, string]> {
  const { status, body } = await call(...asked)
  return [status, body.Code]
}

type Stages = Readonly<Record<string, readonly string[]>>

async function stages({ call }: SharedDoorUnderTest): Promise<Stages> {
  const { body } = await call('ListSecretVersionIds', { SecretName, IncludeDeprecated: 'true' })
  const rows: readonly { VersionId: string; VersionStages: { VersionStage: string[] } }[] =
    body.VersionIds.VersionId
  return Object.fromEntries(rows.map((row) => [row.VersionId, row.VersionStages.VersionStage]))
}

async function value({ call }: SharedDoorUnderTest, more: Asked[1] = {}): Promise<string> {
  return (await call('GetSecretValue', { SecretName, ...more })).body.SecretData
}

describe('a value', () => {
  it('comes with its version, by name or ARN, by id or stage', async () => {
    const world = await withVersions('v1', 'v2')
    const { call } = world
    const { body } = await call('GetSecretValue', { SecretName })
    const { RequestId: _, CreateTime, ...answer } = body
    assert.match(CreateTime, /Z$/)
    assert.deepEqual(answer, {
      SecretName,
      SecretType: 'Generic',
      SecretData: 'value of v2',
      SecretDataType: 'text',
      VersionId: 'v2',
      VersionStages: { VersionStage: ['ACSCurrent'] },
      AutomaticRotation: 'Disabled',
    })
    const { Arn } = (await call('DescribeSecret', { SecretName })).body
    assert.equal(await value(world, { SecretName: Arn }), 'value of v2')
    assert.equal(await value(world, { VersionId: 'v1' }), 'value of v1')
    assert.equal(await value(world, { VersionStage: 'ACSPrevious' }), 'value of v1')
    assert.equal(await value(world, { VersionId: 'v1', VersionStage: 'ACSPrevious' }), 'value of v1')
    const old = (await call('GetSecretValue', { SecretName, VersionId: 'v1' })).body
    assert.equal((Date.parse(CreateTime) - Date.parse(old.CreateTime)) / 1000, 10)
  })

  it('that is not there is refused', async () => {
    const world = await withVersions('v1', 'v2')
    const { Arn } = (await world.call('DescribeSecret', { SecretName })).body
    const missing = [404, 'Forbidden.ResourceNotFound'] as const
    for (const asked of [
      { SecretName: 'none' },
      { SecretName, VersionId: 'v3' },
      { SecretName, VersionStage: 'none' },
      { SecretName, VersionStage: 'current' },
      { SecretName, VersionId: 'v1', VersionStage: 'ACSCurrent' },
      { SecretName, VersionId: '0'.repeat(32) },
      { SecretName: Arn.replace('hangzhou', 'shanghai') },
      { SecretName: Arn.replace(/:\d{16}:/, ':1:') },
    ]) {
      assert.deepEqual(await refusal(world, 'GetSecretValue', asked), missing, JSON.stringify(asked))
    }
    const foreign = { SecretName: Arn.replace('hangzhou', 'shanghai') }
    const denied = await refusal(world, 'GetSecretValue', foreign, 'stranger')
    assert.deepEqual(denied, [403, 'Forbidden.NoPermission'])
    const other = { SecretName: 'acs:kms:cn-hangzhou:1:key/db' }
    assert.deepEqual(await refusal(world, 'GetSecretValue', other), [400, 'InvalidParameter'])
    assert.deepEqual(await refusal(world, 'DescribeSecret', { SecretName: Arn }), [400, 'InvalidParameter'])
  })

  it('in a dry run only says what would be', async () => {
    const world = await withVersions('v1')
    const dry = { SecretName, DryRun: 'true' }
    assert.equal((await refusal(world, 'GetSecretValue', dry))[1], 'DryRunOperationError')
    assert.equal((await refusal(world, 'GetSecretValue', dry, 'stranger'))[1], 'AccessDeniedError')
  })

  it('called binary stays the text that it is', async () => {
    const world = await withVersions('v1')
    const put = { SecretName, VersionId: 'v2', SecretData: 'AAEC', SecretDataType: 'binary' }
    await world.call('PutSecretValue', put)
    const { body } = await world.call('GetSecretValue', { SecretName })
    assert.deepEqual([body.SecretData, body.SecretDataType], ['AAEC', 'binary'])
  })
})

describe('a version that is put', () => {
  it('is current, and the one before it previous', async () => {
    const world = await withVersions('v1', 'v2')
    const put = { SecretName, VersionId: 'v3', SecretData: 'x' }
    const { body } = await world.call('PutSecretValue', put)
    assert.deepEqual([body.VersionId, body.VersionStages], ['v3', { VersionStage: ['ACSCurrent'] }])
    assert.deepEqual(await stages(world), { v3: ['ACSCurrent'], v2: ['ACSPrevious'], v1: [] })
  })

  it('stands where it is to, and leaves the current one', async () => {
    const world = await withVersions('v1')
    const put = { SecretName, VersionId: 'v2', SecretData: 'x', VersionStages: '["blue","current","previous"]' }
    const { body } = await world.call('PutSecretValue', put)
    assert.deepEqual(body.VersionStages.VersionStage.toSorted(), ['blue', 'current', 'previous'])
    assert.equal(await value(world), 'value of v1')
    assert.equal(await value(world, { VersionStage: 'current' }), 'x')
    assert.deepEqual((await stages(world))['v1'], ['ACSCurrent'])
  })

  it('is there already when it is the same, and taken when it is another', async () => {
    const world = await withVersions('v1', 'v2')
    const again = { SecretName, VersionId: 'v1', SecretData: 'value of v1' }
    const { status, body } = await world.call('PutSecretValue', again)
    assert.deepEqual([status, body.VersionStages.VersionStage], [200, ['ACSPrevious']])
    assert.equal(await value(world), 'value of v2')
    const other = { ...again, SecretData: 'another' }
    assert.deepEqual(await refusal(world, 'PutSecretValue', other), [409, 'Rejected.ResourceExist'])
  })

  it('is the tenth at most: the oldest that stands nowhere goes', async () => {
    const ids = Array.from({ length: 12 }, (_, at) => `v${at}`)
    const world = await withVersions(...ids)
    assert.deepEqual(Object.keys(await stages(world)), ids.slice(2).toReversed())
    assert.deepEqual(await refusal(world, 'GetSecretValue', { SecretName, VersionId: 'v1' }), [404, 'Forbidden.ResourceNotFound'])
  })

  it('has eight stages at most, all versions together', async () => {
    const world = await withVersions('v1')
    const seven = JSON.stringify(Array.from({ length: 7 }, (_, at) => `s${at}`))
    const put = { SecretName, VersionId: 'v2', SecretData: 'x', VersionStages: seven }
    assert.equal((await world.call('PutSecretValue', put)).status, 200)
    // The one before it would be previous, which is the ninth.
    const next = { SecretName, VersionId: 'v3', SecretData: 'x' }
    assert.deepEqual(await refusal(world, 'PutSecretValue', next), [400, 'Rejected.LimitExceeded'])
    const move = { SecretName, VersionStage: 's7', MoveToVersion: 'v1' }
    assert.deepEqual(await refusal(world, 'UpdateSecretVersionStage', move), [400, 'Rejected.LimitExceeded'])
    assert.equal(await value(world), 'value of v1')
  })

  for (const [why, parameters, code] of [
    ['is for no secret', { SecretName: 'none' }, 'Forbidden.ResourceNotFound'],
    ['has no id', { VersionId: '' }, 'MissingParameter'],
    ['has too long a value', { SecretData: 'x'.repeat(30_721) }, 'InvalidParameter'],
    ['has another data type', { SecretDataType: 'xml' }, 'InvalidParameter'],
    ['has stages that are no list', { VersionStages: 'blue' }, 'InvalidParameter'],
    ['has too many stages', { VersionStages: JSON.stringify('123456789'.split('')) }, 'InvalidParameter'],
    ['has a stage without a name', { VersionStages: '[""]' }, 'InvalidParameter'],
    ['has a stage with too long a name', { VersionStages: `["${'s'.repeat(65)}"]` }, 'InvalidParameter'],
    ['has the stage of the previous one', { VersionStages: '["ACSPrevious"]' }, 'InvalidParameter'],
  ] as const) {
    it(`is refused when it ${why}`, async () => {
      const world = await withVersions('v1')
      const put = { SecretName, VersionId: 'v2', SecretData: 'x', ...parameters }
      assert.equal((await refusal(world, 'PutSecretValue', put))[1], code)
      assert.deepEqual(await stages(world), { v1: ['ACSCurrent'] })
    })
  }
})

describe('a stage', () => {
  it('is added, moved and taken away', async () => {
    const world = await withVersions('v1', 'v2', 'v3')
    const move = (more: Asked[1]): Promise<unknown> =>
      world.call('UpdateSecretVersionStage', { SecretName, ...more })
    await move({ VersionStage: 'blue', MoveToVersion: 'v1' })
    await move({ VersionStage: 'blue', MoveToVersion: 'v2', RemoveFromVersion: 'v1' })
    await move({ VersionStage: 'ACSCurrent', MoveToVersion: 'v1' })
    assert.deepEqual(await stages(world), { v3: ['ACSPrevious'], v2: ['blue'], v1: ['ACSCurrent'] })
    await move({ VersionStage: 'blue', RemoveFromVersion: 'v2' })
    await move({ VersionStage: 'ACSPrevious', MoveToVersion: 'v2' })
    assert.deepEqual(await stages(world), { v3: [], v2: ['ACSPrevious'], v1: ['ACSCurrent'] })
  })

  for (const [why, parameters, code] of [
    ['without a version', { VersionStage: 'blue' }, 'InvalidParameter'],
    ['of the server without a new version', { VersionStage: 'ACSCurrent', RemoveFromVersion: 'v2' }, 'InvalidParameter'],
    ['from where it is not', { VersionStage: 'ACSCurrent', RemoveFromVersion: 'v1', MoveToVersion: 'v2' }, 'Rejected.InvalidRequest'],
    ['that there is not', { VersionStage: 'blue', RemoveFromVersion: 'v1' }, 'Rejected.InvalidRequest'],
    ['to a version that there is not', { VersionStage: 'blue', MoveToVersion: 'v9' }, 'Forbidden.ResourceNotFound'],
    ['without a name', { VersionStage: '', MoveToVersion: 'v1' }, 'MissingParameter'],
    ['with too long a name', { VersionStage: 's'.repeat(65), MoveToVersion: 'v1' }, 'InvalidParameter'],
    ['with a name of an object', { VersionStage: '__proto__', MoveToVersion: 'v1' }, 'InvalidParameter'],
    ['of no secret', { SecretName: 'none', VersionStage: 'blue', MoveToVersion: 'v1' }, 'Forbidden.ResourceNotFound'],
  ] as const) {
    it(`is not moved ${why}`, async () => {
      const world = await withVersions('v1', 'v2')
      const asked = { SecretName, ...parameters }
      assert.equal((await refusal(world, 'UpdateSecretVersionStage', asked))[1], code)
      assert.deepEqual(await stages(world), { v2: ['ACSCurrent'], v1: ['ACSPrevious'] })
    })
  }
})

it('versions are listed the newest first, those without a stage when asked for, page by page', async () => {
  const { call } = await withVersions('v1', 'v2', 'v3')
  const { body } = await call('ListSecretVersionIds', { SecretName })
  const ids = body.VersionIds.VersionId.map((one: { VersionId: string }) => one.VersionId)
  assert.deepEqual([ids, body.PageSize, body.TotalCount], [['v3', 'v2'], 20, 2])
  const all = { SecretName, IncludeDeprecated: 'true', PageSize: 2, PageNumber: 2 }
  const second = (await call('ListSecretVersionIds', all)).body
  assert.deepEqual([second.VersionIds.VersionId.length, second.TotalCount], [1, 3])
})

describe('a batch', () => {
  const list = (...items: readonly unknown[]): Asked[1] => ({ SecretsList: JSON.stringify(items) })

  it('has the values that there are, and says of the others what is wrong', async () => {
    const { call } = await withVersions('v1', 'v2')
    const { status, body } = await call('BatchGetSecretValue', list(
      { SecretName },
      { SecretName: 'none' },
      { SecretName, VersionId: 'v1', FetchExtendedConfig: true },
      { SecretName: 'a b' },
      { SecretName, VersionStage: 'ACSPrevious', VersionId: null },
    ))
    assert.equal(status, 200)
    const values = body.SecretValues.map((one: { SecretData: string }) => one.SecretData)
    assert.deepEqual(values, ['value of v2', 'value of v1', 'value of v1'])
    assert.equal(body.SecretValues[1].ExtendedConfig, '')
    assert.deepEqual(body.Errors, [
      { SecretName: 'none', Code: 'Forbidden.ResourceNotFound', HttpStatus: 404, Message: 'Resource not found.' },
      {
        SecretName: 'a b',
        Code: 'InvalidParameter',
        HttpStatus: 400,
        Message: 'The specified parameter SecretName is not valid.',
      },
    ])
  })

  it('of what the caller may not read is an answer too', async () => {
    const { call } = await withVersions('v1')
    const { status, body } = await call('BatchGetSecretValue', list({ SecretName }), 'stranger')
    assert.equal(status, 200)
    assert.deepEqual([body.SecretValues, body.Errors[0].Code], [[], 'Forbidden.NoPermission'])
  })

  it('is refused as a whole when its request comes a second time', async () => {
    const world = await withVersions('v1')
    const asked = { ...list({ SecretName }, { SecretName }), SignatureNonce: 'once' }
    assert.equal((await world.call('BatchGetSecretValue', asked)).status, 200)
    assert.deepEqual(await refusal(world, 'BatchGetSecretValue', asked), [400, 'SignatureNonceUsed'])
  })

  it('counts every denial towards the limit of them', async () => {
    const world = await sharedDoorUnderTest({ denials: new DenialLimit(3, new FixedClock()) })
    const asked = list(...Array.from({ length: 20 }, () => ({ SecretName })))
    const entries = (await world.memory.audit()).length
    const answer = await refusal(world, 'BatchGetSecretValue', asked, 'stranger')
    assert.deepEqual(answer, [400, 'Throttling.User'])
    assert.equal((await world.memory.audit()).length - entries, 3)
  })

  it('is a list of 1 to 20 secrets', async () => {
    const world = await withVersions('v1')
    const many = (count: number): Asked[1] => list(...Array.from({ length: count }, () => ({ SecretName })))
    assert.equal((await world.call('BatchGetSecretValue', many(20))).body.SecretValues.length, 20)
    for (const bad of [
      many(21), many(0), { SecretsList: '{}' }, { SecretsList: 'x' }, list({}), list(null), list('db'),
      list({ SecretName: 1 }), list({ SecretName, VersionId: 1 }), list({ SecretName, VersionId: 'x'.repeat(65) }),
    ]) {
      assert.deepEqual(await refusal(world, 'BatchGetSecretValue', bad), [400, 'InvalidParameter'])
    }
    assert.deepEqual(await refusal(world, 'BatchGetSecretValue'), [400, 'MissingParameter'])
  })
})

describe('a secret of two wires', () => {
  it('made over the one without stages is read over this one, and the reverse', async () => {
    const world = await withVersions('v1')
    const { vault, administrator } = world.memory
    const secret = { vault: 'default', name: 'Azure-Made' }
    const { version } = await vault.secrets.set(administrator, { secret, value: Secret.fromText('one') })
    const { body } = await world.call('GetSecretValue', { SecretName: 'Azure-Made' })
    assert.deepEqual([body.SecretData, body.VersionId], ['one', version])
    assert.equal(await value(world, { SecretName: 'Azure-Made', VersionId: version }), 'one')
    const read = await vault.secrets.get(administrator, { secret: { vault: 'default', name: SecretName } })
    assert.equal(Buffer.from(read.value.reveal()).toString(), 'value of v1')
    await vault.secrets.set(administrator, { secret: { ...secret, name: SecretName }, value: Secret.fromText('two') })
    assert.equal(await value(world), 'two')
    assert.equal(await value(world, { VersionStage: 'ACSPrevious' }), 'value of v1')
  })

  it('is found there by its name in the vault where the wire has none like it', async () => {
    const world = await sharedDoorUnderTest()
    const odd = { SecretName: 'prod/db@1', VersionId: 'v1', SecretData: 'hush' }
    await world.call('CreateSecret', odd)
    const name = secretObjectName('prod/db@1')
    assert.match(name, /^s-[0-9a-z]{25}$/)
    const { vault, administrator } = world.memory
    const read = await vault.secrets.get(administrator, { secret: { vault: 'default', name } })
    assert.equal(Buffer.from(read.value.reveal()).toString(), 'hush')
    await vault.secrets.update(administrator, { secret: { vault: 'default', name }, enabled: false })
    const disabled = await refusal(world, 'GetSecretValue', { SecretName: 'prod/db@1' })
    assert.deepEqual(disabled, [409, 'Rejected.Disabled'])
  })
})

it('values stand in no audit entry and in no answer but their own', async () => {
  const world = await withVersions('v1', 'v2')
  const SecretData = 'planted-value'
  const answers = [
    await world.call('CreateSecret', { SecretName: 'a/b', VersionId: 'v1', SecretData }),
    await world.call('PutSecretValue', { SecretName: 'a/b', VersionId: 'v1', SecretData: `${SecretData}2` }),
    await world.call('PutSecretValue', { SecretName: 'a/b', VersionId: 'v'.repeat(65), SecretData }),
    await world.call('CreateSecret', { SecretName: 'c', VersionId: 'v', SecretType: 'Rds', ExtendedConfig: '{}', SecretData }),
    await world.call('GetSecretValue', { SecretName: 'a/b', DryRun: true }),
  ]
  assert.ok(!JSON.stringify([answers, await world.memory.audit()]).includes(SecretData))
})
