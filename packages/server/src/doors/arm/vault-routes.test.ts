import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { POLICY_PERMISSIONS, type Caller } from '@claviger/vault'
import { armDoorUnderTest, ORIGIN, type ArmDoorUnderTest, type Received } from './door-under-test.ts'

type Json = Readonly<Record<string, unknown>>

function codeOf({ json }: Received): unknown {
  return (json['error'] as { code?: unknown } | undefined)?.code
}

function messageOf({ json }: Received): string {
  return (json['error'] as { message: string }).message
}

function propertiesOf({ json }: Received): Json {
  return json['properties'] as Json
}

interface VaultsUnderTest extends ArmDoorUnderTest {
  readonly provider: string
  readonly vaults: string
  readonly tenantId: string
  /** A whole body with `more` among its properties. */
  readonly body: (more?: Json) => { readonly location: string; readonly properties: Json }
}

async function vaultsUnderTest(): Promise<VaultsUnderTest> {
  const under = await armDoorUnderTest()
  const { id: tenantId } = under.memory.first.tenant
  const required = { tenantId, sku: { family: 'A', name: 'standard' }, accessPolicies: [] }
  return {
    ...under,
    tenantId,
    provider: `${under.subscription}/providers/Microsoft.KeyVault`,
    vaults: `${under.subscription}/resourceGroups/default/providers/Microsoft.KeyVault/vaults`,
    body: (more = {}) => ({ location: 'test', properties: { ...required, ...more } }),
  }
}

