import assert from 'node:assert/strict'
import { isFault, Secret } from '@claviger/vault'
import { describe, it } from 'node:test'
import { accountIdOf } from '../../account-id.ts'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

type Asked = Parameters<SharedDoorUnderTest['call']>

const SECRETS_OFFICER = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
const CRYPTO_USER = '12338af0-0e69-4776-bea7-57ae8d297424'

const SecretName = 'db'
const secret = { vault: 'default', name: SecretName }

interface WithKey extends SharedDoorUnderTest {
  readonly keyId: string
}

async function withKey(key: Asked[1] = {}): Promise<WithKey> {
  const world = await sharedDoorUnderTest()
  const { body } = await world.call('CreateKey', key)
  const keyId: string = body.KeyMetadata.KeyId
  const made = { SecretName, VersionId: 'v1', SecretData: 'hush', EncryptionKeyId: keyId }
  const { status, body: answer } = await world.call('CreateSecret', made)
  assert.equal(status, 200, JSON.stringify(answer))
  return { ...world, keyId }
}

async function outcome({ call }: SharedDoorUnderTest, ...asked: Asked): Promise<string> {
  const { status, body } = await call(...asked)
  return status === 200 ? (body.SecretData ?? 'done') : body.Code
}

describe('a secret under a key', () => {
  it('names it, and is read over both wires', async () => {
    const world = await withKey()
    const { EncryptionKeyId } = (await world.call('DescribeSecret', { SecretName })).body
    assert.equal(EncryptionKeyId, world.keyId)
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }), 'hush')
    const { vault, administrator } = world.memory
    const { value } = await vault.secrets.get(administrator, { secret })
    assert.equal(Buffer.from(value.reveal()).toString(), 'hush')
  })

  it('may name it by an alias, and any symmetric key will do', async () => {
    const world = await withKey({ KeySpec: 'Aliyun_SM4' })
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }), 'hush')
    await world.call('CreateAlias', { KeyId: world.keyId, AliasName: 'alias/secrets' })
    const made = { SecretName: 'own', VersionId: 'v1', SecretData: '', EncryptionKeyId: 'alias/secrets' }
    assert.equal(await outcome(world, 'CreateSecret', { ...made, SecretData: 'x' }), 'done')
    const { EncryptionKeyId } = (await world.call('DescribeSecret', { SecretName: 'own' })).body
    assert.equal(EncryptionKeyId, world.keyId)
  })

  it('is as readable as the key is usable', async () => {
    const world = await withKey()
    const KeyId = world.keyId
    const put = { SecretName, VersionId: 'v2', SecretData: 'new' }
    const ends = async (): Promise<readonly string[]> => [
      await outcome(world, 'GetSecretValue', { SecretName }),
      await outcome(world, 'PutSecretValue', put),
    ]
    await world.call('DisableKey', { KeyId })
    assert.deepEqual(await ends(), ['Rejected.Disabled', 'Rejected.Disabled'])
    await world.call('EnableKey', { KeyId })
    await world.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
    assert.deepEqual(await ends(), ['Rejected.PendingDeletion', 'Rejected.PendingDeletion'])
    const { vault, administrator } = world.memory
    const key = { vault: 'default', name: KeyId }
    await vault.keys.purge(administrator, { key })
    assert.deepEqual(await ends(), ['Forbidden.KeyNotFound', 'Forbidden.KeyNotFound'])
    // Another key in its place opens nothing.
    await vault.keys.create(administrator, { key, type: 'oct', hsm: false })
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }), 'Forbidden.KeyNotFound')
    assert.equal((await world.call('DescribeSecret', { SecretName })).status, 200)
    const list = { SecretsList: JSON.stringify([{ SecretName }]) }
    const { Errors } = (await world.call('BatchGetSecretValue', list)).body
    assert.equal(Errors[0].Code, 'Forbidden.KeyNotFound')
  })

  it('keeps every version under it, also those that the other wire sets', async () => {
    const world = await withKey()
    const { vault, administrator } = world.memory
    await vault.secrets.set(administrator, { secret, value: Secret.fromText('set') })
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }), 'set')
    const again = { SecretName, VersionId: 'v1', SecretData: 'hush' }
    assert.equal(await outcome(world, 'PutSecretValue', again), 'done')
    const another = { ...again, SecretData: 'other' }
    assert.equal(await outcome(world, 'PutSecretValue', another), 'Rejected.ResourceExist')
    await world.call('DisableKey', { KeyId: world.keyId })
    for (const asked of [{}, { VersionId: 'v1' }, { VersionStage: 'ACSPrevious' }]) {
      const end = await outcome(world, 'GetSecretValue', { SecretName, ...asked })
      assert.equal(end, 'Rejected.Disabled')
    }
    const read = vault.secrets.get(administrator, { secret })
    await assert.rejects(read, (thrown) => isFault(thrown, 'ObjectDisabled'))
  })

  it('opens after the key was rotated', async () => {
    const world = await withKey()
    const { vault, administrator } = world.memory
    await vault.keys.rotate(administrator, { key: { vault: 'default', name: world.keyId } })
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }), 'hush')
    await world.call('PutSecretValue', { SecretName, VersionId: 'v2', SecretData: 'new' })
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }), 'new')
  })

  it('is for those alone who may use the key too', async () => {
    const world = await withKey()
    const { vault, administrator, stranger } = world.memory
    const scope = world.memory.first.vault.resourceId
    const grant = async (role: string, where = scope): Promise<void> => {
      const { principal } = stranger.caller
      await vault.roleAssignments.create(administrator, { principal, roleDefinition: role, scope: where })
    }
    await grant(SECRETS_OFFICER)
    const before = (await world.memory.audit()).length
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }, 'stranger'), 'Forbidden.NoPermission')
    const put = { SecretName, VersionId: 'v2', SecretData: 'x' }
    assert.equal(await outcome(world, 'PutSecretValue', put, 'stranger'), 'Forbidden.NoPermission')
    const made = { ...put, SecretName: 'own', EncryptionKeyId: world.keyId }
    assert.equal(await outcome(world, 'CreateSecret', made, 'stranger'), 'Forbidden.NoPermission')
    const [read] = await world.memory.audit(before)
    assert.equal(read?.properties.missingAction, 'Microsoft.KeyVault/vaults/keys/decrypt/action')
    await grant(CRYPTO_USER, `${scope}/keys/${world.keyId}`)
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }, 'stranger'), 'hush')
    assert.equal(await outcome(world, 'PutSecretValue', put, 'stranger'), 'done')
  })

  it('is kept from who the policy of the key denies it', async () => {
    const world = await withKey()
    const { caller } = world.memory.identity
    const account = accountIdOf(caller.tenant)
    const Statement = [{
      Effect: 'Deny',
      Principal: { RAM: [`acs:ram::${account}:user/${caller.principal}`] },
      Action: ['kms:Decrypt'],
      Resource: ['*'],
    }]
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }, 'identity'), 'hush')
    const Policy = JSON.stringify({ Version: '1', Statement })
    assert.equal(await outcome(world, 'SetKeyPolicy', { KeyId: world.keyId, Policy }), 'done')
    const denied = await outcome(world, 'GetSecretValue', { SecretName }, 'identity')
    assert.equal(denied, 'Forbidden.NoPermission')
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }), 'hush')
  })

  it('comes back from a backup in its vault, and in no other', async () => {
    const world = await withKey()
    const { vault, administrator } = world.memory
    const blob = await vault.secrets.backup(administrator, { secret })
    await vault.vaults.create(administrator, { name: 'other' })
    const elsewhere = vault.secrets.restore(administrator, { vault: 'other', blob: () => blob })
    await assert.rejects(elsewhere, (thrown) => isFault(thrown, 'BackupInvalid'))
    await world.call('DeleteSecret', { SecretName, ForceDeleteWithoutRecovery: true })
    await vault.secrets.restore(administrator, { vault: 'default', blob: () => blob })
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName }), 'hush')
  })
})

