import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Secret } from '@claviger/vault'
import { CA_CHAIN, sharedDoorUnderTest } from '../door-under-test.ts'

const KmsInstanceId = 'kst-default'
const CONNECT = {
  VpcId: 'vpc-1',
  VSwitchIds: 'vsw-1,vsw-2',
  ZoneIds: 'zone-a',
  KMProvider: 'Aliyun',
}

describe('KMS instances', () => {
  test('are the live vaults of the tenant, page by page', async () => {
    const { call, memory } = await sharedDoorUnderTest()
    for (const name of ['zulu', 'alpha', 'gone']) {
      await memory.vault.vaults.create(memory.administrator, { name })
    }
    await memory.vault.vaults.delete(memory.administrator, { vault: 'gone' })
    const { body } = await call('ListKmsInstances')
    const { KmsInstance } = body.KmsInstances
    const ids = KmsInstance.map((one: { KmsInstanceId: string }) => one.KmsInstanceId)
    assert.deepEqual(ids, ['kst-alpha', KmsInstanceId, 'kst-zulu'])
    assert.match(KmsInstance[0].KmsInstanceArn, /^acs:kms:cn-hangzhou:\d{16}:keystore\/kst-alpha$/)
    assert.deepEqual([body.PageNumber, body.PageSize, body.TotalCount], [1, 20, 3])
    const second = (await call('ListKmsInstances', { PageNumber: 2, PageSize: 2 })).body
    assert.deepEqual(
      second.KmsInstances.KmsInstance.map((one: { KmsInstanceId: string }) => one.KmsInstanceId),
      ['kst-zulu'],
    )
    const past = (await call('ListKmsInstances', { PageNumber: 9 })).body
    assert.deepEqual([past.KmsInstances.KmsInstance, past.TotalCount], [[], 3])
  })

  test('can be filtered by id and by status, and by nothing else', async () => {
    const { call } = await sharedDoorUnderTest()
    const count = async (Key: string, ...Values: readonly string[]): Promise<number> => {
      const Filters = JSON.stringify([{ Key, Values }])
      return (await call('ListKmsInstances', { Filters })).body.TotalCount
    }
    assert.equal(await count('KmsInstanceId', KmsInstanceId, 'kst-none'), 1)
    assert.equal(await count('KmsInstanceId', 'kst-none'), 0)
    assert.equal(await count('Status', 'Connected'), 1)
    assert.equal(await count('Status', 'Error'), 0)
    const Filters = '[{"Key":"VpcId","Values":[]}]'
    const { status, body } = await call('ListKmsInstances', { Filters })
    assert.deepEqual([status, body.Code], [400, 'InvalidParameter'])
    assert.match(body.Message, /Filters/)
  })

  test('say by which certificates the server is trusted, and when they were made', async () => {
    const { call, memory } = await sharedDoorUnderTest()
    const { KmsInstance } = (await call('GetKmsInstance', { KmsInstanceId })).body
    const created = `${new Date(memory.first.vault.createdAt * 1000).toISOString().slice(0, 19)}Z`
    assert.deepEqual(KmsInstance, {
      InstanceId: KmsInstanceId,
      InstanceName: KmsInstanceId,
      Status: 'Connected',
      CreateTime: created,
      StartDate: created,
      EndDate: '',
      Spec: 2_147_483_647,
      KeyNum: 2_147_483_647,
      SecretNum: '2147483647',
      VpcNum: 0,
      VpcId: '',
      ZoneIds: [],
      VswitchIds: [],
      BindVpcs: { BindVpc: [] },
      CaCertificateChainPem: CA_CHAIN,
      ChargeType: 'POSTPAY',
      ProductType: 'kms',
      ProductVersion: '3',
      SaleStatus: 'Normal',
      Log: 0,
      LogStorage: 0,
      DeletionProtection: false,
      DeletionProtectionDescription: '',
    })
  })

  test('tell how many keys and secrets they have, deleted ones among them', async () => {
    const { call, memory } = await sharedDoorUnderTest()
    const { vault, identity } = memory
    const used = async (parameters = {}): Promise<unknown> => {
      const { body } = await call('GetKmsInstanceQuotaInfos', parameters)
      assert.equal(body.KmsInstanceId, KmsInstanceId)
      const infos: readonly { ResourceType: string; UsedQuantity: number }[] =
        body.KmsInstanceQuotaInfos
      return infos.map((one) => [one.ResourceType, one.UsedQuantity])
    }
    for (const name of ['one', 'two', 'three']) {
      await vault.keys.create(identity, { key: { vault: 'default', name }, hsm: false, type: 'EC' })
    }
    await vault.keys.delete(identity, { key: { vault: 'default', name: 'two' } })
    const secret = { vault: 'default', name: 'password' }
    await vault.secrets.set(identity, { secret, value: Secret.fromText('hidden') })
    assert.deepEqual(await used(), [['key', 3], ['secret', 1], ['qps', 0], ['vpc', 0]])
    assert.deepEqual(await used({ KmsInstanceId, ResourceType: 'key' }), [['key', 3]])
    const { status, body } = await call('GetKmsInstanceQuotaInfos', { ResourceType: 'disk' })
    assert.deepEqual([status, body.Code], [400, 'InvalidParameter'])
    assert.match(body.Message, /ResourceType/)
  })

  test('are connected since they were made and are in no VPC', async () => {
    const { call } = await sharedDoorUnderTest()
    const again = await call('ConnectKmsInstance', { KmsInstanceId, ...CONNECT })
    assert.deepEqual([again.status, again.body.Code], [403, 'Forbidden.DKMSInstanceStateInvalid'])
    const elsewhere = { KmsInstanceId, ...CONNECT, KMProvider: 'Other' }
    const other = await call('ConnectKmsInstance', elsewhere)
    assert.deepEqual([other.status, other.body.Code], [400, 'InvalidParameter'])
    assert.match(other.body.Message, /KMProvider/)
    const bind = (BindVpcs: string) => call('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs })
    assert.equal((await bind('[]')).status, 200)
    const refused = await bind('[{"VpcId":"vpc-1","VSwitchId":"vsw-1","RegionId":"cn-hangzhou"}]')
    assert.deepEqual([refused.status, refused.body.Code], [400, 'UnsupportedOperation'])
    for (const malformed of ['{}', '[1]', '[null]', 'nonsense']) {
      assert.equal((await bind(malformed)).body.Code, 'InvalidParameter', malformed)
    }
  })

  test('are deleted softly when they are released', async () => {
    const { call, memory } = await sharedDoorUnderTest()
    await memory.vault.vaults.create(memory.administrator, { name: 'extra' })
    const extra = { KmsInstanceId: 'kst-extra' }
    assert.equal((await call('ReleaseKmsInstance', extra)).status, 200)
    const actions = ['GetKmsInstance', 'ReleaseKmsInstance', 'GetKmsInstanceQuotaInfos'] as const
    for (const action of actions) {
      const { status, body } = await call(action, extra)
      assert.deepEqual([status, body.Code], [403, 'Forbidden.DKMSInstanceNotFound'], action)
    }
    await memory.vault.vaults.recover(memory.administrator, { vault: 'extra' })
    assert.equal((await call('GetKmsInstance', extra)).status, 200)
  })

  const concerning = [
    ['GetKmsInstance', {}],
    ['ConnectKmsInstance', CONNECT],
    ['UpdateKmsInstanceBindVpc', { BindVpcs: '[]' }],
    ['ReleaseKmsInstance', {}],
    ['GetKmsInstanceQuotaInfos', {}],
  ] as const
  for (const [action, parameters] of concerning) {
    test(`${action} wants an instance that there is, and the right to it`, async () => {
      const { call } = await sharedDoorUnderTest()
      for (const id of ['kst-none', 'default', 'kst-', 'kst-../default', '世界']) {
        const { status, body } = await call(action, { ...parameters, KmsInstanceId: id })
        assert.deepEqual([status, body.Code], [403, 'Forbidden.DKMSInstanceNotFound'], id)
      }
      const denied = await call(action, { ...parameters, KmsInstanceId }, 'stranger')
      assert.deepEqual([denied.status, denied.body.Code], [403, 'Forbidden.NoPermission'])
    })
  }

  test('are listed for those alone who may see them', async () => {
    const { call } = await sharedDoorUnderTest()
    const { body } = await call('ListKmsInstances', {}, 'stranger')
    assert.equal(body.Code, 'Forbidden.NoPermission')
    assert.equal((await call('GetDefaultKmsInstance')).body.DefaultKmsInstanceId, KmsInstanceId)
  })
})
