import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

const NOBODY = 'key-000000000000000000000'

const json = (tags: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })))

async function newKey(
  { call }: SharedDoorUnderTest,
  tags?: Readonly<Record<string, string>>,
): Promise<string> {
  const { body, status } = await call('CreateKey', tags === undefined ? {} : { Tags: json(tags) })
  assert.equal(status, 200, JSON.stringify(body))
  return body.KeyMetadata.KeyId
}

async function newSecret({ call }: SharedDoorUnderTest, SecretName: string): Promise<string> {
  await call('CreateSecret', { SecretName, VersionId: 'v1', SecretData: 'x' })
  return SecretName
}

async function tagsOf({ call }: SharedDoorUnderTest, KeyId: string): Promise<unknown> {
  const { body } = await call('ListResourceTags', { KeyId })
  const tags: readonly { KeyId: string; TagKey: string; TagValue: string }[] = body.Tags.Tag
  assert.ok(tags.every((one) => one.KeyId === KeyId))
  return Object.fromEntries(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]))
}

describe('tags of one resource', () => {
  it('are given at the making, added, replaced and taken away', async () => {
    const door = await sharedDoorUnderTest()
    const { call } = door
    const KeyId = await newKey(door, { team: 'a', 'cost:center': '1' })
    assert.deepEqual(await tagsOf(door, KeyId), { team: 'a', 'cost:center': '1' })
    await call('TagResource', { KeyId, Tags: json({ team: 'b', __proto__x: 'c' }) })
    await call('TagResource', { KeyId, Tags: '[{"TagKey":"__proto__","TagValue":"d"}]' })
    assert.deepEqual(
      Object.entries((await tagsOf(door, KeyId)) as object).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      [['__proto__', 'd'], ['__proto__x', 'c'], ['cost:center', '1'], ['team', 'b']],
    )
    const { status } = await call('UntagResource', { KeyId, TagKeys: '["__proto__","none","team"]' })
    assert.equal(status, 200)
    await call('UntagResource', { KeyId, TagKeys: '__proto__x' })
    assert.deepEqual(await tagsOf(door, KeyId), { 'cost:center': '1' })
    await call('CreateKeyVersion', { KeyId })
    assert.deepEqual(await tagsOf(door, KeyId), { 'cost:center': '1' })
  })

  it('are of secrets and certificates too', async () => {
    const door = await sharedDoorUnderTest()
    const { call } = door
    const SecretName = await newSecret(door, 'app/db_password@x')
    await call('TagResource', { SecretName, Tags: json({ a: '1', b: '2' }) })
    await call('UntagResource', { SecretName, TagKeys: '["a"]' })
    const found = await call('ListTagResources', { RegionId: 'r', ResourceType: 'secret' })
    assert.deepEqual(found.body.TagResources.TagResource, [
      { ResourceId: SecretName, ResourceType: 'secret', TagKey: 'b', TagValue: '2' },
    ])
    const missing = await call('TagResource', { CertificateId: 'none', Tags: json({ a: '1' }) })
    assert.deepEqual([missing.status, missing.body.Code], [404, 'Certificate.NotFound'])
  })

  it('may be twenty, which neither Azure nor a new version takes away', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`k${at}`, 'v']))
    const KeyId = await newKey(door, many)
    const key = { vault: 'default', name: KeyId }
    await memory.vault.keys.update(memory.administrator, { key, enabled: true })
    assert.deepEqual(await tagsOf(door, KeyId), many)
    const { body } = await call('TagResource', { KeyId, Tags: json({ more: 'v' }) })
    assert.equal(body.Code, 'InvalidParameter')
    const again = await call('TagResource', { KeyId, Tags: json({ k1: 'w' }) })
    assert.equal(again.status, 200)
  })

  it('are refused in the words of the service', async () => {
    const door = await sharedDoorUnderTest()
    const { call } = door
    const KeyId = await newKey(door)
    const Tags = json({ a: 'b' })
    for (const [action, parameters, status, code] of [
      ['TagResource', { Tags }, 400, 'MissingParameter'],
      ['TagResource', { KeyId }, 400, 'MissingParameter'],
      ['TagResource', { KeyId, SecretName: 's', Tags }, 400, 'InvalidParameter'],
      ['TagResource', { KeyId: NOBODY, Tags }, 404, 'Forbidden.KeyNotFound'],
      ['TagResource', { KeyId: 'alias/a', Tags }, 400, 'Unsupported.Alias'],
      ['TagResource', { SecretName: 'none', Tags }, 404, 'Forbidden.ResourceNotFound'],
      ['TagResource', { KeyId, Tags: json({ 'acs:x': 'b' }) }, 400, 'InvalidParameter'],
      ['TagResource', { KeyId, Tags: json({ aliyun: 'b' }) }, 400, 'InvalidParameter'],
      ['TagResource', { KeyId, Tags: json({ a: '' }) }, 400, 'InvalidParameter'],
      ['TagResource', { KeyId, Tags: json({ a: 'x'.repeat(129) }) }, 400, 'InvalidParameter'],
      ['TagResource', { KeyId, Tags: json({ 'a b': 'x' }) }, 400, 'InvalidParameter'],
      ['TagResource', { KeyId, Tags: `[${Tags.slice(1, -1)},${Tags.slice(1, -1)}]` }, 400, 'InvalidParameter'],
      ['TagResource', { KeyId, Tags: 'no' }, 400, 'InvalidParameter'],
      ['UntagResource', { KeyId }, 400, 'MissingParameter'],
      ['UntagResource', { TagKeys: '["a"]' }, 400, 'MissingParameter'],
      ['ListResourceTags', { KeyId: NOBODY }, 404, 'Forbidden.KeyNotFound'],
      ['CreateKey', { Tags: json({ 'acs:x': 'b' }) }, 400, 'InvalidParameter'],
    ] as const) {
      const { body, status: answered } = await call(action, parameters)
      assert.deepEqual([answered, body.Code], [status, code], `${action} ${JSON.stringify(parameters)}`)
    }
    for (const action of ['TagResource', 'UntagResource', 'ListResourceTags'] as const) {
      const { body } = await call(action, { KeyId, Tags, TagKeys: '["a"]' }, 'stranger')
      assert.equal(body.Code, 'Forbidden.NoPermission')
    }
  })
})

