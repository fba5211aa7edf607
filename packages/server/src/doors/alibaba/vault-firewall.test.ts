import assert from 'node:assert/strict'
import { it } from 'node:test'
import { instanceDoorUnderTest } from './instance/door-under-test.ts'

// The shared gateway is asked from 127.0.0.1 here, that of the instance from 192.0.2.1.
it('the rules of a vault about addresses hold at both gateways, each for its own caller', async () => {
  const { ask, shared } = await instanceDoorUnderTest()
  const { vault, administrator } = shared.memory
  const { KeyId } = (await shared.call('CreateKey', {})).body.KeyMetadata
  const Plaintext = Buffer.from('text')
  const letIn = async (...ipRules: readonly string[]): Promise<void> => {
    const acls = { bypass: 'None', defaultAction: 'Deny', virtualNetworkRules: [] } as const
    await vault.vaults.update(administrator, { vault: 'default', networkAcls: { ...acls, ipRules } })
  }
  const statuses = async (): Promise<readonly unknown[]> => [
    (await shared.call('Encrypt', { KeyId, Plaintext: 'text' })).status,
    (await ask('Encrypt', { KeyId, Plaintext })).status,
  ]
  assert.deepEqual(await statuses(), [200, 200])
  await letIn('192.0.2.0/24')
  const { status, body } = await shared.call('Encrypt', { KeyId, Plaintext: 'text' })
  assert.deepEqual([status, body.Code], [403, 'Forbidden.NoPermission'])
  assert.match(String(body.Recommend), /does not let the address in/)
  assert.deepEqual(await statuses(), [403, 200])
  await letIn('127.0.0.0/8')
  assert.deepEqual(await statuses(), [200, 403])
  await vault.vaults.update(administrator, { vault: 'default', publicNetworkAccess: 'Disabled' })
  assert.deepEqual(await statuses(), [403, 403])
})
