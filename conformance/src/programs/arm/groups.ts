import assert from 'node:assert/strict'
import { collect } from '../collect.ts'
import { refused } from '../refused.ts'
import { step } from '../step.ts'
import { keyVault, location, quickly, resources, subscriptionScope, tenant } from './clients.ts'

// Resource groups, resources in general and providers, by @azure/arm-resources.

const { resourceGroups } = resources
const GROUP = 'js-groups'
const VAULT = 'js-in-group'
const VERSION = '2023-07-01'

await step('creates a group, and the same again with other tags', async () => {
  const made = await resourceGroups.createOrUpdate(GROUP, { location, tags: { a: '1' } })
  assert.equal(made.name, GROUP)
  assert.equal(made.id, `${subscriptionScope}/resourceGroups/${GROUP}`)
  assert.equal(made.properties?.provisioningState, 'Succeeded')
  const again = await resourceGroups.createOrUpdate(GROUP, { location, tags: { b: '2' } })
  assert.deepEqual(again.tags, { b: '2' })
})

await step('gets, checks and updates a group, whatever the case of its name', async () => {
  assert.equal((await resourceGroups.get(GROUP.toUpperCase())).name, GROUP)
  assert.equal((await resourceGroups.checkExistence(GROUP)).body, true)
  assert.equal((await resourceGroups.checkExistence('js-nothing')).body, false)
  const updated = await resourceGroups.update(GROUP, { tags: { c: '3' } })
  assert.deepEqual(updated.tags, { c: '3' })
})

await step('lists groups, over pages and by tag', async () => {
  for (let index = 0; index < 5; index += 1) {
    await resourceGroups.createOrUpdate(`js-page-${index}`, { location, tags: { page: 'yes' } })
  }
  const all = await collect(resourceGroups.list({ top: 2 }))
  const names = all.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
  for (let index = 0; index < 5; index += 1) assert.ok(names.includes(`js-page-${index}`))
  const filter = "tagName eq 'page' and tagValue eq 'yes'"
  assert.equal((await collect(resourceGroups.list({ filter }))).length, 5)
})

await step('refuses a group that moves, and names and locations that cannot be', async () => {
  const moved = resourceGroups.createOrUpdate(GROUP, { location: 'westus' })
  await refused(moved, 409, 'InvalidResourceGroupLocation')
  const bad = resourceGroups.createOrUpdate('ends-with-a-dot.', { location })
  await refused(bad, 400, 'InvalidResourceGroup')
  await refused(resourceGroups.get('js-nothing'), 404, 'ResourceGroupNotFound')
  await refused(resourceGroups.update('js-nothing', { tags: {} }), 404, 'ResourceGroupNotFound')
})

await step('lists and gets the resources of a group and of the subscription', async () => {
  const properties = { tenantId: tenant, sku: { family: 'A', name: 'standard' } as const }
  const parameters = { location, tags: { kind: 'listed' }, properties }
  await keyVault.vaults.createOrUpdate(GROUP, VAULT, parameters, quickly).pollUntilDone()
  const inGroup = await collect(resources.resources.listByResourceGroup(GROUP))
  assert.deepEqual(inGroup.map(({ name }) => name), [VAULT])
  const [listed] = inGroup
  assert.equal(listed?.type, 'Microsoft.KeyVault/vaults')
  const filter = `resourceType eq 'Microsoft.KeyVault/vaults' and name eq '${VAULT}'`
  const found = await collect(resources.resources.list({ filter }))
  assert.deepEqual(found.map(({ id }) => id), [listed?.id])
  const byTag = "tagName eq 'kind' and tagValue eq 'listed'"
  assert.equal((await collect(resources.resources.list({ filter: byTag }))).length, 1)
  const id = listed?.id ?? ''
  const got = await resources.resources.getById(id, VERSION)
  assert.deepEqual(got.tags, { kind: 'listed' })
  assert.equal((await resources.resources.checkExistenceById(id, VERSION)).body, true)
  const nothing = await resources.resources.checkExistenceById(`${id}-nothing`, VERSION)
  assert.equal(nothing.body, false)
})

await step('refuses a filter that it does not know', async () => {
  const filter = "plan eq 'x' or"
  await refused(collect(resources.resources.list({ filter })), 400)
})

await step('deletes a resource by its id', async () => {
  const group = `${subscriptionScope}/resourceGroups/${GROUP}`
  const id = `${group}/providers/Microsoft.KeyVault/vaults/${VAULT}`
  await resources.resources.deleteById(id, VERSION, quickly).pollUntilDone()
  await refused(resources.resources.getById(id, VERSION), 404, 'ResourceNotFound')
})

await step('names and registers providers', async () => {
  const provider = await resources.providers.register('Microsoft.KeyVault')
  assert.equal(provider.registrationState, 'Registered')
  const { resourceTypes = [] } = await resources.providers.get('microsoft.keyvault')
  const vaults = resourceTypes.find(({ resourceType }) => resourceType === 'vaults')
  assert.ok(vaults?.apiVersions?.includes('2026-02-01'))
  const namespaces = (await collect(resources.providers.list())).map(({ namespace }) => namespace)
  assert.ok(namespaces.includes('Microsoft.Authorization'))
  await refused(resources.providers.get('Microsoft.Nothing'), 404, 'InvalidResourceNamespace')
})

await step('deletes groups, and what is in them', async () => {
  await resourceGroups.delete(GROUP, quickly).pollUntilDone()
  assert.equal((await resourceGroups.checkExistence(GROUP)).body, false)
  for (let index = 0; index < 5; index += 1) {
    await resourceGroups.delete(`js-page-${index}`, quickly).pollUntilDone()
  }
  await keyVault.vaults.purgeDeleted(VAULT, location, quickly).pollUntilDone()
  await refused(resourceGroups.delete('js-nothing', quickly).pollUntilDone(), 404,
    'ResourceGroupNotFound')
})

console.log('done')
