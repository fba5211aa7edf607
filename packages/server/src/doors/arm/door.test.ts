import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { armDoorUnderTest, ORIGIN, type Received } from './door-under-test.ts'

function codeOf({ json }: Received): unknown {
  return (json['error'] as { code?: unknown } | undefined)?.code
}

describe('the metadata of the cloud', () => {
  it('is one cloud for clients of today, a list for those before, and an older form for the first', async () => {
    const { send } = await armDoorUnderTest()
    const today = await send('GET', '/metadata/endpoints?api-version=2022-09-01', { token: null })
    assert.equal(today.status, 200)
    assert.equal(today.json['resourceManager'], ORIGIN)
    assert.equal(today.json['microsoftGraphResourceId'], 'https://graph.localhost:8443/')
    assert.deepEqual(today.json['suffixes'], {
      keyVaultDns: 'vault.localhost:8443',
      storage: 'core.localhost:8443',
    })
    assert.deepEqual(today.json['authentication'], {
      loginEndpoint: 'https://login.localhost:8443',
      audiences: [ORIGIN],
      tenant: 'common',
      identityProvider: 'AAD',
    })
    const listed = await send('GET', '/metadata/endpoints?api-version=2019-05-01', { token: null })
    assert.deepEqual(JSON.parse(listed.text), [today.json])
    const first = await send('GET', '/metadata/endpoints?api-version=2015-01-01', { token: null })
    assert.equal(first.json['graphEndpoint'], 'https://graph.localhost:8443/')
  })
})

describe('what a client asks after its sign-in', () => {
  it('shows the subscription to whoever has been given anything in it', async () => {
    const { call, memory, subscription } = await armDoorUnderTest()
    const { json } = await call('GET', '/subscriptions', { version: '2022-12-01' })
    const [shown] = json['value'] as readonly Record<string, unknown>[]
    assert.equal(shown?.['id'], subscription)
    assert.equal(shown?.['state'], 'Enabled')
    assert.equal(shown?.['tenantId'], memory.first.tenant.id)
    const one = await call('GET', subscription.toUpperCase(), { version: '2022-12-01' })
    assert.deepEqual(one.json, shown)
    const stranger = { token: 'stranger', version: '2022-12-01' }
    assert.deepEqual((await call('GET', '/subscriptions', stranger)).json['value'], [])
    assert.equal(codeOf(await call('GET', subscription, stranger)), 'SubscriptionNotFound')
  })

  it('bears a second slash before a scope, and looks at whose subscription that is all the same', async () => {
    const { call, subscription } = await armDoorUnderTest()
    const version = '2022-12-01'
    assert.equal((await call('GET', `/${subscription}`, { version })).status, 200)
    const foreign = `//subscriptions/${randomUUID()}`
    const assignments = `${foreign}/providers/Microsoft.Authorization/roleAssignments`
    for (const path of [foreign, `${foreign}/resourceGroups`, assignments]) {
      assert.equal(codeOf(await call('GET', path, { version })), 'SubscriptionNotFound', path)
    }
  })

  it('names the tenant, the location and the providers, which are registered', async () => {
    const { call, memory, subscription } = await armDoorUnderTest()
    const tenants = await call('GET', '/tenants')
    assert.equal((tenants.json['value'] as { tenantId: string }[])[0]?.tenantId, memory.first.tenant.id)
    const locations = await call('GET', `${subscription}/locations`)
    assert.equal((locations.json['value'] as { name: string }[])[0]?.name, 'test')
    const provider = `${subscription}/providers/microsoft.keyvault`
    for (const answer of [await call('GET', provider), await call('POST', `${provider}/register`)]) {
      assert.equal(answer.json['registrationState'], 'Registered')
      assert.equal(answer.json['namespace'], 'Microsoft.KeyVault')
    }
    assert.equal((await call('POST', `${provider}/unregister`)).status, 409)
    // A version of Microsoft.Resources, which asks; that of the vaults does not know it.
    const registered = await call('POST', `${provider}/register`, { version: '2025-04-01' })
    assert.equal(registered.status, 200)
    const unknown = await call('GET', `${subscription}/providers/Microsoft.Nothing`)
    assert.deepEqual([unknown.status, codeOf(unknown)], [404, 'InvalidResourceNamespace'])
  })
})

