import assert from 'node:assert/strict'
import type { KmsClient, PagedAsyncIterableIterator } from '@claviger/client/alibaba'
import { step } from '../programs/step.ts'

/** Everything of a listing in pages of two, of which there are several; and once more after one. */
async function inPages<Item>(list: () => PagedAsyncIterableIterator<Item>): Promise<Item[]> {
  const pages: Item[][] = []
  let token = ''
  for await (const page of list().byPage({ maxPageSize: 2 })) {
    assert.ok(page.length <= 2)
    pages.push([...page])
    if (pages.length === 1) token = page.continuationToken ?? ''
  }
  assert.ok(pages.length > 1, 'there is more than one page')
  const rest: Item[] = []
  for await (const page of list().byPage({ continuationToken: token })) rest.push(...page)
  assert.deepEqual(rest, pages.slice(1).flat())
  return pages.flat()
}

/** Lists that are longer than a page, as one. @param own tells this run's names from others. */
export async function listingSteps(
  client: KmsClient,
  own: string,
  regionId: string,
): Promise<void> {
  const { keyId } = (await client.createKey()).body.keyMetadata

  await step('keys and their aliases are listed over all pages', async () => {
    const names = [1, 2, 3, 4, 5].map((number) => `alias/list-${own}-${number}`)
    for (const aliasName of names) await client.createAlias({ keyId, aliasName })
    const ofKey = await inPages(() => client.listAllAliasesByKeyId({ keyId }))
    assert.deepEqual(ofKey.map(({ aliasName }) => aliasName).toSorted(), names)
    const all = await inPages(() => client.listAllAliases())
    assert.deepEqual(names.filter((name) => !all.some((one) => one.aliasName === name)), [])
    const filters = [{ key: 'KeyState', values: ['Enabled'] }]
    const keys = await inPages(() => client.listAllKeys({ filters }))
    assert.equal(new Set(keys.map((key) => key.keyId)).size, keys.length)
    assert.ok(keys.some((key) => key.keyId === keyId))
    assert.equal(keys.length, (await client.listKeys({ filters })).body.totalCount)
    for (const aliasName of names) await client.deleteAlias({ aliasName })
  })

  await step('secrets and their versions are listed over all pages', async () => {
    const secretName = `list-${own}`
    const versions = ['v1', 'v2', 'v3', 'v4', 'v5']
    await client.createSecret({ secretName, versionId: 'v1', secretData: 'a value' })
    for (const versionId of versions.slice(1)) {
      await client.putSecretValue({ secretName, versionId, secretData: 'a value' })
    }
    const asked = { secretName, includeDeprecated: true }
    const listed = await inPages(() => client.listAllSecretVersionIds(asked))
    assert.deepEqual(listed.map(({ versionId }) => versionId).toSorted(), versions)
    const secrets = await inPages(() => client.listAllSecrets())
    assert.ok(secrets.some((secret) => secret.secretName === secretName))
  })

  await step('network rules and policies of applications are listed over all pages', async () => {
    const names = ['a', 'b', 'c'].map((letter) => `list-${own}-${letter}`)
    const policy = {
      permissions: ['RbacPermission/Template/CryptoServiceKeyUser'],
      resources: ['key/*'],
      kmsInstance: 'kst-default',
    }
    for (const name of names) {
      await client.createNetworkRule({ name, type: 'Private', sourcePrivateIp: ['127.0.0.1'] })
      await client.createPolicy({ name, ...policy })
    }
    const rules = await inPages(() => client.listAllNetworkRules())
    const policies = await inPages(() => client.listAllPolicies())
    for (const all of [rules, policies]) {
      assert.deepEqual(names.filter((name) => !all.some((one) => one.name === name)), [])
    }
    for (const name of names) {
      await client.deletePolicy({ name })
      await client.deleteNetworkRule({ name })
    }
  })

  await step('tags of many resources are listed over all pages', async () => {
    const region = { regionId, resourceType: 'key' } as const
    const tag = Array.from({ length: 20 }, (_, index) => ({ key: `t${index}`, value: own }))
    const made = Array.from({ length: 11 }, () => client.createKey())
    const resourceId = (await Promise.all(made)).map(({ body }) => body.keyMetadata.keyId)
    await client.tagResources({ ...region, resourceId, tag })
    const listing = client.listAllTagResources({ ...region, resourceId })
    const pages: number[] = []
    const seen = new Set<string>()
    for await (const page of listing.byPage()) {
      pages.push(page.length)
      for (const one of page) seen.add(`${one.resourceId} ${one.tagKey}`)
    }
    assert.ok(pages.length > 1, 'there is more than one page')
    assert.equal(seen.size, 220)
    assert.equal(pages.reduce((sum, length) => sum + length), 220)
  })
}
