import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instanceDoorUnderTest } from '../door-under-test.ts'

const SecretName = 'orders/db+password'

test('a secret is read as the shared gateway has set it, by version and stage', async () => {
  const { ask, shared } = await instanceDoorUnderTest()
  await shared.call('CreateSecret', { SecretName, VersionId: 'v1', SecretData: 'first' })
  await shared.call('PutSecretValue', { SecretName, VersionId: 'v2', SecretData: 'second' })
  for (const [wanted, data, version, stage] of [
    [{}, 'second', 'v2', 'ACSCurrent'],
    [{ VersionStage: 'ACSPrevious' }, 'first', 'v1', 'ACSPrevious'],
    [{ VersionId: 'v1' }, 'first', 'v1', 'ACSPrevious'],
  ] as const) {
    const { message, headers } = await ask('GetSecretValue', { SecretName, ...wanted })
    const { SecretData, VersionId, VersionStages, SecretType, SecretDataType } = message
    assert.deepEqual([SecretData, VersionId, VersionStages], [data, version, [stage]])
    assert.deepEqual([message.SecretName, SecretType, SecretDataType], [SecretName, 'Generic', 'text'])
    assert.match(message.CreateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    assert.equal(headers['x-kms-migrationkeyversionid'], undefined)
  }
})

test('a secret that is not there, deleted or not of this instance is refused', async () => {
  const { ask, shared } = await instanceDoorUnderTest()
  const { vault, administrator } = shared.memory
  await vault.vaults.create(administrator, { name: 'other' })
  await shared.call('CreateSecret', { SecretName, VersionId: 'v1', SecretData: 'value' })
  const elsewhere = { host: 'kst-other.cryptoservice.kms.localhost' }
  const foreign = await ask('GetSecretValue', { SecretName }, elsewhere)
  assert.deepEqual([foreign.status, foreign.error.ErrorCode], [404, 'Forbidden.ResourceNotFound'])
  const unknown = await ask('GetSecretValue', { SecretName, VersionId: 'v9' })
  assert.deepEqual([unknown.status, unknown.error.ErrorCode], [404, 'Forbidden.ResourceNotFound'])
  for (const name of ['a b', 'x'.repeat(193)]) {
    const { error } = await ask('GetSecretValue', { SecretName: name })
    assert.equal(error.ErrorCode, 'InvalidParameter')
  }
  const stranger = await ask('GetSecretValue', { SecretName }, { accessKeyId: 'KAAP.stranger' })
  assert.equal(
    stranger.error.ErrorMessage,
    `This operation for "${SecretName}" is forbidden by permission system.`,
  )
  await shared.call('DeleteSecret', { SecretName })
  const deleted = await ask('GetSecretValue', { SecretName })
  assert.deepEqual([deleted.status, deleted.error.ErrorCode], [409, 'Rejected.ResourceInDeleteWindow'])
})
