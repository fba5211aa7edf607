import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { selfSignedCertificate } from '@claviger/vault/testing'
import {
  BASE,
  graphDoorUnderTest,
  type GraphDoorUnderTest,
  type Received,
} from './door-under-test.ts'

const messageOf = ({ json }: Received) => (json['error'] as { readonly message: string }).message
const codeOf = ({ json }: Received) => (json['error'] as { readonly code: string }).code

async function application(
  { call }: GraphDoorUnderTest,
  body: object = { displayName: 'billing' },
) {
  const { status, json, text, headers } = await call('POST', '/applications', { body })
  assert.equal(status, 201, text)
  assert.equal(headers['Location'], `${BASE}/applications/${String(json['id'])}`)
  return { id: String(json['id']), appId: String(json['appId']), json }
}

function certificate() {
  return selfSignedCertificate(generateKeyPairSync('ec', { namedCurve: 'P-256' })).toString(
    'base64',
  )
}

function keyCredential(more: object = {}) {
  return {
    '@odata.type': '#microsoft.graph.keyCredential',
    displayName: null,
    endDateTime: '2027-01-01T00:00:00Z',
    key: certificate(),
    keyId: randomUUID(),
    startDateTime: '2026-01-01T00:00:00Z',
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    ...more,
  }
}

describe('what `az ad sp create-for-rbac` asks', () => {
  it('makes an application, a secret of the server’s and a principal that signs in with it', async () => {
    const door = await graphDoorUnderTest()
    const { call, list } = door
    assert.deepEqual(await list("/servicePrincipals?$filter=displayName eq 'rbac'"), [])
    assert.deepEqual(await list("/applications?$filter=startswith(displayName,'rbac')"), [])
    const { id, appId, json } = await application(door, { displayName: 'rbac', keyCredentials: [] })
    assert.deepEqual([json['passwordCredentials'], json['keyCredentials']], [[], []])
    const passwordCredential = {
      displayName: 'rbac',
      startDateTime: '2026-01-01T00:00:00Z',
      endDateTime: '2027-01-01T00:00:00Z',
    }
    const secret = await call('POST', `/applications/${id}/addPassword`, {
      body: { passwordCredential },
    })
    assert.equal(secret.status, 200)
    assert.match(String(secret.json['secretText']), /^[\w-]{40,}$/)
    assert.equal(secret.headers['Cache-Control'], 'no-store')
    assert.equal(secret.json['endDateTime'], '2027-01-01T00:00:00Z')
    const principal = await call('POST', '/servicePrincipals', {
      body: { appId, accountEnabled: true },
    })
    assert.equal(principal.status, 201)
    assert.deepEqual(principal.json['servicePrincipalNames'], [appId])
    const [found] = await list("/servicePrincipals?$filter=displayName eq 'rbac'")
    assert.equal(found?.['id'], principal.json['id'])
    const again = await call('POST', '/servicePrincipals', {
      body: { appId, accountEnabled: true },
    })
    assert.deepEqual(
      [again.status, codeOf(again)],
      [409, 'Request_MultipleObjectsWithSameKeyValue'],
    )
  })

  it('with a certificate keeps its thumbprint, and patches the application when asked again', async () => {
    const door = await graphDoorUnderTest()
    const { call, list } = door
    const { id } = await application(door, {
      displayName: 'rbac',
      keyCredentials: [keyCredential()],
    })
    const [found] = await list("/applications?$filter=startswith(displayName,'rbac')")
    assert.ok(found !== undefined)
    const [credential] = found['keyCredentials'] as Record<string, unknown>[]
    assert.match(String(credential?.['customKeyIdentifier']), /^[0-9A-F]{40}$/)
    assert.equal(credential?.['key'], null)
    assert.equal(credential?.['endDateTime'], '2027-01-01T00:00:00Z')
    const body = { displayName: 'rbac', keyCredentials: [keyCredential()] }
    assert.equal((await call('PATCH', `/applications/${id}`, { body })).status, 204)
    const { json } = await call('GET', `/applications/${id}`)
    const [next] = json['keyCredentials'] as Record<string, unknown>[]
    assert.notEqual(next?.['keyId'], credential?.['keyId'])
  })

  it('for a client id that nobody has says so in the words that az knows', async () => {
    const { call } = await graphDoorUnderTest()
    const refused = await call('POST', '/servicePrincipals', { body: { appId: randomUUID() } })
    assert.equal(refused.status, 400)
    assert.match(messageOf(refused), / does not reference /)
  })
})

