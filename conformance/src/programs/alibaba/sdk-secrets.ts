import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import * as kms from '@alicloud/kms20160120'
import { step, variable } from '../step.ts'
import { refused } from './generic-client.ts'
import { kmsClient } from './kms-client.ts'

// Every action on secrets that the official client of version 1 has.

const client = kmsClient()
const canary = variable('CANARY')
const own = randomBytes(4).toString('hex')

function create(
  secretName: string,
  more: Partial<kms.CreateSecretRequest> = {},
): Promise<kms.CreateSecretResponse> {
  const first = { secretName, versionId: 'v1', secretData: canary }
  return client.createSecret(new kms.CreateSecretRequest({ ...first, ...more }))
}

function read(secretName: string, more: object = {}): Promise<kms.GetSecretValueResponse> {
  return client.getSecretValue(new kms.GetSecretValueRequest({ secretName, ...more }))
}

await step(
  'createSecret and getSecretValue, under names with every character they may have',
  async () => {
    for (const secretName of [`${own}-plain`, `${own}/team_1/+a=b.c@d-e`]) {
      const made = await create(secretName)
      assert.equal(made.versionId, 'v1')
      assert.ok(made.arn.endsWith(`:secret/${secretName}`), made.arn)
      const got = await read(secretName)
      assert.equal(got.secretName, secretName)
      assert.equal(got.secretData, canary)
      assert.equal(got.secretDataType, 'text')
      assert.deepEqual(got.versionStages.versionStage, ['ACSCurrent'])
      assert.equal((await read(made.arn)).secretData, canary)
    }
    await refused(create(`${own}-plain`), 'Rejected.ResourceExist', 409)
    await refused(read(`${own}-nothing`), 'Forbidden.ResourceNotFound', 404)
  },
)

await step(
  'putSecretValue moves the stages, and asks for the same again are answered alike',
  async () => {
    const secretName = `${own}-versions`
    await create(secretName)
    const put = (versionId: string, secretData: string, more: object = {}): Promise<unknown> =>
      client.putSecretValue(
        new kms.PutSecretValueRequest({ secretName, versionId, secretData, ...more }),
      )
    await put('v2', `${canary}-2`)
    await put('v2', `${canary}-2`)
    await refused(put('v2', 'something else'), 'Rejected.ResourceExist', 409)
    assert.equal((await read(secretName)).versionId, 'v2')
    const previous = await read(secretName, { versionStage: 'ACSPrevious' })
    assert.equal(previous.versionId, 'v1')
    assert.equal(previous.secretData, canary)
    await put('v3', `${canary}-3`, { versionStages: '["mine"]' })
    assert.equal((await read(secretName)).versionId, 'v2')
    assert.equal((await read(secretName, { versionStage: 'mine' })).versionId, 'v3')
    assert.equal((await read(secretName, { versionId: 'v1' })).secretData, canary)
  },
)

await step(
  'updateSecretVersionStage moves a stage, and listSecretVersionIds shows it',
  async () => {
    const secretName = `${own}-versions`
    await client.updateSecretVersionStage(
      new kms.UpdateSecretVersionStageRequest({
        secretName,
        versionStage: 'ACSCurrent',
        moveToVersion: 'v1',
      }),
    )
    assert.equal((await read(secretName)).versionId, 'v1')
    const stages = async (
      includeDeprecated: string,
    ): Promise<Record<string, readonly string[]>> => {
      const request = new kms.ListSecretVersionIdsRequest({ secretName, includeDeprecated })
      const { versionIds } = await client.listSecretVersionIds(request)
      return Object.fromEntries(
        versionIds.versionId.map((one) => [
          one.versionId,
          one.versionStages.versionStage.toSorted(),
        ]),
      )
    }
    assert.deepEqual(await stages('false'), {
      v1: ['ACSCurrent'],
      v2: ['ACSPrevious'],
      v3: ['mine'],
    })
    await client.updateSecretVersionStage(
      new kms.UpdateSecretVersionStageRequest({
        secretName,
        versionStage: 'mine',
        removeFromVersion: 'v3',
      }),
    )
    assert.deepEqual(Object.keys(await stages('false')).toSorted(), ['v1', 'v2'])
    assert.deepEqual(Object.keys(await stages('true')).toSorted(), ['v1', 'v2', 'v3'])
  },
)

