import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collect } from '../testing/collect.ts'
import { fakeFetch, json, type SeenRequest } from '../testing/fake-fetch.ts'
import { KmsClient, type ListedKey } from './index.ts'
import { KMS_LISTINGS } from './listings.ts'

const config = { accessKeyId: 'id', accessKeySecret: 'secret', endpoint: 'kms.example' }

function parameters({ body }: SeenRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(body))
}

/** A service with seven of everything, whose pages have three unless told. */
function service(total = 7): { readonly client: KmsClient; readonly seen: SeenRequest[] } {
  const { fetch, seen } = fakeFetch((request) => {
    const { PageNumber = '1', PageSize = '3', NextToken = '' } = parameters(request)
    const start = NextToken === '' ? (Number(PageNumber) - 1) * Number(PageSize) : 3
    const most = Math.max(Math.min(Number(PageSize), total - start), 0)
    const items = Array.from({ length: most }, (_, index) => ({ KeyId: `key-${start + index}` }))
    const page = { PageNumber: Number(PageNumber), PageSize: Number(PageSize), TotalCount: total }
    const action = request.headers.get('x-acs-action') ?? ''
    if (action !== 'ListTagResources') return json(200, { ...page, ...listOf(action, items) })
    return json(200, { NextToken: NextToken === '' ? 'next' : '', ...listOf(action, items) })
  })
  return { client: new KmsClient({ config, fetch }), seen }
}

/** Where the service's descriptions put the items. */
function listOf(action: string, items: readonly object[]): object {
  const [outer, inner] = WIRE[action] ?? assert.fail(action)
  return { [outer]: { [inner]: items } }
}

const WIRE: Readonly<Record<string, readonly [string, string]>> = {
  ListKeys: ['Keys', 'Key'],
  ListKeyVersions: ['KeyVersions', 'KeyVersion'],
  ListAliases: ['Aliases', 'Alias'],
  ListAliasesByKeyId: ['Aliases', 'Alias'],
  ListTagResources: ['TagResources', 'TagResource'],
  ListManagedDataKeyVersions: ['ManagedDataKeyVersions', 'ManagedDataKeyVersion'],
  ListSecrets: ['SecretList', 'Secret'],
  ListSecretVersionIds: ['VersionIds', 'VersionId'],
  ListNetworkRules: ['NetworkRules', 'NetworkRule'],
  ListPolicies: ['Policies', 'Policy'],
  ListApplicationAccessPoints: ['ApplicationAccessPoints', 'ApplicationAccessPoint'],
  ListKmsInstances: ['KmsInstances', 'KmsInstance'],
}

const ids = (items: readonly ListedKey[]): readonly string[] => items.map(({ keyId }) => keyId)

describe('a listing of all', () => {
  it('is there for each action with pages, and brings what is on them', async () => {
    const { client, seen } = service(3)
    const methods = client as unknown as Record<string, (request: object) => AsyncIterable<object>>
    for (const [name, { action }] of Object.entries(KMS_LISTINGS)) {
      seen.length = 0
      const items = await collect(methods[name]?.call(client, { keyId: 'k' }) ?? assert.fail(name))
      assert.ok(items.length >= 3, name)
      assert.equal(seen[0]?.headers.get('x-acs-action'), action)
      assert.equal(seen[0] && parameters(seen[0])['KeyId'], 'k')
    }
    assert.deepEqual(
      Object.values(KMS_LISTINGS).map(({ action }) => action).toSorted(),
      Object.keys(WIRE).toSorted(),
    )
  })

  it('asks for page after page, each with what was asked for', async () => {
    const { client, seen } = service()
    const filters = [{ key: 'KeyState', values: ['Enabled'] }]
    const found = await collect(client.listAllKeys({ filters }))
    assert.deepEqual(ids(found), Array.from({ length: 7 }, (_, index) => `key-${index}`))
    const asked = seen.map(parameters)
    assert.deepEqual(asked.map(({ PageNumber }) => PageNumber), ['1', '2', '3'])
    assert.deepEqual(asked.map(({ PageSize }) => PageSize), [undefined, '3', '3'])
    assert.equal(new Set(asked.map(({ Filters }) => Filters)).size, 1)
  })

  it('gives pages of the size asked for, and goes on after one of them', async () => {
    const { client, seen } = service()
    const pages = await collect(client.listAllKeys().byPage({ maxPageSize: 4 }))
    assert.deepEqual(pages.map(({ length }) => length), [4, 3])
    const continuationToken = pages[0]?.continuationToken ?? assert.fail()
    assert.equal(pages[1]?.continuationToken, undefined)
    seen.length = 0
    const settings = { continuationToken, maxPageSize: 2 }
    const [rest, ...others] = await collect(service().client.listAllKeys().byPage(settings))
    assert.deepEqual(ids(rest ?? []), ['key-4', 'key-5', 'key-6'])
    assert.deepEqual(others, [])
  })

  it('follows the token of a list of tags', async () => {
    const { client, seen } = service()
    const asked = { regionId: 'r', resourceType: 'key' } as const
    assert.equal((await collect(client.listAllTagResources(asked))).length, 6)
    assert.deepEqual(seen.map((one) => parameters(one)['NextToken']), [undefined, 'next'])
  })

  it('ends at an empty page, whatever the count says', async () => {
    const { fetch, seen } = fakeFetch(() =>
      json(200, { PageNumber: 1, PageSize: 10, TotalCount: 40, Keys: { Key: [] } }),
    )
    assert.deepEqual(await collect(new KmsClient({ config, fetch }).listAllKeys()), [])
    assert.equal(seen.length, 1)
  })

  it('comes to an end whatever number the answer says of its page', async () => {
    for (const said of [{}, { PageNumber: 1 }, { PageNumber: 1, PageSize: 3 }, { PageSize: 0 }]) {
      const { fetch, seen } = fakeFetch((_, number) =>
        json(200, { ...said, TotalCount: 6, Keys: { Key: number < 9 ? [{}, {}, {}] : [] } }),
      )
      assert.equal((await collect(new KmsClient({ config, fetch }).listAllKeys())).length, 6)
      assert.deepEqual(seen.map((one) => parameters(one)['PageNumber']), ['1', '2'])
    }
  })

  it('follows no token twice', async () => {
    const { fetch, seen } = fakeFetch((_, number) =>
      json(200, { NextToken: number < 9 ? 'same' : '', TagResources: { TagResource: [{}] } }),
    )
    const asked = { regionId: 'r', resourceType: 'key' } as const
    const listed = collect(new KmsClient({ config, fetch }).listAllTagResources(asked))
    await assert.rejects(listed, { name: 'UnexpectedAnswerError' })
    assert.equal(seen.length, 2)
  })

  it('takes no token of something else, and no answer without a list', async () => {
    const { client, seen } = service()
    for (const continuationToken of ['', 'next', '2', '1/x', '1/0', '0/3', 'https://kms.example/']) {
      const pages = client.listAllKeys().byPage({ continuationToken })
      await assert.rejects(pages.next(), { name: 'BadRequestError' })
    }
    assert.deepEqual(seen, [])
    for (const body of [{}, { Keys: null }, { Keys: { Key: 'x' } }]) {
      const { fetch } = fakeFetch(() => json(200, body))
      const keys = new KmsClient({ config, fetch }).listAllKeys()
      await assert.rejects(keys.next(), { name: 'UnexpectedAnswerError' })
    }
  })
})