describe('a vault of the resource manager', () => {
  it('is made as a whole and shown with all it has', async () => {
    const { call, vaults, tenantId, body } = await vaultsUnderTest()
    const objectId = randomUUID()
    const applicationId = randomUUID()
    const policy = { tenantId, objectId, applicationId, permissions: POLICY_PERMISSIONS }
    const networkAcls = {
      bypass: 'None',
      defaultAction: 'Deny',
      ipRules: [{ value: '192.0.2.0/24' }],
      virtualNetworkRules: [{ id: '/subscriptions/a/subnets/b', ignoreMissingVnetServiceEndpoint: true }],
    }
    const made = await call('PUT', `${vaults}/Mine`, {
      body: {
        ...body({
          sku: { family: 'a', name: 'Premium' },
          accessPolicies: [policy],
          enabledForDeployment: true,
          enableSoftDelete: true,
          softDeleteRetentionInDays: 7,
          enablePurgeProtection: true,
          enableRbacAuthorization: false,
          networkAcls,
          publicNetworkAccess: 'enabled',
        }),
        tags: { a: 'b' },
      },
    })
    assert.equal(made.status, 200)
    assert.deepEqual(propertiesOf(made), {
      sku: { family: 'A', name: 'premium' },
      tenantId,
      accessPolicies: [policy],
      enabledForDeployment: true,
      enabledForDiskEncryption: false,
      enabledForTemplateDeployment: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 7,
      enableRbacAuthorization: false,
      enablePurgeProtection: true,
      networkAcls,
      publicNetworkAccess: 'Enabled',
      vaultUri: 'https://mine.vault.localhost:8443/',
      provisioningState: 'Succeeded',
    })
    assert.equal(made.json['id'], `${vaults}/Mine`)
    assert.deepEqual(made.json['tags'], { a: 'b' })
    assert.deepEqual((await call('GET', `${vaults.toUpperCase()}/MINE`)).json, made.json)
    assert.equal((await call('HEAD', `${vaults}/mine`)).status, 204)
  })

  it('decides by roles from 2026-02-01 on, by access policies before, and a change leaves that', async () => {
    const { call, vaults, body } = await vaultsUnderTest()
    for (const [name, version, isRbac] of [
      ['newer', '2026-02-01', true], ['newest', '2026-04-01', true],
      ['older', '2025-05-01', false], ['oldest', '2015-06-01', false],
    ] as const) {
      const made = await call('PUT', `${vaults}/${name}`, { body: body(), version })
      assert.equal(propertiesOf(made)['enableRbacAuthorization'], isRbac, version)
      const other = isRbac ? '2015-06-01' : '2026-02-01'
      const again = await call('PUT', `${vaults}/${name}`, { body: body(), version: other })
      assert.equal(propertiesOf(again)['enableRbacAuthorization'], isRbac, version)
    }
  })

  it('keeps by PATCH what is not given, and loses by PUT the settings that are not', async () => {
    const { call, vaults, body } = await vaultsUnderTest()
    const path = `${vaults}/mine`
    const whole = { ...body({ enabledForDeployment: true }), tags: { a: 'b' } }
    await call('PUT', path, { body: whole })
    const patched = await call('PATCH', path, { body: { properties: { enabledForDiskEncryption: true } } })
    assert.deepEqual(patched.json['tags'], { a: 'b' })
    assert.equal(propertiesOf(patched)['enabledForDeployment'], true)
    assert.equal(propertiesOf(patched)['enabledForDiskEncryption'], true)
    const put = await call('PUT', path, { body: body() })
    assert.deepEqual(put.json['tags'], {})
    assert.equal(propertiesOf(put)['enabledForDeployment'], false)
  })

  it('is listed by group and by subscription, in pages', async () => {
    const { call, send, vaults, provider, body } = await vaultsUnderTest()
    for (const name of ['aaa', 'bbb']) await call('PUT', `${vaults}/${name}`, { body: body() })
    for (const path of [vaults, `${provider}/vaults`]) {
      const first = await call('GET', `${path}?$top=2`)
      assert.equal((first.json['value'] as readonly unknown[]).length, 2)
      const next = first.json['nextLink']
      assert.ok(typeof next === 'string')
      const { json } = await send('GET', next.slice(ORIGIN.length))
      assert.deepEqual((json['value'] as readonly { name: string }[]).map(({ name }) => name), ['default'])
      assert.equal(json['nextLink'], undefined)
    }
  })

  it('has its access policies added to, replaced and taken away', async () => {
    const { call, vaults, tenantId } = await vaultsUnderTest()
    const objectId = randomUUID()
    const change = async (kind: string, permissions: Json): Promise<Received> =>
      await call('PUT', `${vaults}/default/accessPolicies/${kind}`, {
        body: { properties: { accessPolicies: [{ tenantId, objectId, permissions }] } },
      })
    const added = await change('add', { secrets: ['get'] })
    assert.equal(added.json['type'], 'Microsoft.KeyVault/vaults/accessPolicies')
    await change('add', { secrets: ['list'] })
    const removed = await change('REMOVE', { secrets: ['get'] })
    assert.deepEqual(propertiesOf(removed)['accessPolicies'], [
      { tenantId, objectId, permissions: { keys: [], secrets: ['list'], certificates: [], storage: [] } },
    ])
    const replaced = await change('replace', { keys: ['all'] })
    assert.deepEqual(propertiesOf(replaced)['accessPolicies'], [
      { tenantId, objectId, permissions: { keys: ['all'] } },
    ])
    const unknown = await change('set', {})
    assert.deepEqual([unknown.status, codeOf(unknown)], [400, 'BadRequest'])
  })

  it('refuses what is wrong in the words of the service', async () => {
    const { call, vaults, subscription, body, tenantId } = await vaultsUnderTest()
    await call('PUT', `${vaults}/safe`, { body: body({ enablePurgeProtection: true }) })
    const policy = { tenantId, objectId: randomUUID() }
    const none = `${subscription}/resourceGroups/none/providers/Microsoft.KeyVault/vaults`
    for (const [name, sent, status, code, message] of [
      ['a--b', body(), 400, 'VaultNameNotValid', /^The vault name 'a--b' is invalid\./],
      ['1abc', body(), 400, 'VaultNameNotValid', /must begin with a letter/],
      ['mine', { properties: body().properties }, 400, 'LocationRequired', /location property is required/],
      ['mine', { location: 'test' }, 400, 'BadRequest', /properties/],
      ['mine', body({ sku: null }), 400, 'BadRequest', /sku/],
      ['mine', body({ sku: { family: 'A', name: 'gold' } }), 400, 'BadRequest', /sku.name/],
      ['mine', body({ tenantId: randomUUID() }), 400, 'BadRequest', /tenantId/],
      ['mine', body({ tenantId: null }), 400, 'BadRequest', /tenantId/],
      ['mine', body({ softDeleteRetentionInDays: 6 }), 400, 'BadRequest', /7 to 90/],
      ['mine', body({ softDeleteRetentionInDays: 91 }), 400, 'BadRequest', /7 to 90/],
      ['safe', body({ softDeleteRetentionInDays: 30 }), 400, 'BadRequest',
        /^The property "softDeleteRetentionInDays" has been set already and it can't be modified\.$/],
      ['safe', body({ enablePurgeProtection: false }), 400, 'BadRequest',
        /^The property "enablePurgeProtection" cannot be set to false\. Enabling the purge protection for a vault is an irreversible action\.$/],
      ['safe', body({ enableSoftDelete: false }), 400, 'BadRequest', /"enableSoftDelete" cannot be set to false/],
      ['mine', body({ accessPolicies: [{ ...policy, permissions: { keys: ['fly'] } }] }), 400, 'BadRequest', /permissions.keys/],
      ['mine', body({ accessPolicies: [{ ...policy, objectId: 'me', permissions: {} }] }), 400, 'BadRequest', /objectId/],
      ['mine', body({ accessPolicies: [policy] }), 400, 'BadRequest', /permissions/],
      ['mine', body({ accessPolicies: null, enableRbacAuthorization: false }), 400, 'BadRequest', /accessPolicies/],
      ['mine', body({ networkAcls: { ipRules: [{ value: 'x' }] } }), 400, 'BadRequest', /ipRules/],
      ['mine', body({ networkAcls: { defaultAction: 'Maybe' } }), 400, 'BadRequest', /defaultAction/],
      ['mine', body({ createMode: 'undo' }), 400, 'BadRequest', /createMode/],
      ['mine', body({ createMode: 'recover' }), 404, 'ResourceNotFound', /under resource group 'default'/],
      ['default', { ...body(), location: 'x' }, 409, 'InvalidResourceLocation', /already exists in location 'test'/],
    ] as const) {
      const answer = await call('PUT', `${vaults}/${name}`, { body: sent })
      assert.deepEqual([answer.status, codeOf(answer)], [status, code], JSON.stringify(sent))
      assert.match(messageOf(answer), message)
    }
    const missing = await call('PUT', `${none}/mine`, { body: body() })
    assert.deepEqual([missing.status, codeOf(missing)], [404, 'ResourceGroupNotFound'])
    const elsewhere = await call('GET', `${none}/default`)
    assert.deepEqual([elsewhere.status, codeOf(elsewhere)], [404, 'ResourceNotFound'])
    assert.equal(
      messageOf(elsewhere),
      "The Resource 'Microsoft.KeyVault/vaults/default' under resource group 'none' was not found. " +
        'For more details please go to https://aka.ms/ARMResourceNotFoundFix',
    )
    assert.equal((await call('DELETE', `${none}/default`)).status, 204)
    for (const version of ['2015-06-02', '2017-01-01']) {
      const answer = await call('GET', vaults, { version })
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'NoRegisteredProviderFound'])
    }
  })

  it('refuses a stranger everywhere', async () => {
    const { call, vaults, provider, body } = await vaultsUnderTest()
    for (const [method, path] of [
      ['GET', vaults], ['GET', `${provider}/vaults`], ['GET', `${vaults}/default`],
      ['HEAD', `${vaults}/default`], ['PUT', `${vaults}/default`], ['PUT', `${vaults}/fresh`],
      ['PATCH', `${vaults}/default`], ['DELETE', `${vaults}/default`],
      ['PUT', `${vaults}/default/accessPolicies/add`],
      ['GET', `${provider}/deletedVaults`], ['POST', `${provider}/checkNameAvailability`],
      ['GET', `${provider}/locations/test/operationResults/default`],
      ['GET', `${vaults}/default/keys`], ['GET', `${vaults}/default/secrets`],
      ['GET', `${vaults}/default/privateLinkResources`],
    ] as const) {
      const answer = await call(method, path, { token: 'stranger', body: { name: 'x', ...body() } })
      assert.equal(answer.status, 403, `${method} ${path}`)
    }
  })
})

