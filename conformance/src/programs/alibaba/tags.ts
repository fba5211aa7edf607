import assert from 'node:assert/strict'
import { step, variable } from '../step.ts'
import { type Answer, list, type Parameters, refused, text } from './generic-client.ts'
import { call, createKey, own } from './key-calls.ts'

// Tags of keys and secrets, one at a time and many at once.

const RegionId = variable('ALIBABA_CLOUD_REGION_ID')

function many(action: string, ResourceType: string, parameters: Parameters): Promise<Answer> {
  return call(action, { RegionId, ResourceType, ...parameters })
}

/** `['resource', 'key', 'value']` of each tag. */
async function tags(ResourceType: string, parameters: Parameters): Promise<readonly string[]> {
  const answer = await many('ListTagResources', ResourceType, parameters)
  const found = list(answer, 'TagResources', 'TagResource')
  assert.ok(found.every((tag) => tag['ResourceType'] === ResourceType))
  return found
    .map((tag) => `${text(tag, 'ResourceId')} ${text(tag, 'TagKey')}=${text(tag, 'TagValue')}`)
    .sort()
}

async function createSecret(): Promise<string> {
  const SecretName = `${own}/tagged/${Math.random().toString(36).slice(2)}`
  await call('CreateSecret', { SecretName, VersionId: 'v1', SecretData: variable('CANARY') })
  return SecretName
}

for (const [type, create] of [
  ['key', createKey],
  ['secret', createSecret],
] as const) {
  await step(`TagResources, ListTagResources and UntagResources of each ${type}`, async () => {
    const [one, two] = [await create(), await create()]
    const both = { 'ResourceId.1': one, 'ResourceId.2': two }
    await many('TagResources', type, {
      ...both,
      'Tag.1.Key': 'env',
      'Tag.1.Value': 'test',
      'Tag.2.Key': 'team',
      'Tag.2.Value': own,
    })
    const each = (name: string): readonly string[] => [`${name} env=test`, `${name} team=${own}`]
    assert.deepEqual(await tags(type, both), [...each(one), ...each(two)].sort())
    assert.deepEqual(await tags(type, { 'ResourceId.1': two }), each(two))
    await many('UntagResources', type, { 'ResourceId.1': one, 'TagKey.1': 'env' })
    assert.deepEqual(await tags(type, { 'ResourceId.1': one }), [`${one} team=${own}`])
    const ofTeam = await tags(type, { 'Tag.1.Key': 'team', 'Tag.1.Value': own })
    assert.ok([one, two].every((name) => ofTeam.includes(`${name} team=${own}`)))
    await many('UntagResources', type, { 'ResourceId.1': two, All: 'true' })
    assert.deepEqual(await tags(type, { 'ResourceId.1': two }), [])
    const absent = { 'ResourceId.1': `${type}-nothing`, 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' }
    await refused(many('TagResources', type, absent), 'InvalidResourceId.NotFound', 404)
  })
}

await step('tags that may not be are refused', async () => {
  const KeyId = await createKey()
  const set = (key: string, value: string): Promise<Answer> =>
    many('TagResources', 'key', { 'ResourceId.1': KeyId, 'Tag.1.Key': key, 'Tag.1.Value': value })
  for (const key of ['aliyun-mine', 'acs:mine', 'x'.repeat(129), 'with blank']) {
    await refused(set(key, 'v'), 'InvalidParameter.TagKey', 400)
  }
  await refused(set('k', 'x'.repeat(129)), 'InvalidParameter.TagValue', 400)
  const twice = { 'Tag.1.Key': 'k', 'Tag.1.Value': 'v', 'Tag.2.Key': 'k', 'Tag.2.Value': 'w' }
  await refused(
    many('TagResources', 'key', { 'ResourceId.1': KeyId, ...twice }),
    'Duplicate.TagKey',
    400,
  )
  await refused(many('ListTagResources', 'certificate', {}), 'InvalidParameter', 400)
  await refused(call('ListTagResources', { ResourceType: 'key' }), 'MissingParameter', 400)
  const Tags = '[{"TagKey":"aliyun","TagValue":"v"}]'
  await refused(call('TagResource', { KeyId, Tags }), 'InvalidParameter', 400)
  await refused(call('TagResource', { KeyId, Tags: 'x' }), 'InvalidParameter', 400)
})

await step('TagResource wants one resource and no more', async () => {
  const Tags = '[{"TagKey":"k","TagValue":"v"}]'
  const both = { KeyId: await createKey(), SecretName: await createSecret(), Tags }
  await refused(call('TagResource', both), 'InvalidParameter', 400)
  await refused(call('TagResource', { Tags }), 'MissingParameter', 400)
  await call('UntagResource', { KeyId: both.KeyId, TagKeys: 'k,absent' })
})

console.log('done')
