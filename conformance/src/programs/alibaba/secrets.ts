import assert from 'node:assert/strict'
import { step, variable } from '../step.ts'
import { type Answer, list, member, type Parameters, refused, text } from './generic-client.ts'
import { call, createKey, own } from './key-calls.ts'

// What the shared gateway has for secrets beyond what the client of version 1 knows.

const SecretData = variable('CANARY')

async function create(suffix: string, more: Parameters = {}): Promise<string> {
  const SecretName = `${own}/${suffix}`
  await call('CreateSecret', { SecretName, VersionId: 'v1', SecretData, ...more })
  return SecretName
}

await step('BatchGetSecretValue gives what there is, and says what there is not', async () => {
  const [one, two] = [await create('batch-1'), await create('batch-2')]
  const there = [{ SecretName: one }, { SecretName: two, VersionId: 'v1' }]
  const all = await call('BatchGetSecretValue', { SecretsList: JSON.stringify(there) })
  assert.deepEqual(all['Errors'], [])
  const wanted = [...there, { SecretName: `${own}/none` }]
  const answer = await call('BatchGetSecretValue', { SecretsList: JSON.stringify(wanted) })
  const values = answer['SecretValues']
  const errors = answer['Errors']
  assert.ok(Array.isArray(values) && Array.isArray(errors))
  const got = values.map(
    (value: Answer) => `${text(value, 'SecretName')} ${text(value, 'SecretData')}`,
  )
  assert.deepEqual(got.sort(), [`${one} ${SecretData}`, `${two} ${SecretData}`])
  const [error] = errors as readonly Answer[]
  assert.equal(errors.length, 1)
  assert.equal(error?.['Code'], 'Forbidden.ResourceNotFound')
  assert.equal(error['HttpStatus'], 404)
  const many = Array.from({ length: 21 }, () => ({ SecretName: one }))
  for (const SecretsList of [JSON.stringify(many), 'x', '{}', '[{}]']) {
    await refused(call('BatchGetSecretValue', { SecretsList }), 'InvalidParameter', 400)
  }
})

await step('a secret is kept under a key of its own, and falls and rises with that', async () => {
  const EncryptionKeyId = await createKey()
  const SecretName = await create('under-a-key', { EncryptionKeyId })
  assert.equal((await call('DescribeSecret', { SecretName }))['EncryptionKeyId'], EncryptionKeyId)
  await call('DisableKey', { KeyId: EncryptionKeyId })
  await refused(call('GetSecretValue', { SecretName }), 'Rejected.Disabled', 409)
  await call('EnableKey', { KeyId: EncryptionKeyId })
  assert.equal((await call('GetSecretValue', { SecretName }))['SecretData'], SecretData)
})

await step('GetSecretValue: a version and a stage have to be of the same version', async () => {
  const SecretName = await create('staged')
  await call('PutSecretValue', { SecretName, VersionId: 'v2', SecretData: `${SecretData}-2` })
  const read = (more: Parameters): Promise<Answer> =>
    call('GetSecretValue', { SecretName, ...more })
  assert.equal((await read({ VersionId: 'v1', VersionStage: 'ACSPrevious' }))['VersionId'], 'v1')
  for (const none of [
    { VersionId: 'v1', VersionStage: 'ACSCurrent' },
    { VersionId: 'v9' },
    { VersionStage: 'nobody' },
  ]) {
    await refused(read(none), 'Forbidden.ResourceNotFound', 404)
  }
})

await step('custom data goes with a secret', async () => {
  const ExtendedConfig = '{"CustomData":{"owner":"me"}}'
  const SecretName = await create('extended', { ExtendedConfig })
  const config = async (): Promise<unknown> => {
    const read = await call('GetSecretValue', { SecretName, FetchExtendedConfig: true })
    return JSON.parse(text(read, 'ExtendedConfig'))
  }
  assert.deepEqual(await config(), { CustomData: { owner: 'me' } })
  await call('UpdateSecret', { SecretName, 'ExtendedConfig.CustomData': '{"owner":"you"}' })
  assert.deepEqual(await config(), { CustomData: { owner: 'you' } })
})