describe('a request that is refused before any operation', () => {
  it('is told the challenge without a token, and the same with a bad one', async () => {
    const { call } = await armDoorUnderTest()
    for (const [token, code] of [
      [null, 'AuthenticationFailed'],
      ['nonsense', 'InvalidAuthenticationToken'],
    ] as const) {
      const answer = await call('GET', '/subscriptions', { token })
      assert.deepEqual([answer.status, codeOf(answer)], [401, code])
      assert.match(
        answer.headers['WWW-Authenticate'] ?? '',
        /authorization_uri="https:\/\/login\.localhost:8443\/common"/,
      )
    }
  })

  it('is told the tenant whose subscription it names', async () => {
    const { call, memory, subscription } = await armDoorUnderTest()
    const { headers } = await call('GET', `${subscription}/resourceGroups`, { token: null })
    assert.ok(headers['WWW-Authenticate']?.includes(`localhost:8443/${memory.first.tenant.id}"`))
  })

  it('says which api-version it wants', async () => {
    const { send, subscription } = await armDoorUnderTest()
    const vault = `${subscription}/resourceGroups/g/providers/Microsoft.KeyVault/vaults`
    for (const [target, code] of [
      ['/subscriptions', 'MissingApiVersionParameter'],
      ['/subscriptions?api-version=', 'MissingApiVersionParameter'],
      ['/subscriptions?api-version=latest', 'InvalidApiVersionParameter'],
      ['/subscriptions?api-version=2001-01-01', 'InvalidApiVersionParameter'],
      ['/subscriptions?api-version=2022-99-01', 'InvalidApiVersionParameter'],
      [`${vault}?api-version=2017-01-01`, 'NoRegisteredProviderFound'],
    ] as const) {
      const answer = await send('GET', target)
      assert.deepEqual([answer.status, codeOf(answer)], [400, code], target)
    }
  })

  it('says that a path leads nowhere, that a method is not there, that a subscription is another', async () => {
    const { call, subscription } = await armDoorUnderTest()
    for (const [method, path, status, code] of [
      ['GET', '/nothing', 404, 'InvalidResourceType'],
      ['GET', '/', 404, 'InvalidResourceType'],
      ['GET', '/%zz', 404, 'InvalidResourceType'],
      ['GET', `${subscription}/providers/Contoso.Things/things`, 404, 'InvalidResourceNamespace'],
      ['DELETE', '/subscriptions', 405, 'HttpMethodNotSupported'],
      ['GET', '/subscriptions/00000000-0000-0000-0000-000000000001', 404, 'SubscriptionNotFound'],
      ['GET', '/subscriptions/x', 400, 'InvalidSubscriptionId'],
      ['GET', '/%73ubscriptions/x/resourceGroups', 400, 'InvalidSubscriptionId'],
      ['GET', '/subscriptions//x/resourceGroups', 400, 'InvalidSubscriptionId'],
      ['GET', '/%73ubscriptions/x/providers/Microsoft.Authorization/roleAssignments', 400, 'InvalidSubscriptionId'],
    ] as const) {
      const answer = await call(method, path)
      assert.deepEqual([answer.status, codeOf(answer)], [status, code], path)
    }
  })
})

it('noise never makes the server fail', async () => {
  const { send, logged, subscription } = await armDoorUnderTest()
  const word = fc.constantFrom(
    'subscriptions', subscription.slice(15), 'resourceGroups', 'providers', 'Microsoft.KeyVault',
    'vaults', 'default', 'accessPolicies', 'add', 'deletedVaults', 'locations', 'purge', 'keys',
    'Microsoft.Authorization', 'roleAssignments', 'roleDefinitions', 'checkNameAvailability', 'x',
    '..', '%2f', '%00', '\u4e2d', '', 'secrets', 'resources', 'operationresults', 'tenants',
  )
  const sent = fc.record({
    method: fc.constantFrom('GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'TRACE'),
    path: fc.array(word, { maxLength: 12 }).map((words) => `/${words.join('/')}`),
    body: fc.option(fc.oneof(fc.json(), fc.constant('{"properties":{}}'), fc.constant('{"location":"x","properties":{"sku":{}}}'))),
  })
  const property = fc.asyncProperty(sent, async ({ method, path, body }) => {
    const target = `${path}?api-version=2023-02-01`
    const { status } = await send(method, target, body === null ? {} : { body })
    assert.ok(status < 500, target)
  })
  await fc.assert(property, { numRuns: 1500 })
  assert.deepEqual(logged, [])
})