describe('a key that cannot be that of a secret', () => {
  const made = { SecretName: 'own', VersionId: 'v1', SecretData: 'hush' } as const

  for (const [why, key, code] of [
    ['is asymmetric', { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' }, 'UnsupportedOperation'],
    ['signs', { KeySpec: 'EC_P256' }, 'UnsupportedOperation'],
    ['awaits its material', { Origin: 'EXTERNAL' }, 'Rejected.PendingImport'],
  ] as const) {
    it(why, async () => {
      const world = await sharedDoorUnderTest()
      const { KeyId } = (await world.call('CreateKey', key)).body.KeyMetadata
      assert.equal(await outcome(world, 'CreateSecret', { ...made, EncryptionKeyId: KeyId }), code)
      assert.equal(await outcome(world, 'DescribeSecret', { SecretName: 'own' }), 'Forbidden.ResourceNotFound')
    })
  }

  it('is of another instance', async () => {
    const world = await sharedDoorUnderTest()
    await world.memory.vault.vaults.create(world.memory.administrator, { name: 'other' })
    const there = { DKMSInstanceId: 'kst-other' }
    const { KeyId } = (await world.call('CreateKey', there)).body.KeyMetadata
    const asked = { ...made, EncryptionKeyId: KeyId }
    assert.equal(await outcome(world, 'CreateSecret', asked), 'InvalidParameter')
    assert.equal(await outcome(world, 'CreateSecret', { ...asked, ...there }), 'done')
    assert.equal(await outcome(world, 'GetSecretValue', { SecretName: 'own' }), 'hush')
  })
})