describe('a deleted vault of the resource manager', () => {
  it('is listed, found in its location, recovered, and purged with a link that is followed', async () => {
    const { call, send, vaults, provider, body, subscription } = await vaultsUnderTest()
    await call('PUT', `${vaults}/mine`, { body: { ...body(), tags: { a: 'b' } } })
    assert.equal((await call('DELETE', `${vaults}/mine`)).status, 200)
    assert.equal((await call('DELETE', `${vaults}/mine`)).status, 204)
    assert.equal((await call('GET', `${vaults}/mine`)).status, 404)
    const place = `${provider}/locations/Test/deletedVaults/mine`
    const shown = await call('GET', place)
    assert.equal(shown.json['type'], 'Microsoft.KeyVault/deletedVaults')
    const { deletionDate, scheduledPurgeDate, ...properties } = propertiesOf(shown)
    assert.deepEqual(properties, { vaultId: `${vaults}/mine`, location: 'test', tags: { a: 'b' } })
    const days = (Date.parse(String(scheduledPurgeDate)) - Date.parse(String(deletionDate))) / 86_400_000
    assert.equal(days, 90)
    const listed = await call('GET', `${provider}/deletedVaults`)
    assert.deepEqual(listed.json['value'], [shown.json])
    const taken = await call('PUT', `${vaults}/mine`, { body: body() })
    assert.deepEqual([taken.status, codeOf(taken)], [409, 'ConflictError'])
    const recover = { body: body({ createMode: 'recover' }) }
    assert.deepEqual((await call('PUT', `${vaults}/mine`, recover)).json['tags'], { a: 'b' })
    await call('DELETE', `${vaults}/mine`)
    const elsewhere = await call('POST', `${provider}/locations/x/deletedVaults/mine/purge`)
    assert.deepEqual([elsewhere.status, codeOf(elsewhere)], [404, 'DeletedVaultNotFound'])
    const purged = await call('POST', `${place}/purge`)
    assert.equal(purged.status, 202)
    const location = purged.headers['Location'] ?? ''
    assert.ok(location.startsWith(`${ORIGIN}${subscription}/providers/Microsoft.KeyVault/locations/`))
    assert.equal((await send('GET', location.slice(ORIGIN.length))).status, 200)
    assert.equal(codeOf(await call('GET', place)), 'DeletedVaultNotFound')
    assert.equal((await call('PUT', `${vaults}/mine`, { body: body() })).status, 200)
  })

  it('that is protected is not purged', async () => {
    const { call, vaults, provider, body } = await vaultsUnderTest()
    await call('PUT', `${vaults}/safe`, { body: body({ enablePurgeProtection: true }) })
    await call('DELETE', `${vaults}/safe`)
    const place = `${provider}/locations/test/deletedVaults/safe`
    assert.equal(propertiesOf(await call('GET', place))['purgeProtectionEnabled'], true)
    const answer = await call('POST', `${place}/purge`)
    assert.deepEqual([answer.status, codeOf(answer)], [405, 'MethodNotAllowed'])
    assert.equal(messageOf(answer), "Operation 'DeletedVaultPurge' is not allowed.")
  })
})

