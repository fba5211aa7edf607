import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accountIdOf } from '../../account-id.ts'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

type Asked = Parameters<SharedDoorUnderTest['call']>

const SecretName = 'prod/db'
const made = { SecretName, VersionId: 'v1', SecretData: 'hush', DKMSInstanceId: 'kst-other' } as const

interface World extends SharedDoorUnderTest {
  readonly account: string
  /** Grants or denies actions to the identity, which may do nothing in the vault of the secret. */
  readonly policy: (Effect: string, ...Action: readonly string[]) => string
  /** As the identity. */
  readonly code: (...asked: readonly [Asked[0], Asked[1]?]) => Promise<string>
}

async function world(): Promise<World> {
  const door = await sharedDoorUnderTest()
  const { memory } = door
  await memory.vault.vaults.create(memory.administrator, { name: 'other' })
  const account = accountIdOf(memory.first.tenant.id)
  const user = memory.identity.caller.principal
  return {
    ...door,
    account,
    policy: (Effect, ...Action) => {
      const Principal = { RAM: [`acs:ram::${account}:user/${user}`] }
      return JSON.stringify({ Version: '1', Statement: [{ Effect, Principal, Action, Resource: ['*'] }] })
    },
    async code(action, parameters) {
      const { status, body } = await door.call(action, parameters, 'identity')
      return status === 200 ? 'done' : body.Code
    },
  }
}

describe('the policy of a secret', () => {
  it('is the default one, then the one that was set, by name or ARN', async () => {
    const { call, policy, account } = await world()
    const { Arn } = (await call('CreateSecret', made)).body
    const before = JSON.parse((await call('GetSecretPolicy', { SecretName })).body.Policy)
    assert.equal(before.Statement[0].Sid, 'kms default secret policy')
    assert.deepEqual(before.Statement[0].Principal, { RAM: [`acs:ram::${account}:*`] })
    const Policy = policy('Allow', 'kms:GetSecretValue').replace('["*"]', JSON.stringify([Arn]))
    assert.ok(Policy.includes(Arn))
    for (const name of [SecretName, Arn]) {
      assert.equal((await call('SetSecretPolicy', { SecretName: name, Policy })).status, 200)
      assert.equal((await call('GetSecretPolicy', { SecretName: name })).body.Policy, Policy)
    }
  })

  it('allows and denies what it names, and goes with the secret', async () => {
    const { call, policy, code } = await world()
    await call('CreateSecret', made)
    assert.equal(await code('GetSecretValue', { SecretName }), 'Forbidden.NoPermission')
    await call('SetSecretPolicy', { SecretName, Policy: policy('Allow', 'kms:GetSecretValue') })
    assert.equal(await code('GetSecretValue', { SecretName }), 'done')
    assert.equal(await code('DescribeSecret', { SecretName }), 'Forbidden.NoPermission')
    const own = { SecretName, Policy: policy('Allow', 'kms:*') }
    assert.equal(await code('SetSecretPolicy', own), 'Forbidden.NoPermission')
    assert.equal(await code('GetSecretPolicy', { SecretName }), 'Forbidden.NoPermission')
    await call('DeleteSecret', { SecretName, ForceDeleteWithoutRecovery: true })
    await call('CreateSecret', made)
    assert.equal(await code('GetSecretValue', { SecretName }), 'Forbidden.NoPermission')
  })

  it('may be given when the secret is made, by who may set policies', async () => {
    const { call, policy, code, memory } = await world()
    const Policy = policy('Allow', 'kms:GetSecretValue')
    assert.equal((await call('CreateSecret', { ...made, Policy })).status, 200)
    assert.equal(await code('GetSecretValue', { SecretName }), 'done')
    assert.equal((await call('GetSecretPolicy', { SecretName })).body.Policy, Policy)
    const { vault, administrator, identity } = memory
    const scope = (await (await vault.view()).vaultByName('other'))?.resourceId ?? ''
    const setter = await vault.roles.create(administrator, {
      name: 'setter',
      description: '',
      actions: [],
      notActions: [],
      notDataActions: [],
      dataActions: ['Microsoft.KeyVault/vaults/secrets/setSecret/action'],
    })
    const { principal } = identity.caller
    const grant = { principal, roleDefinition: setter.id, scope }
    await vault.roleAssignments.create(administrator, grant)
    const own = { ...made, SecretName: 'own' }
    assert.equal(await code('CreateSecret', { ...own, Policy }), 'Forbidden.NoPermission')
    assert.equal(await code('CreateSecret', own), 'done')
  })

  it('is refused in the words of the service', async () => {
    const { call, policy, memory } = await world()
    await call('CreateSecret', made)
    await call('CreateSecret', { ...made, SecretName: 'gone' })
    await call('DeleteSecret', { SecretName: 'gone' })
    const Policy = policy('Allow', 'kms:GetSecretValue')
    for (const [action, parameters, code] of [
      ['SetSecretPolicy', { SecretName }, 'MissingParameter'],
      ['SetSecretPolicy', { SecretName, Policy: '{}' }, 'InvalidParameter'],
      ['SetSecretPolicy', { SecretName, Policy: policy('Allow', 'kms:Encrypt') }, 'InvalidParameter'],
      ['SetSecretPolicy', { SecretName, Policy: policy('May', 'kms:*') }, 'InvalidParameter'],
      ['SetSecretPolicy', { SecretName, Policy, PolicyName: 'other' }, 'Forbidden.ResourceNotFound'],
      ['SetSecretPolicy', { SecretName: 'none', Policy }, 'Forbidden.ResourceNotFound'],
      ['SetSecretPolicy', { SecretName: 'gone', Policy }, 'Rejected.ResourceInDeleteWindow'],
      ['GetSecretPolicy', { SecretName, PolicyName: 'other' }, 'Forbidden.ResourceNotFound'],
      ['GetSecretPolicy', { SecretName: 'none' }, 'Forbidden.ResourceNotFound'],
      ['GetSecretPolicy', { SecretName: 'gone' }, 'Rejected.ResourceInDeleteWindow'],
      ['CreateSecret', { ...made, SecretName: 'new', Policy: '{}' }, 'InvalidParameter'],
    ] as const) {
      assert.equal((await call(action, parameters)).body.Code, code, JSON.stringify(parameters))
    }
    await call('CreateSecret', { SecretName: 'face', VersionId: 'v1', SecretData: 'x' })
    await memory.markManaged('face')
    const managed = await call('SetSecretPolicy', { SecretName: 'face', Policy })
    assert.equal(managed.body.Code, 'Rejected.UnsupportedOperation')
  })
})