describe('tags of many resources', () => {
  const RegionId = 'cn-hangzhou'

  it('are given to all and taken from all', async () => {
    const door = await sharedDoorUnderTest()
    const { call } = door
    const keys = [await newKey(door, { own: '1' }), await newKey(door)] as const
    const named = { RegionId, ResourceType: 'key', 'ResourceId.1': keys[0], 'ResourceId.2': keys[1] }
    const two = { 'Tag.1.Key': 'team', 'Tag.1.Value': 'a', 'Tag.2.Key': 'x', 'Tag.2.Value': 'y' }
    assert.equal((await call('TagResources', { ...named, ...two })).status, 200)
    const { body } = await call('ListTagResources', { ...named, ResourceType: 'KEY' })
    assert.equal(body.NextToken, '')
    assert.equal(body.TagResources.TagResource.length, 5)
    assert.deepEqual(body.TagResources.TagResource[0], {
      ResourceId: keys[0], ResourceType: 'KEY', TagKey: 'own', TagValue: '1',
    })
    assert.equal((await call('UntagResources', { ...named, 'TagKey.1': 'x', All: true })).status, 200)
    assert.deepEqual(await tagsOf(door, keys[1]), { team: 'a' })
    assert.equal((await call('UntagResources', { ...named, All: true })).status, 200)
    assert.deepEqual(await tagsOf(door, keys[0]), {})
  })

  it('are found by them, over all instances, 200 rows at a time', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    await memory.vault.vaults.create(memory.administrator, { name: 'another' })
    const spec = { type: 'oct', bits: 256 } as const
    const tags = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`t${at}`, 'v']))
    const names: string[] = []
    for (let at = 0; at < 45; at += 1) {
      const key = { vault: at % 2 === 0 ? 'default' : 'another', name: `key-${String(at).padStart(21, '0')}` }
      names.push(key.name)
      await memory.vault.keys.create(memory.administrator, { key, spec, hsm: false, tags })
      if (at % 9 === 0) await memory.vault.keys.delete(memory.administrator, { key })
    }
    await newKey(door, { t0: 'other' })
    await newKey(door)
    const seen: string[] = []
    let NextToken = ''
    do {
      const asked = { RegionId, ResourceType: 'key', 'Tag.1.Key': 't0', 'Tag.1.Value': 'v', NextToken }
      const { body } = await call('ListTagResources', asked)
      assert.ok(body.TagResources.TagResource.length <= 200)
      seen.push(...body.TagResources.TagResource.map((one: { ResourceId: string }) => one.ResourceId))
      NextToken = body.NextToken
    } while (NextToken !== '')
    assert.equal(seen.length, 450)
    assert.deepEqual([...new Set(seen)].toSorted(), names)
    const { body } = await call('ListTagResources', { RegionId, ResourceType: 'key', 'Tag.1.Key': 't0' })
    assert.notEqual(body.NextToken, '')
  })

  it('are refused in the words of the service, and then nothing is changed', async () => {
    const door = await sharedDoorUnderTest()
    const { call } = door
    const KeyId = await newKey(door)
    const of = { RegionId, ResourceType: 'key', 'ResourceId.1': KeyId }
    const tag = { 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' }
    for (const [action, parameters, status, code] of [
      ['TagResources', { ...of }, 400, 'MissingParameter'],
      ['TagResources', { ...of, ...tag, ResourceType: 'vm' }, 400, 'InvalidParameter'],
      ['TagResources', { RegionId, ResourceType: 'key', ...tag }, 400, 'MissingParameter'],
      ['TagResources', { ...of, ...tag, RegionId: '' }, 400, 'MissingParameter'],
      ['TagResources', { ...of, 'Tag.1.Key': 'acs:', 'Tag.1.Value': 'b' }, 400, 'InvalidParameter.TagKey'],
      ['TagResources', { ...of, 'Tag.1.Key': 'a', 'Tag.1.Value': 'b c' }, 400, 'InvalidParameter.TagValue'],
      ['TagResources', { ...of, ...tag, 'Tag.2.Key': 'a', 'Tag.2.Value': 'c' }, 400, 'Duplicate.TagKey'],
      ['TagResources', { ...of, ...tag, 'ResourceId.2': NOBODY }, 404, 'InvalidResourceId.NotFound'],
      ['TagResources', { ...of, ...tag, ResourceType: 'secret' }, 404, 'InvalidResourceId.NotFound'],
      ['UntagResources', { ...of }, 400, 'MissingParameter'],
      ['UntagResources', { ...of, All: true, 'ResourceId.2': 'x y' }, 404, 'InvalidResourceId.NotFound'],
      ['ListTagResources', { RegionId, ResourceType: 'vm' }, 400, 'InvalidParameter'],
      ['ListTagResources', { ...of, 'ResourceId.1': NOBODY }, 404, 'InvalidResourceId.NotFound'],
      ['ListTagResources', { ...of, ...tag, 'Tag.2.Key': 'a' }, 400, 'Duplicate.TagKey'],
      ['ListTagResources', { ...of, NextToken: 'x' }, 400, 'InvalidParameter'],
      ['ListTagResources', { RegionId, ResourceType: 'key', NextToken: 'default.no.x' }, 400, 'InvalidParameter'],
      ['ListTagResources', { RegionId, ResourceType: 'key', NextToken: 'default.live.a/b' }, 400, 'InvalidParameter'],
    ] as const) {
      const { body, status: answered } = await call(action, parameters)
      assert.deepEqual([answered, body.Code], [status, code], `${action} ${JSON.stringify(parameters)}`)
    }
    assert.deepEqual(await tagsOf(door, KeyId), {})
    for (const action of ['TagResources', 'ListTagResources'] as const) {
      assert.equal((await call(action, { ...of, ...tag }, 'stranger')).body.Code, 'Forbidden.NoPermission')
    }
  })
})
