import assert from 'node:assert/strict'
import type { SuiteRun } from '../runner/suite-run.ts'
import { objectOf, textOf } from '../server/json.ts'
import type { Manager } from '../server/manager.ts'
import type { TestServer } from '../server/test-server.ts'

const KEY_VAULT = 'Microsoft.KeyVault/vaults'
const VERSION = '2023-07-01'

/** Bare requests to the resource manager with everything wrong: its own status, code and shape. */
export async function checkManagerRefusals(
  run: SuiteRun,
  server: TestServer,
  manager: Manager,
): Promise<void> {
  await checkTokens(run, server, manager)
  await checkVersions(run, manager)
  await checkPaths(run, manager)
  await checkBodies(run, manager)
}

async function checkTokens(run: SuiteRun, server: TestServer, manager: Manager): Promise<void> {
  const groups = `/subscriptions/${manager.subscription}/resourceGroups`
  await run.step('the manager says where to get a token to who has none', async () => {
    const answer = await manager.send('GET', groups, { headers: { authorization: '' } })
    refused(answer, 401, 'AuthenticationFailed')
    assert.match(answer.headers['www-authenticate'] ?? '', new RegExp(manager.tenant))
  })
  await run.step('the manager refuses a token for vaults', async () => {
    const answer = await manager.send('GET', groups, { token: await server.token() })
    refused(answer, 401, 'InvalidAuthenticationTokenAudience')
  })
  await run.step('a vault refuses a token for the manager', async () => {
    const client = server.client(1)
    const { token } = manager
    const { status } = await client.send('GET', '/secrets?api-version=7.4', { token })
    client.close()
    assert.equal(status, 401)
  })
  await run.step('the manager refuses a token that is none', async () => {
    refused(await manager.send('GET', groups, { token: 'x' }), 401, 'InvalidAuthenticationToken')
  })
}

async function checkVersions(run: SuiteRun, manager: Manager): Promise<void> {
  const vaults = `/subscriptions/${manager.subscription}/providers/${KEY_VAULT}`
  await run.step('the manager wants a version, and one that there is', async () => {
    refused(await manager.send('GET', vaults, {}, ''), 400, 'MissingApiVersionParameter')
    refused(await manager.send('GET', vaults, {}, 'x'), 400, 'InvalidApiVersionParameter')
    const unknown = await manager.send('GET', vaults, {}, '2023-07-02')
    assert.equal(unknown.status, 400)
    assert.match(codeOf(unknown.body), /^(NoRegisteredProviderFound|InvalidResourceType)$/)
  })
  for (const version of ['2015-06-01', '2016-10-01', '2019-09-01', VERSION, '2026-02-01']) {
    await run.step(`the manager serves version ${version}`, async () => {
      assert.equal((await manager.send('GET', vaults, {}, version)).status, 200)
    })
  }
}

async function checkPaths(run: SuiteRun, manager: Manager): Promise<void> {
  const subscription = `/subscriptions/${manager.subscription}`
  const group = `${subscription}/resourceGroups`
  const cases: readonly (readonly [string, string, number, string])[] = [
    ['another subscription', '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups',
      404, 'SubscriptionNotFound'],
    ['a subscription that is no id', '/subscriptions/x/resourceGroups',
      400, 'InvalidSubscriptionId'],
    ['an unknown provider', `${subscription}/providers/Microsoft.Nothing/things`,
      404, 'InvalidResourceNamespace'],
    ['an unknown type', `${group}/default/providers/Microsoft.KeyVault/things/x`,
      404, 'InvalidResourceType'],
    ['a group that is not there', `${subscription}/resourceGroups/nothing`,
      404, 'ResourceGroupNotFound'],
    ['a vault in a group that is not there',
      `${subscription}/resourceGroups/nothing/providers/${KEY_VAULT}/x`, 404, 'ResourceNotFound'],
    ['a vault that is not there', `${subscription}/resourceGroups/default/providers/${KEY_VAULT}/x`,
      404, 'ResourceNotFound'],
  ]
  for (const [what, path, status, code] of cases) {
    await run.step(`the manager says what is wrong with ${what}`, async () => {
      refused(await manager.send('GET', path, {}, VERSION), status, code)
    })
  }
  await run.step('the manager reads paths in any case', async () => {
    const path = `${group}/DEFAULT/providers/microsoft.keyvault/vaults/Default`
    const { status, body } = await manager.send('GET', path.toUpperCase(), {}, VERSION)
    assert.equal(status, 200, body)
    assert.equal(textOf(objectOf(JSON.parse(body)), 'name'), 'default')
  })
}

async function checkBodies(run: SuiteRun, manager: Manager): Promise<void> {
  const group = `/subscriptions/${manager.subscription}/resourceGroups/default`
  const vault = `${group}/providers/${KEY_VAULT}/raw-vault`
  const sku = { family: 'A', name: 'standard' }
  const properties = { tenantId: manager.tenant, sku, accessPolicies: [] }
  const changed = (members: object): object =>
    ({ location: 'eastus', properties: { ...properties, ...members } })
  const put = (body: unknown, path = vault) => manager.send('PUT', path, { body }, VERSION)
  await run.step('the manager refuses bodies that are no JSON objects', async () => {
    for (const text of ['', '{', '[]', '"x"', '\u0000']) {
      const answer = await manager.send('PUT', vault, { text }, VERSION)
      refused(answer, 400, 'InvalidRequestContent')
    }
  })
  const cases: readonly (readonly [string, object])[] = [
    ['no location', { properties }],
    ['no properties', { location: 'eastus' }],
    ['no tenant', changed({ tenantId: undefined })],
    ['an unknown sku', changed({ sku: { family: 'A', name: 'x' } })],
    ['a retention that is a text', changed({ softDeleteRetentionInDays: 'x' })],
    ['policies that are no list', changed({ accessPolicies: {} })],
    ['too many tags', { location: 'eastus', properties, tags: manyTags(51) }],
  ]
  for (const [what, body] of cases) {
    await run.step(`the manager refuses a vault with ${what}`, async () => {
      const { status, body: said } = await put(body)
      assert.equal(status, 400, said)
      assert.ok(codeOf(said).length > 0)
      assert.ok(messageOf(said).length > 10, said)
    })
  }
  for (const name of ['ab', '1abc', 'ends-', 'two--hyphens', 'x'.repeat(25), 'under_score']) {
    await run.step(`the manager refuses a vault called ${name}`, async () => {
      const path = `${group}/providers/${KEY_VAULT}/${name}`
      refused(await put({ location: 'eastus', properties }, path), 400, 'VaultNameNotValid')
    })
  }
}

function manyTags(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, 'x']))
}

/** The shape of every refusal of the manager. */
function refused(
  answer: { readonly status: number; readonly body: string },
  status: number,
  code: string,
): void {
  assert.equal(answer.status, status, answer.body)
  assert.equal(codeOf(answer.body), code)
  assert.ok(messageOf(answer.body).length > 10, answer.body)
}

function codeOf(body: string): string {
  return textOf(errorOf(body), 'code')
}

function messageOf(body: string): string {
  return textOf(errorOf(body), 'message')
}

function errorOf(body: string): ReturnType<typeof objectOf> {
  return objectOf(objectOf(JSON.parse(body))['error'])
}