describe('the name of a vault of the resource manager', () => {
  it('is available, invalid or taken', async () => {
    const { call, provider, vaults } = await vaultsUnderTest()
    const check = async (name: string): Promise<Json> => {
      const body = { name, type: 'Microsoft.KeyVault/vaults' }
      return (await call('POST', `${provider}/checkNameAvailability`, { body })).json
    }
    assert.deepEqual(await check('fresh'), { nameAvailable: true })
    assert.equal((await check('a--b'))['reason'], 'AccountNameInvalid')
    assert.equal((await check('Default'))['reason'], 'AlreadyExists')
    await call('DELETE', `${vaults}/default`)
    assert.equal((await check('default'))['reason'], 'AlreadyExists')
    const other = { body: { name: 'fresh', type: 'Microsoft.Web/sites' } }
    assert.equal((await call('POST', `${provider}/checkNameAvailability`, other)).status, 400)
    const pool = await call('POST', `${provider}/checkMhsmNameAvailability`, { body: { name: 'fresh' } })
    assert.equal(pool.json['nameAvailable'], false)
  })
})

describe('the operations of the namespace', () => {
  it('are those that roles can name, of both planes', async () => {
    const { call } = await vaultsUnderTest()
    const { json } = await call('GET', '/providers/microsoft.keyvault/operations')
    const all = json['value'] as readonly { name: string; isDataAction: boolean; display: Json }[]
    const data = all.find(({ name }) => name === 'Microsoft.KeyVault/vaults/secrets/getSecret/action')
    assert.equal(data?.isDataAction, true)
    assert.equal(data.display['operation'], 'getSecret/action')
    const control = all.find(({ name }) => name === 'Microsoft.KeyVault/vaults/write')
    assert.deepEqual([control?.isDataAction, control?.display['resource']], [false, 'vaults'])
  })
})