await step('a secret has ten versions and eight stages at most', async () => {
  const SecretName = await create('many')
  const put = (number: number, more: Parameters = {}): Promise<Answer> =>
    call('PutSecretValue', {
      SecretName,
      VersionId: `v${number}`,
      SecretData: `${SecretData}-${number}`,
      ...more,
    })
  for (let number = 2; number <= 12; number += 1) await put(number)
  const asked = { SecretName, IncludeDeprecated: 'true', PageSize: 100 }
  const kept = list(await call('ListSecretVersionIds', asked), 'VersionIds', 'VersionId')
  assert.equal(kept.length, 10)
  assert.equal((await call('GetSecretValue', { SecretName }))['VersionId'], 'v12')
  const stages = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  await refused(put(13, { VersionStages: JSON.stringify(stages) }), 'Rejected.LimitExceeded', 400)
  await put(13, { VersionStages: JSON.stringify(stages.slice(1)) })
})

await step('UpdateSecretVersionStage takes and gives a stage only where it is', async () => {
  const SecretName = await create('moved')
  await call('PutSecretValue', { SecretName, VersionId: 'v2', SecretData: `${SecretData}-2` })
  const move = (more: Parameters): Promise<Answer> =>
    call('UpdateSecretVersionStage', { SecretName, ...more })
  const mine = { VersionStage: 'mine' }
  await move({ ...mine, MoveToVersion: 'v1' })
  await refused(
    move({ ...mine, RemoveFromVersion: 'v2', MoveToVersion: 'v1' }),
    'Rejected.InvalidRequest',
    400,
  )
  await move({ ...mine, RemoveFromVersion: 'v1', MoveToVersion: 'v2' })
  // The current version has to be some version.
  const current = { VersionStage: 'ACSCurrent', RemoveFromVersion: 'v2' }
  for (const none of [current, mine]) await refused(move(none), 'InvalidParameter', 400)
})

await step('GetRandomPassword gives what it is asked for', async () => {
  const { RandomPassword } = await call('GetRandomPassword', { PasswordLength: '64' })
  assert.equal(String(RandomPassword).length, 64)
})

await step('SetSecretPolicy and GetSecretPolicy keep a policy', async () => {
  const SecretName = await create('policy', { DKMSInstanceId: 'kst-default' })
  const { Policy } = await call('GetSecretPolicy', { SecretName })
  await call('SetSecretPolicy', { SecretName, Policy, PolicyName: 'default' })
  const kept = await call('GetSecretPolicy', { SecretName, PolicyName: 'default' })
  assert.deepEqual(JSON.parse(text(kept, 'Policy')), JSON.parse(String(Policy)))
  const other = call('GetSecretPolicy', { SecretName, PolicyName: 'other' })
  await refused(other, 'Forbidden.ResourceNotFound', 404)
})

await step(
  'DeleteSecret waits, RestoreSecret takes it back, a forced one is for good',
  async () => {
    const SecretName = await create('deleted')
    const { PlannedDeleteTime } = await call('DeleteSecret', {
      SecretName,
      RecoveryWindowInDays: '7',
    })
    const described = await call('DescribeSecret', { SecretName })
    assert.equal(described['PlannedDeleteTime'], PlannedDeleteTime)
    await call('RestoreSecret', { SecretName })
    assert.equal((await call('GetSecretValue', { SecretName }))['SecretData'], SecretData)
    await call('DeleteSecret', { SecretName, ForceDeleteWithoutRecovery: 'true' })
    await refused(call('DescribeSecret', { SecretName }), 'Forbidden.ResourceNotFound', 404)
  },
)