await step('describeSecret, updateSecret and listSecrets agree', async () => {
  const secretName = `${own}-described`
  await create(secretName, { description: 'before', tags: '[{"TagKey":"env","TagValue":"test"}]' })
  const describe = (): Promise<kms.DescribeSecretResponse> =>
    client.describeSecret(new kms.DescribeSecretRequest({ secretName, fetchTags: 'true' }))
  assert.equal((await describe()).description, 'before')
  await client.updateSecret(new kms.UpdateSecretRequest({ secretName, description: 'after' }))
  const described = await describe()
  assert.equal(described.description, 'after')
  assert.deepEqual(
    described.tags.tag.map(({ tagKey, tagValue }) => [tagKey, tagValue]),
    [['env', 'test']],
  )
  const listed: string[] = []
  for (let pageNumber = 1; ; pageNumber += 1) {
    const request = new kms.ListSecretsRequest({ pageNumber, pageSize: 2, fetchTags: 'true' })
    const page = await client.listSecrets(request)
    listed.push(...page.secretList.secret.map((one) => one.secretName))
    if (pageNumber * 2 >= page.totalCount) break
  }
  assert.ok(listed.includes(secretName), listed.join(', '))
  assert.equal(new Set(listed).size, listed.length)
})

await step('tagResource tags a secret', async () => {
  const secretName = `${own}-described`
  const tags = '[{"TagKey":"team","TagValue":"one"}]'
  await client.tagResource(new kms.TagResourceRequest({ secretName, tags }))
  await client.untagResource(new kms.UntagResourceRequest({ secretName, tagKeys: '["env"]' }))
  const request = new kms.DescribeSecretRequest({ secretName, fetchTags: 'true' })
  const { tags: after } = await client.describeSecret(request)
  assert.deepEqual(
    after.tag.map(({ tagKey }) => tagKey),
    ['team'],
  )
})

await step(
  'deleteSecret waits, restoreSecret takes it back, a forced one is for good',
  async () => {
    const secretName = `${own}-deleted`
    await create(secretName)
    const deleteIt = (more: object): Promise<kms.DeleteSecretResponse> =>
      client.deleteSecret(new kms.DeleteSecretRequest({ secretName, ...more }))
    const { plannedDeleteTime } = await deleteIt({ recoveryWindowInDays: '7' })
    const days = (Date.parse(plannedDeleteTime) - Date.now()) / 86_400_000
    assert.ok(days > 6.9 && days <= 7.1, plannedDeleteTime)
    await refused(read(secretName), 'Rejected.ResourceInDeleteWindow', 409)
    await refused(create(secretName), 'Rejected.ResourceInDeleteWindow', 409)
    const restore = new kms.RestoreSecretRequest({ secretName })
    await client.restoreSecret(restore)
    assert.equal((await read(secretName)).secretData, canary)
    await refused(client.restoreSecret(restore), 'Rejected.ResourceInUse', 409)
    await deleteIt({ forceDeleteWithoutRecovery: 'true' })
    await refused(read(secretName), 'Forbidden.ResourceNotFound', 404)
    await create(secretName)
  },
)

await step('getRandomPassword keeps the rules it is given', async () => {
  const password = async (options: object = {}): Promise<string> =>
    (await client.getRandomPassword(new kms.GetRandomPasswordRequest(options))).randomPassword
  assert.equal((await password()).length, 32)
  assert.equal((await password({ passwordLength: '128' })).length, 128)
  assert.match(
    await password({ excludePunctuation: 'true', excludeCharacters: 'abc' }),
    /^[A-Zd-z0-9]{32}$/,
  )
  assert.match(
    await password({
      excludeLowercase: 'true',
      excludeUppercase: 'true',
      excludePunctuation: 'true',
    }),
    /^\d{32}$/,
  )
  for (let round = 0; round < 20; round += 1) {
    assert.match(
      await password({ passwordLength: '8' }),
      /(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z0-9])/,
    )
  }
  for (const passwordLength of ['7', '129', 'x']) {
    await refused(password({ passwordLength }), 'InvalidParameter', 400)
  }
})

console.log('done')
