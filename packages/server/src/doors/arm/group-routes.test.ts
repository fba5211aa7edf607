import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { armDoorUnderTest, ORIGIN, type ArmDoorUnderTest, type Received } from './door-under-test.ts'

const version = '2021-04-01'

function codeOf({ json }: Received): unknown {
  return (json['error'] as { code?: unknown } | undefined)?.code
}

function namesOf({ json }: Received): readonly unknown[] {
  return (json['value'] as readonly { name: unknown }[]).map(({ name }) => name)
}

async function groupsUnderTest(): Promise<ArmDoorUnderTest & { readonly groups: string }> {
  const under = await armDoorUnderTest()
  return { ...under, groups: `${under.subscription}/resourcegroups` }
}

describe('resource groups of the resource manager', () => {
  it('are made, found in any case, changed, and deleted with a link that is followed', async () => {
    const { call, send, groups, subscription } = await groupsUnderTest()
    const made = await call('PUT', `${groups}/Mine`, {
      body: { location: 'West Europe', tags: { a: 'b' } },
      version,
    })
    assert.equal(made.status, 201)
    assert.deepEqual(made.json, {
      id: `${subscription}/resourceGroups/Mine`,
      name: 'Mine',
      type: 'Microsoft.Resources/resourceGroups',
      location: 'westeurope',
      tags: { a: 'b' },
      properties: { provisioningState: 'Succeeded' },
    })
    const again = await call('PUT', `${groups}/mine`, { body: { location: 'westeurope' } })
    assert.equal(again.status, 200)
    assert.deepEqual(again.json['tags'], {})
    const patched = await call('PATCH', `${groups}/mine`, { body: { tags: { c: 'd' } } })
    assert.deepEqual(patched.json['tags'], { c: 'd' })
    assert.deepEqual((await call('GET', `${groups.toUpperCase()}/MINE`)).json, patched.json)
    assert.equal((await call('HEAD', `${groups}/mine`)).status, 204)
    const deleted = await call('DELETE', `${groups}/mine`, { version })
    assert.equal(deleted.status, 202)
    assert.equal(deleted.text, '')
    const place = deleted.headers['Location'] ?? ''
    assert.ok(place.startsWith(`${ORIGIN}${subscription}/operationresults/`))
    assert.equal((await send('GET', place.slice(ORIGIN.length))).status, 200)
    assert.equal((await call('HEAD', `${groups}/mine`)).status, 404)
    const gone = await call('GET', `${groups}/mine`)
    assert.deepEqual([gone.status, codeOf(gone)], [404, 'ResourceGroupNotFound'])
    assert.equal(codeOf(await call('DELETE', `${groups}/mine`)), 'ResourceGroupNotFound')
  })

  it('take a vault with them that is protected, and it can be recovered into a new one', async () => {
    const { call, groups, memory } = await groupsUnderTest()
    const { vault, administrator } = memory
    await vault.vaults.update(administrator, { vault: 'default', purgeProtection: true })
    assert.equal((await call('DELETE', `${groups}/default`)).status, 202)
    const place = `${groups}/default/providers/Microsoft.KeyVault/vaults/default`
    assert.equal((await call('GET', place)).status, 404)
    const recover = {
      body: { location: 'test', properties: { createMode: 'recover' } },
    }
    assert.equal(codeOf(await call('PUT', place, recover)), 'ResourceGroupNotFound')
    await call('PUT', `${groups}/default`, { body: { location: 'test' } })
    assert.equal((await call('PUT', place, recover)).status, 200)
  })

  it('go on behind the last of a page, also when that was deleted meanwhile', async () => {
    const { call, send, groups } = await groupsUnderTest()
    for (const name of ['a', 'b(1)', 'B-2', 'c']) {
      await call('PUT', `${groups}/${name}`, { body: { location: 'x' } })
    }
    const first = await call('GET', `${groups}?$top=2`)
    assert.deepEqual(namesOf(first), ['a', 'B-2'])
    await call('DELETE', `${groups}/B-2`)
    const next = String(first.json['nextLink']).slice(ORIGIN.length)
    const second = await send('GET', next)
    assert.deepEqual(namesOf(second), ['b(1)', 'c'])
    await call('DELETE', `${groups}/c`)
    const last = String(second.json['nextLink']).slice(ORIGIN.length)
    assert.deepEqual(namesOf(await send('GET', last)), ['default'])
  })

  it('are listed by tag and in pages', async () => {
    const { call, send, groups } = await groupsUnderTest()
    for (const name of ['aa', 'bb']) {
      await call('PUT', `${groups}/${name}`, { body: { location: 'test', tags: { Kind: name } } })
    }
    assert.deepEqual(namesOf(await call('GET', groups)), ['aa', 'bb', 'default'])
    const filter = encodeURIComponent("tagName eq 'kind' and tagValue eq 'BB'")
    assert.deepEqual(namesOf(await call('GET', `${groups}?$filter=${filter}`)), ['bb'])
    const first = await call('GET', `${groups}?$top=2`)
    assert.deepEqual(namesOf(first), ['aa', 'bb'])
    const next = first.json['nextLink']
    assert.ok(typeof next === 'string' && next.startsWith(ORIGIN))
    const last = await send('GET', next.slice(ORIGIN.length))
    assert.deepEqual(namesOf(last), ['default'])
    assert.equal(last.json['nextLink'], undefined)
  })

  it('refuse what is wrong in the words of the resource manager', async () => {
    const { call, groups, subscription } = await groupsUnderTest()
    const location = 'test'
    for (const [method, path, body, status, code] of [
      ['PUT', `${groups}/a%20b`, { location }, 400, 'InvalidResourceGroup'],
      ['PUT', `${groups}/${'a'.repeat(91)}`, { location }, 400, 'InvalidResourceGroup'],
      ['GET', `${groups}/ends.`, undefined, 400, 'InvalidResourceGroup'],
      ['PUT', `${groups}/new`, {}, 400, 'LocationRequired'],
      ['PUT', `${groups}/new`, { location: 'a/b' }, 400, 'BadRequest'],
      ['PUT', `${groups}/new`, { location, tags: { a: 1 } }, 400, 'BadRequest'],
      ['PUT', `${groups}/new`, '{', 400, 'InvalidRequestContent'],
      ['PUT', `${groups}/default`, { location: 'x' }, 409, 'InvalidResourceGroupLocation'],
      ['GET', `${groups}?$filter=name%20ne%20'a'`, undefined, 400, 'InvalidFilterInQueryString'],
      ['GET', `${groups}?$top=0`, undefined, 400, 'InvalidTopParameter'],
      ['GET', `${groups}?$skiptoken=x`, undefined, 400, 'InvalidSkipToken'],
      ['GET', `${subscription}/operationresults/x`, undefined, 404, 'NotFound'],
      ['POST', `${groups}/default`, undefined, 405, 'HttpMethodNotSupported'],
    ] as const) {
      const answer = await call(method, path, body === undefined ? {} : { body })
      assert.deepEqual([answer.status, codeOf(answer)], [status, code], `${method} ${path}`)
    }
  })

  it('refuse a stranger everywhere', async () => {
    const { call, groups } = await groupsUnderTest()
    const body = { location: 'test' }
    for (const [method, path] of [
      ['GET', groups], ['GET', `${groups}/default`], ['HEAD', `${groups}/default`],
      ['PUT', `${groups}/default`], ['PATCH', `${groups}/default`], ['DELETE', `${groups}/default`],
    ] as const) {
      const answer = await call(method, path, { token: 'stranger', body })
      assert.equal(answer.status, 403, `${method} ${path}`)
      if (method !== 'HEAD') assert.equal(codeOf(answer), 'AuthorizationFailed')
    }
  })
})