await step(
  'secrets of accounts elsewhere are kept in their form, and cannot be made anew',
  async () => {
    const SecretName = await create('account', {
      SecretType: 'Rds',
      SecretData: '{"Accounts":[{"AccountName":"me","AccountPassword":"Pass-word-0123"}]}',
      ExtendedConfig: '{"SecretSubType":"SingleUser","DBInstanceId":"rm-1","CustomData":{}}',
    })
    const read = await call('GetSecretValue', { SecretName })
    const account: unknown = JSON.parse(text(read, 'SecretData'))
    assert.deepEqual(account, { AccountName: 'me', AccountPassword: 'Pass-word-0123' })
    const rotation = { SecretName, EnableAutomaticRotation: true, RotationInterval: '24h' }
    await call('UpdateSecretRotationPolicy', rotation)
    assert.equal((await call('DescribeSecret', { SecretName }))['RotationInterval'], '86400s')
    const { VersionId } = read
    assert.equal((await call('RotateSecret', { SecretName, VersionId }))['VersionId'], VersionId)
    const anew = call('RotateSecret', { SecretName, VersionId: 'v2' })
    await refused(anew, 'Rejected.UnsupportedOperation', 400)
  },
)

await step('secrets that others make are not rotated as if they were', async () => {
  const SecretName = await create('generic')
  const rotation = { SecretName, EnableAutomaticRotation: true, RotationInterval: '24h' }
  await refused(call('UpdateSecretRotationPolicy', rotation), 'Rejected.UnsupportedOperation', 400)
  await refused(
    call('RotateSecret', { SecretName, VersionId: 'v2' }),
    'Rejected.UnsupportedOperation',
    400,
  )
})

await step('ListSecrets filters by name, by tag and by instance', async () => {
  const SecretName = await create('found', { Tags: `[{"TagKey":"filter","TagValue":"${own}"}]` })
  const found = async (filters: object): Promise<readonly unknown[]> => {
    const asked = { PageSize: 100, Filters: JSON.stringify(filters) }
    return list(await call('ListSecrets', asked), 'SecretList', 'Secret').map(
      (one) => one['SecretName'],
    )
  }
  assert.deepEqual(await found([{ Key: 'SecretName', Values: [SecretName] }]), [SecretName])
  assert.deepEqual(await found([{ Key: 'TagValue', Values: [own] }]), [SecretName])
  await refused(found([{ Key: 'Unknown', Values: ['x'] }]), 'InvalidParameter', 400)
})

await step('names, values and windows that may not be are refused', async () => {
  const wrong = [
    { SecretName: 'with blank' },
    { SecretName: 'x'.repeat(193) },
    { SecretName: 'acs/mine' },
    { VersionId: 'x'.repeat(65) },
    { SecretData: 'x'.repeat(30_721) },
    { SecretDataType: 'picture' },
    { SecretType: 'Unknown' },
  ]
  for (const one of wrong) {
    const asked = { SecretName: `${own}/wrong`, VersionId: 'v1', SecretData, ...one }
    await refused(call('CreateSecret', asked), 'InvalidParameter', 400)
  }
  const SecretName = await create('window')
  for (const RecoveryWindowInDays of ['6', '31']) {
    await refused(
      call('DeleteSecret', { SecretName, RecoveryWindowInDays }),
      'InvalidParameter',
      400,
    )
  }
  await refused(call('GetSecretValue'), 'MissingParameter', 400)
})

await step('a value of 30,720 octets and one that is no text come back as they went', async () => {
  for (const [suffix, value, type] of [
    ['long', `${SecretData}${'x'.repeat(30_720 - SecretData.length)}`, 'text'],
    ['binary', Buffer.from(SecretData).toString('base64'), 'binary'],
  ] as const) {
    const SecretName = await create(suffix, { SecretData: value, SecretDataType: type })
    const read = await call('GetSecretValue', { SecretName })
    assert.equal(read['SecretData'], value)
    assert.equal(read['SecretDataType'], type)
    assert.deepEqual(member(read, 'VersionStages')['VersionStage'], ['ACSCurrent'])
  }
})

console.log('done')
