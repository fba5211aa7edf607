import assert from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import { accountIdOf } from '../../account-id.ts'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

type Parameters = Readonly<Record<string, string | number | boolean>>

describe('the policy of a key', () => {
  let door: SharedDoorUnderTest
  let account: string
  let user: string
  let KeyId: string

  before(async () => {
    door = await sharedDoorUnderTest()
    const { memory } = door
    account = accountIdOf(memory.first.tenant.id)
    // All it may do is in another vault than that of the keys here.
    user = memory.identity.caller.principal
  })

  beforeEach(async () => {
    KeyId = (await door.call('CreateKey', { DKMSInstanceId: await another() })).body.KeyMetadata.KeyId
  })

  /** A vault in which the identity may do nothing. */
  async function another(): Promise<string> {
    const { vault, administrator } = door.memory
    await vault.vaults.create(administrator, { name: 'another' }).catch(() => undefined)
    return 'kst-another'
  }

  const statement = (changes: object = {}): object => ({
    Effect: 'Allow',
    Principal: { RAM: [`acs:ram::${account}:user/${user}`] },
    Action: ['kms:Encrypt'],
    Resource: ['*'],
    ...changes,
  })
  const document = (...statements: readonly object[]): string =>
    JSON.stringify({ Version: '1', Statement: statements })
  const set = (Policy: string, more: Parameters = {}) =>
    door.call('SetKeyPolicy', { KeyId, Policy, ...more })
  const asUser = (action: Parameters[string], parameters: Parameters = {}) =>
    door.call(action as 'Encrypt', { KeyId, ...parameters }, 'identity')

  it('is the default one until another is set, which is given back as it was', async () => {
    const { body } = await door.call('GetKeyPolicy', { KeyId })
    assert.deepEqual(JSON.parse(body.Policy), {
      Version: '1',
      Statement: [
        {
          Sid: 'kms default key policy',
          Effect: 'Allow',
          Principal: { RAM: [`acs:ram::${account}:*`] },
          Action: ['kms:*'],
          Resource: ['*'],
        },
      ],
    })
    const Policy = document(statement({ Sid: 'for Ann' }))
    assert.equal((await set(Policy, { PolicyName: 'default' })).status, 200)
    assert.equal((await door.call('GetKeyPolicy', { KeyId })).body.Policy, Policy)
    assert.equal((await set(body.Policy)).status, 200)
  })

  it('allows what it names to whom it names', async () => {
    assert.equal((await asUser('Encrypt', { Plaintext: 'x' })).body.Code, 'Forbidden.NoPermission')
    await set(document(statement()))
    const { status, body } = await asUser('Encrypt', { Plaintext: 'x' })
    assert.equal(status, 200)
    const { CiphertextBlob } = body
    assert.equal((await asUser('Decrypt', { CiphertextBlob })).body.Code, 'Forbidden.NoPermission')
    await set(document(statement({ Action: ['kms:Encrypt', 'kms:Decrypt'], Resource: '*' })))
    assert.equal((await asUser('Decrypt', { CiphertextBlob })).status, 200)
    assert.equal((await asUser('DescribeKey')).body.Code, 'Forbidden.NoPermission')
    await set(document(statement({ Action: 'kms:*' })))
    assert.equal((await asUser('DescribeKey')).status, 200)
    assert.equal((await asUser('SetKeyPolicy', { Policy: document(statement()) })).body.Code, 'Forbidden.NoPermission')
  })

  it('denies to all whom it means what another statement or a role allows', async () => {
    const everybody = { Principal: { RAM: `acs:ram::${account}:*` } }
    const deny = statement({ Effect: 'Deny', Action: 'kms:Enc*', ...everybody })
    await set(document(statement({ Action: '*' }), deny))
    assert.equal((await asUser('Encrypt', { Plaintext: 'x' })).body.Code, 'Forbidden.NoPermission')
    assert.equal((await asUser('GenerateDataKey')).status, 200)
    const administrator = await door.call('Encrypt', { KeyId, Plaintext: 'x' })
    assert.equal(administrator.body.Code, 'Forbidden.NoPermission')
    assert.equal(administrator.body.Recommend, 'The policy of the key or secret denies it.')
    await set(document(statement({ Effect: 'Deny', Action: '*', ...everybody })))
    assert.equal((await door.call('DescribeKey', { KeyId })).body.Code, 'Forbidden.NoPermission')
    assert.equal((await set(document(statement()))).status, 200)
    assert.equal((await door.call('DescribeKey', { KeyId })).status, 200)
  })

  it('heeds the address of the caller', async () => {
    const from = (part: string, ...networks: readonly string[]): object =>
      ({ Condition: { [part]: { 'acs:SourceIp': networks } } })
    const may = async (): Promise<boolean> => (await asUser('Encrypt', { Plaintext: 'x' })).status === 200
    await set(document(statement(from('IpAddress', '127.0.0.0/8', '10.0.0.0/8'))))
    assert.equal(await may(), true)
    await set(document(statement(from('IpAddress', '10.0.0.0/8'))))
    assert.equal(await may(), false)
    await set(document(statement(from('NotIpAddress', '10.0.0.0/8'))))
    assert.equal(await may(), true)
    await set(document(statement(from('NotIpAddress', '127.0.0.1'))))
    assert.equal(await may(), false)
  })

  it('may be given when the key is made, and by the names of principals', async () => {
    const { memory } = door
    const { displayName } = memory.first.identity.principal
    const Principal = { RAM: [`acs:ram::${account}:user/${displayName}`] }
    const Policy = document(statement({ Principal }))
    const made = await door.call('CreateKey', { Policy, DKMSInstanceId: 'kst-another' })
    assert.equal(made.status, 200, JSON.stringify(made.body))
    KeyId = made.body.KeyMetadata.KeyId
    assert.equal((await asUser('Encrypt', { Plaintext: 'x' })).status, 200)
    const { Arn } = made.body.KeyMetadata
    assert.equal((await door.call('GetKeyPolicy', { KeyId: Arn })).body.Policy, Policy)
    assert.equal((await set(document(statement({ Resource: [Arn] })))).status, 200)
  })

  it('is refused when it is not what would be heeded', async () => {
    const to = (...RAM: readonly unknown[]): object => ({ Principal: { RAM } })
    for (const [why, Policy] of Object.entries({
      'no JSON': 'no',
      'no object': '[]',
      'no version': JSON.stringify({ Statement: [statement()] }),
      'another version': JSON.stringify({ Version: '2', Statement: [statement()] }),
      'no statement': document(),
      'another member': JSON.stringify({ Version: '1', Statement: [statement()], Id: 'x' }),
      'a statement that is none': JSON.stringify({ Version: '1', Statement: ['x'] }),
      'another effect': document(statement({ Effect: 'allow' })),
      'a long Sid': document(statement({ Sid: 'x'.repeat(129) })),
      'a Sid that is no text': document(statement({ Sid: 1 })),
      'no principal': document(statement({ Principal: undefined })),
      'no principals': document(statement(to())),
      'a service': document(statement({ Principal: { Service: ['ecs.aliyuncs.com'] } })),
      'another account': document(statement(to('acs:ram::1234567890123456:user/ann'))),
      'an unknown user': document(statement(to(`acs:ram::${account}:user/nobody`))),
      'a role that is a user': document(statement(to(`acs:ram::${account}:role/${user}`))),
      'a group': document(statement(to(`acs:ram::${account}:group/all`))),
      'a principal that is no text': document(statement(to(1))),
      'no action': document(statement({ Action: [] })),
      'another service': document(statement({ Action: ['oss:GetObject'] })),
      'an unknown action': document(statement({ Action: ['kms:Frobnicate'] })),
      'an action on secrets': document(statement({ Action: ['kms:GetSecretValue'] })),
      'an action that no pattern is': document(statement({ Action: ['kms:Get(.*)+'] })),
      'another key': document(statement({ Resource: [`acs:kms:cn-hangzhou:${account}:key/key-000000000000000000000`] })),
      'no resource': document(statement({ Resource: undefined })),
      'exceptions': document(statement({ NotAction: ['kms:Encrypt'] })),
      'an unknown condition': document(statement({ Condition: { StringEquals: { 'acs:SourceVpc': ['vpc-1'] } } })),
      'an unknown condition key': document(statement({ Condition: { IpAddress: { 'acs:SourceVpc': ['x'] } } })),
      'a network that is none': document(statement({ Condition: { IpAddress: { 'acs:SourceIp': ['x'] } } })),
      'an empty condition': document(statement({ Condition: { IpAddress: {} } })),
      'a member of that name': '{"Version":"1","Statement":[{"__proto__":{},"Effect":"Allow"}]}',
    })) {
      const { status, body } = await set(Policy)
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], why)
      assert.equal(body.Message, 'The specified parameter Policy is not valid.', why)
    }
    const long = document(statement({ Sid: 'x'.repeat(32_768) }))
    assert.equal((await set(long)).body.Code, 'InvalidParameter')
    const asked = await door.call('CreateKey', { Policy: document(statement({ Effect: 'x' })) })
    assert.equal(asked.body.Code, 'InvalidParameter')
  })

  it('is refused in the words of the service', async () => {
    const Policy = document(statement())
    const none = 'key-000000000000000000000'
    for (const [action, parameters, status, code] of [
      ['SetKeyPolicy', { KeyId }, 400, 'MissingParameter'],
      ['SetKeyPolicy', { Policy }, 400, 'MissingParameter'],
      ['SetKeyPolicy', { KeyId: none, Policy }, 404, 'Forbidden.KeyNotFound'],
      ['SetKeyPolicy', { KeyId: 'alias/a', Policy }, 400, 'Unsupported.Alias'],
      ['SetKeyPolicy', { KeyId, Policy, PolicyName: 'other' }, 404, 'Forbidden.ResourceNotFound'],
      ['GetKeyPolicy', { KeyId: none }, 404, 'Forbidden.KeyNotFound'],
      ['GetKeyPolicy', { KeyId, PolicyName: 'other' }, 404, 'Forbidden.ResourceNotFound'],
    ] as const) {
      const { body, status: answered } = await door.call(action, parameters)
      assert.deepEqual([answered, body.Code], [status, code], `${action} ${JSON.stringify(parameters)}`)
    }
    const other = await door.call('GetKeyPolicy', { KeyId, PolicyName: 'other' })
    assert.equal(other.body.Message, 'Policy not found.')
    for (const action of ['SetKeyPolicy', 'GetKeyPolicy'] as const) {
      const { body } = await door.call(action, { KeyId, Policy }, 'stranger')
      assert.equal(body.Code, 'Forbidden.NoPermission')
    }
    const { memory } = door
    const name = (await door.call('CreateKey')).body.KeyMetadata.KeyId
    await memory.markKeyManaged(name)
    const managed = await door.call('SetKeyPolicy', { KeyId: name, Policy })
    assert.deepEqual([managed.status, managed.body.Code], [400, 'Forbidden.KeyPolicyUnSupported'])
  })
})