describe('a vault of another tenant', () => {
  it('is not there, its name is taken, and nothing can be done to it', async () => {
    const callers: Caller[] = []
    const { call, memory } = await armDoorUnderTest(undefined, {
      authenticate: async () => callers[0] ?? memory.administrator.caller,
    })
    const { vault, administrator, callBy } = memory
    const other = await vault.tenants.create(administrator, { displayName: 'other', location: 'test' })
    const { id: tenantId, subscription, resourceGroup } = other.tenant
    callers.push(callBy(other.administrator.principal.id, tenantId).caller)
    const provider = `/subscriptions/${subscription}/providers/Microsoft.KeyVault`
    const path =
      `/subscriptions/${subscription}/resourceGroups/${resourceGroup}` +
      '/providers/Microsoft.KeyVault/vaults/default'
    const sku = { family: 'A', name: 'standard' }
    const body = { location: 'test', properties: { tenantId, sku } }
    const taken = await call('PUT', path, { body })
    assert.deepEqual([taken.status, codeOf(taken)], [409, 'VaultAlreadyExists'])
    assert.equal((await call('GET', path)).status, 404)
    assert.equal((await call('DELETE', path)).status, 204)
    assert.deepEqual((await call('GET', `${provider}/vaults`)).json['value'], [])
    const check = await call('POST', `${provider}/checkNameAvailability`, { body: { name: 'default' } })
    assert.equal(check.json['reason'], 'AlreadyExists')
    await vault.vaults.delete(administrator, { vault: 'default' })
    assert.equal(codeOf(await call('PUT', path, { body })), 'VaultAlreadyExists')
    const place = `${provider}/locations/test/deletedVaults`
    assert.equal(codeOf(await call('POST', `${place}/default/purge`)), 'DeletedVaultNotFound')
    assert.deepEqual((await call('GET', `${provider}/deletedVaults`)).json['value'], [])
    const foreign = memory.first.tenant.subscription
    const elsewhere = await call('GET', `/subscriptions/${foreign}/resourceGroups`)
    assert.equal(codeOf(elsewhere), 'SubscriptionNotFound')
  })
})

describe('what this server has none of', () => {
  it('is an empty list, and a refusal to make it', async () => {
    const { call, provider, vaults } = await vaultsUnderTest()
    const pools = vaults.replace('/vaults', '/managedHSMs')
    for (const path of [
      `${provider}/managedHSMs`, `${provider}/deletedManagedHSMs`, pools,
      `${vaults}/default/privateEndpointConnections`, `${vaults}/default/privateLinkResources`,
    ]) {
      assert.deepEqual((await call('GET', path)).json, { value: [] }, path)
    }
    assert.equal(codeOf(await call('GET', `${pools}/x`)), 'ResourceNotFound')
    assert.equal(codeOf(await call('PUT', `${pools}/x`, { body: {} })), 'SkuNotSupported')
    const connection = await call('GET', `${vaults}/default/privateEndpointConnections/x`)
    assert.equal(connection.status, 404)
  })
})
