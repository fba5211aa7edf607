import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CA_CHAIN, sharedDoorUnderTest } from '../door-under-test.ts'

describe('the service', () => {
  test('is enabled, opened, and where the configuration says', async () => {
    const { call } = await sharedDoorUnderTest({
      settings: {
        regions: ['cn-hangzhou', 'eu-1'],
        homeVault: 'default',
        caCertificateChain: () => CA_CHAIN,
      },
    })
    assert.deepEqual((await call('DescribeRegions')).body.Regions, {
      Region: [{ RegionId: 'cn-hangzhou' }, { RegionId: 'eu-1' }],
    })
    assert.equal((await call('DescribeAccountKmsStatus')).body.AccountStatus, 'Enabled')
    const { status, body } = await call('OpenKmsService')
    assert.deepEqual([status, body.Code], [400, 'Forbidden.Opened'])
  })

  test('names the kinds of keys that can be made, each of which can', async () => {
    const { call } = await sharedDoorUnderTest()
    const { body } = await call('DescribeService')
    assert.deepEqual(body.ProtectionLevels, {
      ProtectionLevel: [{ Type: 'SOFTWARE' }, { Type: 'HSM' }],
    })
    const specs: readonly { Name: string; Usages: { Usage: readonly string[] } }[] =
      body.KeySpecs.KeySpec
    assert.ok(specs.some(({ Name }) => Name === 'EC_SM2'))
    for (const { Name, Usages } of specs) {
      for (const KeyUsage of Usages.Usage) {
        const made = await call('CreateKey', { KeySpec: Name, KeyUsage, ProtectionLevel: 'HSM' })
        assert.equal(made.status, 200, `${Name} for ${KeyUsage}`)
      }
    }
  })

  test('is not enabled where the vault is gone in which things are made', async () => {
    const { call, memory } = await sharedDoorUnderTest()
    await memory.vault.vaults.delete(memory.administrator, { vault: 'default' })
    assert.equal((await call('DescribeAccountKmsStatus')).body.AccountStatus, 'NotEnabled')
    assert.equal((await call('OpenKmsService')).body.Code, 'CreateLXOrderFailed')
    for (const action of ['DescribeRegions', 'DescribeService'] as const) {
      const { status, body } = await call(action)
      assert.deepEqual([status, body.Code], [403, 'Forbidden.KmsServiceNotEnabled'], action)
    }
    const { body } = await call('GetDefaultKmsInstance')
    assert.equal(body.Code, 'Forbidden.DKMSInstanceNotFound')
  })

  const actions = [
    'DescribeRegions',
    'OpenKmsService',
    'DescribeAccountKmsStatus',
    'DescribeService',
    'GetDefaultKmsInstance',
  ] as const
  for (const action of actions) {
    test(`${action} is decided and audited`, async () => {
      const { call, memory } = await sharedDoorUnderTest()
      const before = (await memory.audit()).length
      assert.equal((await call(action, {}, 'stranger')).body.Code, 'Forbidden.NoPermission')
      await call(action)
      assert.equal((await memory.audit()).length, before + 2)
    })
  }
})