describe('credentials', () => {
  it('are appended, removed one by one and reset, from the application and from its principal', async () => {
    const door = await graphDoorUnderTest()
    const { call } = door
    const { id, appId } = await application(door)
    const principal = (await call('POST', '/servicePrincipals', { body: { appId } })).json[
      'id'
    ] as string
    const first = keyCredential()
    assert.equal(
      (await call('PATCH', `/applications/${id}`, { body: { keyCredentials: [first] } })).status,
      204,
    )
    const known = (await call('GET', `/servicePrincipals/${principal}`)).json[
      'keyCredentials'
    ] as object[]
    const second = keyCredential()
    const appended = { keyCredentials: [...known, second] }
    assert.equal(
      (await call('PATCH', `/servicePrincipals/${principal}`, { body: appended })).status,
      204,
    )
    const keys = async () => {
      const { json } = await call('GET', `/applications/${id}`)
      return (json['keyCredentials'] as Record<string, unknown>[])
        .map((one) => String(one['keyId']))
        .toSorted()
    }
    assert.deepEqual(await keys(), [first.keyId, second.keyId].toSorted())
    const left = { keyCredentials: [{ ...known[0] }] }
    assert.equal((await call('PATCH', `/applications/${id}`, { body: left })).status, 204)
    assert.deepEqual(await keys(), [first.keyId])
    const secret = await call('POST', `/servicePrincipals/${principal}/addPassword`, { body: {} })
    assert.equal(secret.json['endDateTime'], '2028-01-01T00:00:00Z')
    const keyId = secret.json['keyId']
    const wrong = { body: { keyId: first.keyId } }
    assert.equal((await call('POST', `/applications/${id}/removePassword`, wrong)).status, 404)
    assert.equal(
      (await call('POST', `/applications/${id}/removePassword`, { body: { keyId } })).status,
      204,
    )
    assert.deepEqual((await call('GET', `/applications/${id}`)).json['passwordCredentials'], [])
  })

  it('of a future start, of a past end, chosen by the client or of a managed identity are refused', async () => {
    const door = await graphDoorUnderTest()
    const { call, memory } = door
    const { id } = await application(door)
    const add = (passwordCredential: object) =>
      call('POST', `/applications/${id}/addPassword`, { body: { passwordCredential } })
    for (const wrong of [
      { startDateTime: '2027-01-01T00:00:00Z' },
      { endDateTime: '2025-01-01T00:00:00Z' },
      { endDateTime: 'soon' },
      { secretText: 'mine' },
    ])
      assert.equal((await add(wrong)).status, 400, JSON.stringify(wrong))
    const { id: identity } = memory.first.identity.principal
    const refused = await call('POST', `/servicePrincipals/${identity}/addPassword`, { body: {} })
    assert.equal(refused.status, 400)
    const removal = await call('DELETE', `/servicePrincipals/${identity}`)
    assert.equal(removal.status, 400)
  })
})

describe('federated credentials', () => {
  it('are made, shown by id and by name, changed and deleted', async () => {
    const door = await graphDoorUnderTest()
    const { call, list } = door
    const { id, appId } = await application(door)
    const path = `/applications/${id}/federatedIdentityCredentials`
    const body = {
      name: 'Testing',
      issuer: 'https://token.actions.example.com',
      subject: 'repo:a/b:environment:Production',
      description: 'Testing',
      audiences: ['api://AzureADTokenExchange'],
    }
    const made = await call('POST', path, { body })
    assert.equal(made.status, 201)
    const { '@odata.context': _context, id: credential, ...shown } = made.json
    assert.deepEqual(shown, body)
    const again = await call('POST', path, { body })
    assert.deepEqual(
      [again.status, codeOf(again)],
      [409, 'Request_MultipleObjectsWithSameKeyValue'],
    )
    for (const key of [String(credential), 'Testing']) {
      assert.equal((await call('GET', `${path}/${key}`)).json['subject'], body.subject)
    }
    const byClient = `/applications(appId='${appId}')/federatedIdentityCredentials`
    assert.equal((await list(byClient)).length, 1)
    const patched = await call('PATCH', `${path}/Testing`, { body: { ...body, subject: 'other' } })
    assert.equal(patched.status, 204)
    assert.equal((await call('GET', `${path}/Testing`)).json['subject'], 'other')
    assert.equal(
      (await call('PATCH', `${path}/Testing`, { body: { name: 'Another' } })).status,
      400,
    )
    assert.equal((await call('DELETE', `${path}/${String(credential)}`)).status, 204)
    assert.equal((await call('GET', `${path}/Testing`)).status, 404)
    for (const name of ['a', 'with space', '-abc', 'a'.repeat(121)]) {
      assert.equal((await call('POST', path, { body: { ...body, name } })).status, 400, name)
    }
  })
})

