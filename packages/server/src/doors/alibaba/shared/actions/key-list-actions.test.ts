import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

describe('ListKeys', () => {
  let door: SharedDoorUnderTest
  const keys: Record<string, string> = {}

  const listed = async (
    filters?: readonly (readonly [key: string, ...values: string[]])[],
    more: Readonly<Record<string, string | number>> = {},
    who?: 'identity' | 'stranger',
  ) => {
    const Filters = filters?.map(([Key, ...Values]) => ({ Key, Values }))
    const given = Filters === undefined ? {} : { Filters: JSON.stringify(Filters) }
    return await door.call('ListKeys', { PageSize: 100, ...given, ...more }, who)
  }

  /** The keys by the names of this test. */
  const named = async (...given: Parameters<typeof listed>): Promise<readonly string[]> => {
    const { body } = await listed(...given)
    const found = body.Keys.Key.map((one: { KeyId: string }) => one.KeyId)
    return Object.keys(keys).filter((name) => found.includes(keys[name])).toSorted()
  }

  before(async () => {
    door = await sharedDoorUnderTest()
    const { call, memory } = door
    await memory.vault.vaults.create(memory.administrator, { name: 'another' })
    for (const [name, parameters] of Object.entries({
      aes: { Tags: '[{"TagKey":"env","TagValue":"dev"},{"TagKey":"tier","TagValue":"prod"}]' },
      sm4: { KeySpec: 'Aliyun_SM4', Tags: '[{"TagKey":"env","TagValue":"prod"}]' },
      rsa: { KeySpec: 'RSA_2048', ProtectionLevel: 'HSM', DKMSInstanceId: 'kst-another' },
      wraps: { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' },
      brought: { Origin: 'EXTERNAL', DKMSInstanceId: 'kst-another' },
      gone: {},
    })) {
      keys[name] = (await call('CreateKey', parameters)).body.KeyMetadata.KeyId
    }
    await call('DisableKey', { KeyId: keys['wraps'] ?? '' })
    await call('ScheduleKeyDeletion', { KeyId: keys['gone'] ?? '', PendingWindowInDays: 7 })
    await call('CreateAlias', { KeyId: keys['aes'] ?? '', AliasName: 'alias/one' })
  })

  it('gives the keys of all instances, page by page, each once', async () => {
    const seen: string[] = []
    for (const PageNumber of [1, 2, 3, 4]) {
      const { body } = await listed(undefined, { PageNumber, PageSize: 2 })
      assert.deepEqual([body.TotalCount, body.PageNumber, body.PageSize], [6, PageNumber, 2])
      for (const { KeyId, KeyArn } of body.Keys.Key) {
        assert.match(KeyArn, new RegExp(`^acs:kms:cn-hangzhou:\\d{16}:key/${KeyId}$`))
        seen.push(KeyId)
      }
    }
    assert.deepEqual(seen.toSorted(), Object.values(keys).toSorted())
    const { body } = await listed(undefined, { PageNumber: 1_000_000 })
    assert.deepEqual([body.Keys.Key, body.TotalCount], [[], 6])
  })

  const all = ['aes', 'brought', 'gone', 'rsa', 'sm4', 'wraps']
  for (const [filters, wanted] of [
    [[['KeyState', 'Enabled']], ['aes', 'rsa', 'sm4']],
    [[['KeyState', 'Disabled', 'PendingImport']], ['brought', 'wraps']],
    [[['KeyState', 'Disabled'], ['KeyState', 'PendingDeletion']], ['gone', 'wraps']],
    [[['KeySpec', 'RSA_2048']], ['rsa', 'wraps']],
    [[['KeySpec', 'RSA_2048'], ['KeyUsage', 'SIGN/VERIFY']], ['rsa']],
    [[['ProtectionLevel', 'HSM']], ['rsa']],
    [[['CreatorType', 'Service']], []],
    [[['CreatorType', 'User']], all],
    [[['Creator', '1']], []],
    [[['DKMSInstanceId', 'kst-another']], ['brought', 'rsa']],
    [[['DKMSInstanceId', 'kst-none']], []],
    [[['AliasName', 'alias/one', 'alias/two']], ['aes']],
    [[['AliasName', 'none']], []],
    [[['TagKey', 'env']], ['aes', 'sm4']],
    [[['TagKey', 'env'], ['TagValue', 'prod']], ['sm4']],
    [[['TagValue', 'prod']], ['aes', 'sm4']],
    [[['KeyState']], all],
    [[], all],
  ] as const) {
    it(`finds ${wanted.join(', ') || 'nothing'} by ${JSON.stringify(filters)}`, async () => {
      assert.deepEqual(await named(filters), wanted)
      assert.equal((await listed(filters, { PageSize: 1 })).body.TotalCount, wanted.length)
    })
  }

  it('finds a key by its id, and numbers what it has found', async () => {
    assert.deepEqual(await named([['keyId', keys['sm4'] ?? '']]), ['sm4'])
    const { body } = await listed([['KeyState', 'Enabled']], { PageNumber: 2, PageSize: 2 })
    assert.deepEqual([body.Keys.Key.length, body.TotalCount], [1, 3])
  })

  it('shows who may list in one instance the keys of that one', async () => {
    const { body } = await listed(undefined, {}, 'identity')
    assert.deepEqual([body.Keys.Key.length, body.TotalCount], [4, 4])
    assert.deepEqual(await named([['DKMSInstanceId', 'kst-another']], {}, 'identity'), [])
  })

  it('refuses and audits who may list in none, and asks nowhere else', async () => {
    const { count } = await door.memory.store.head()
    const { body } = await listed(undefined, {}, 'stranger')
    assert.equal(body.Code, 'Forbidden.NoPermission')
    const entries = await door.memory.audit(count)
    assert.deepEqual(entries.map(({ operationName }) => operationName), ['KeyList'])
  })

  it('refuses filters and pages that there are not', async () => {
    for (const parameters of [
      { Filters: '[{"Key":"Colour","Values":["red"]}]' },
      { Filters: '{}' },
      { Filters: 'no' },
      { Filters: JSON.stringify([{ Key: 'KeyState', Values: Array.from({ length: 11 }, () => 'x') }]) },
      { Filters: JSON.stringify(Array.from({ length: 11 }, () => ({ Key: 'KeyState', Values: [] }))) },
      { PageNumber: 0 },
      { PageSize: 0 },
      { PageSize: 101 },
      { PageSize: 'x' },
    ]) {
      const { status, body } = await door.call('ListKeys', parameters)
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], JSON.stringify(parameters))
    }
  })
})