describe('resources of the resource manager', () => {
  it('are the vaults, by the filters that clients send', async () => {
    const { call, groups, subscription, memory } = await groupsUnderTest()
    const { vault, administrator } = memory
    await call('PUT', `${groups}/mine`, { body: { location: 'test' } })
    const tags = { kind: "it's" }
    await vault.vaults.create(administrator, { name: 'other', resourceGroup: 'mine', tags })
    const found = async (filter: string, where = subscription): Promise<readonly unknown[]> =>
      namesOf(await call('GET', `${where}/resources?$filter=${encodeURIComponent(filter)}`, {
        version: '2015-11-01',
      }))
    const type = "resourceType eq 'Microsoft.KeyVault/vaults'"
    assert.deepEqual(await found(type), ['default', 'other'])
    assert.deepEqual(await found(`${type} and name eq 'OTHER'`), ['other'])
    assert.deepEqual(await found(`${type} and name eq 'none'`), [])
    assert.deepEqual(await found(`${type} and name eq 'a/b'`), [])
    assert.deepEqual(await found("resourceGroup eq 'Mine'"), ['other'])
    assert.deepEqual(await found("tagName eq 'Kind' and tagValue eq 'it''s'"), ['other'])
    assert.deepEqual(await found("location eq 'elsewhere'"), [])
    assert.deepEqual(await found("resourceType eq 'Microsoft.Web/sites'"), [])
    assert.deepEqual(await found('', `${groups}/mine`), ['other'])
    const { json } = await call('GET', `${subscription}/resources?$filter=name%20eq%20'other'`)
    assert.deepEqual(json['value'], [
      {
        id: `${subscription}/resourceGroups/mine/providers/Microsoft.KeyVault/vaults/other`,
        name: 'other',
        type: 'Microsoft.KeyVault/vaults',
        location: 'test',
        tags,
      },
    ])
    const bad = ["name eq other", "name eq 'a' or name eq 'b'", "tagValue eq 'x'", "name eq 'a' and"]
    for (const filter of bad) {
      const answer = await call('GET', `${subscription}/resources?$filter=${encodeURIComponent(filter)}`)
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'InvalidFilterInQueryString'], filter)
    }
  })
})