describe('applications', () => {
  it('are found by client id, by URI and by name, and their page goes on where the last one ended', async () => {
    const door = await graphDoorUnderTest()
    const { list, call } = door
    for (const displayName of ['b', 'a', 'c']) await application(door, { displayName })
    const { id, appId } = await application(door, {
      displayName: "d'or",
      identifierUris: ['api://d'],
    })
    const find = async (filter: string) =>
      (await list(`/applications?$filter=${encodeURIComponent(filter)}`)).map((one) => one['id'])
    for (const filter of [
      `appId eq '${appId}'`,
      `appId eq '${appId.toUpperCase()}'`,
      "identifierUris/any(s:s eq 'api://D')",
      "displayName eq 'd''or'",
      "startswith(displayName,'D''O') and tags/any(t:t eq 'x') or id in ('" + id + "')",
      `not(displayName ne 'd''or')`,
    ])
      assert.deepEqual(await find(filter), [id], filter)
    assert.deepEqual(await find("appId eq 'none'"), [])
    assert.deepEqual(await find("id eq 'none'"), [])
    const names = (await list('/applications?$top=2&$select=displayName')).map(
      (one) => one['displayName'],
    )
    assert.deepEqual(names, ['a', 'administrator', 'b', 'c', "d'or"])
    const page = await call(
      'GET',
      '/applications?$top=1&$count=true&$filter=startswith(displayName,%27a%27)',
    )
    assert.equal(page.json['@odata.count'], 2)
  })

  it('keep what was said of them, merge what is changed, and forget what is null', async () => {
    const door = await graphDoorUnderTest()
    const { call } = door
    const web = { homePageUrl: 'https://a.example', redirectUris: ['https://a.example/back'] }
    const { id } = await application(door, { displayName: 'a', notes: 'first', tags: ['x'], web })
    const body = { notes: null, web: { redirectUris: [] }, isFallbackPublicClient: true }
    assert.equal((await call('PATCH', `/applications/${id}`, { body })).status, 204)
    const { json } = await call('GET', `/applications/${id}`)
    assert.deepEqual(
      [json['notes'], json['tags'], json['isFallbackPublicClient']],
      [null, ['x'], true],
    )
    const shown = json['web'] as Record<string, unknown>
    assert.deepEqual(
      [shown['homePageUrl'], shown['redirectUris'], shown['logoutUrl']],
      ['https://a.example', [], null],
    )
  })

  it('have owners, the first of them who made them', async () => {
    const door = await graphDoorUnderTest()
    const { call, list, memory } = door
    const { id } = await application(door)
    const owners = async () => (await list(`/applications/${id}/owners`)).map((one) => one['id'])
    assert.deepEqual(await owners(), [memory.first.administrator.principal.id])
    const { id: user } = memory.first.user
    const body = { '@odata.id': `${BASE}/directoryObjects/${user}` }
    assert.equal((await call('POST', `/applications/${id}/owners/$ref`, { body })).status, 204)
    const again = await call('POST', `/applications/${id}/owners/$ref`, { body })
    assert.equal(again.status, 400)
    assert.match(messageOf(again), /already exist for the following modified properties: 'owners'/)
    assert.equal((await owners()).length, 2)
    assert.equal((await call('DELETE', `/applications/${id}/owners/${user}/$ref`)).status, 204)
    assert.equal((await owners()).length, 1)
    const owned = await list(
      `/servicePrincipals/${memory.first.administrator.principal.id}/ownedObjects`,
    )
    assert.deepEqual(
      owned.map((one) => one['@odata.type']),
      ['#microsoft.graph.application'],
    )
  })

  it('go with their principal; the principal alone can be made again', async () => {
    const door = await graphDoorUnderTest()
    const { call } = door
    const { id, appId } = await application(door)
    const make = () => call('POST', '/servicePrincipals', { body: { appId } })
    const first = (await make()).json['id'] as string
    assert.equal((await call('DELETE', `/servicePrincipals/${first}`)).status, 204)
    assert.equal((await call('GET', `/servicePrincipals/${first}`)).status, 404)
    const second = (await make()).json['id'] as string
    assert.notEqual(second, first)
    assert.equal((await call('DELETE', `/applications/${id}`)).status, 204)
    for (const path of [`/applications/${id}`, `/servicePrincipals/${second}`]) {
      assert.equal((await call('GET', path)).status, 404)
    }
  })
})
