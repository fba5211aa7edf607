import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { VaultCreateOrUpdateParameters, VaultProperties } from '@azure/arm-keyvault'
import { SecretClient } from '@azure/keyvault-secrets'
import { collect } from '../collect.ts'
import { refused } from '../refused.ts'
import { step, variable } from '../step.ts'
import { credential, keyVault, location, quickly, resources, tenant } from './clients.ts'

// Vaults and deleted vaults, by @azure/arm-keyvault.

const { vaults } = keyVault
const GROUP = 'js-vaults'
/** Its host name leads to the server while the suites run. */
const VAULT = 'js-vault'
const sku = { family: 'A', name: 'standard' } as const

function parameters(properties: Partial<VaultProperties> = {}): VaultCreateOrUpdateParameters {
  return { location, properties: { tenantId: tenant, sku, ...properties } }
}

const create = (name: string, properties?: Partial<VaultProperties>, group = GROUP) =>
  vaults.createOrUpdate(group, name, parameters(properties), quickly).pollUntilDone()

await resources.resourceGroups.createOrUpdate(GROUP, { location })

await step('creates a vault with roles, as this version does by itself, and gets it', async () => {
  const made = await create(VAULT)
  assert.equal(made.name, VAULT)
  assert.equal(made.type, 'Microsoft.KeyVault/vaults')
  const { properties } = await vaults.get(GROUP.toUpperCase(), VAULT.toUpperCase())
  assert.equal(properties.enableRbacAuthorization, true)
  assert.equal(properties.softDeleteRetentionInDays, 90)
  assert.equal(properties.enableSoftDelete, true)
  assert.equal(properties.tenantId, tenant)
  assert.equal(properties.provisioningState, 'Succeeded')
  assert.deepEqual(properties.sku, sku)
})

await step('its host name serves its data at once', async () => {
  const { properties } = await vaults.get(GROUP, VAULT)
  const client = new SecretClient(properties.vaultUri ?? '', credential)
  await client.setSecret('first', variable('CANARY'))
  assert.equal((await client.getSecret('first')).value, variable('CANARY'))
})

await step('keeps every property', async () => {
  const name = 'js-every-property'
  const networkAcls = {
    bypass: 'None',
    defaultAction: 'Deny',
    ipRules: [{ value: '203.0.113.0/24' }],
  }
  const properties = {
    enabledForDeployment: true,
    enabledForDiskEncryption: true,
    enabledForTemplateDeployment: true,
    enableRbacAuthorization: false,
    softDeleteRetentionInDays: 7,
    accessPolicies: [],
    publicNetworkAccess: 'Enabled',
  }
  const tags = { team: 'blå', empty: '' }
  const all = { ...parameters({ ...properties, networkAcls }), tags }
  await vaults.createOrUpdate(GROUP, name, all, quickly).pollUntilDone()
  const got = await vaults.get(GROUP, name)
  assert.deepEqual(got.tags, tags)
  assert.partialDeepStrictEqual(got.properties, properties)
  assert.partialDeepStrictEqual(got.properties.networkAcls, networkAcls)
})

await step('updates what is named and leaves the rest alone', async () => {
  const name = 'js-every-property'
  const updated = await vaults.update(GROUP, name, {
    tags: { team: 'others' },
    properties: { enabledForDeployment: false, sku: { family: 'A', name: 'premium' } },
  })
  assert.deepEqual(updated.tags, { team: 'others' })
  assert.equal(updated.properties.enabledForDeployment, false)
  assert.equal(updated.properties.enabledForDiskEncryption, true)
  assert.equal(updated.properties.sku.name, 'premium')
  assert.equal(updated.properties.networkAcls?.defaultAction, 'Deny')
})

await step('lists vaults of the group and of the subscription, over pages', async () => {
  const names = Array.from({ length: 5 }, (_, index) => `js-listed-${index}`)
  for (const name of names) await create(name)
  const inGroup = await collect(vaults.listByResourceGroup(GROUP, { top: 2 }))
  const listed = inGroup.map(({ name }) => name ?? '')
  assert.deepEqual(names.filter((name) => !listed.includes(name)), [])
  assert.equal(new Set(listed).size, listed.length)
  const everywhere = (await collect(vaults.listBySubscription({ top: 3 }))).map(({ name }) => name)
  assert.ok(everywhere.includes('default') && everywhere.includes(VAULT))
  const generic = await collect(vaults.list())
  assert.ok(generic.some((vault) => vault.name === VAULT && vault.type?.endsWith('/vaults')))
})

await step('replaces, adds and removes access policies', async () => {
  const name = 'js-every-property'
  const objectId = randomUUID()
  const policy = (secrets: string[]) =>
    ({ properties: { accessPolicies: [{ tenantId: tenant, objectId, permissions: { secrets } }] } })
  const first = await vaults.updateAccessPolicy(GROUP, name, 'add', policy(['get']))
  assert.deepEqual(first.properties.accessPolicies[0]?.permissions.secrets, ['get'])
  await vaults.updateAccessPolicy(GROUP, name, 'add', policy(['list']))
  const added = (await vaults.get(GROUP, name)).properties.accessPolicies ?? []
  assert.deepEqual(added[0]?.permissions.secrets?.toSorted(), ['get', 'list'])
  await vaults.updateAccessPolicy(GROUP, name, 'replace', policy(['all']))
  const replaced = (await vaults.get(GROUP, name)).properties.accessPolicies ?? []
  assert.deepEqual(replaced[0]?.permissions.secrets, ['all'])
  await vaults.updateAccessPolicy(GROUP, name, 'remove', policy(['all']))
  assert.deepEqual((await vaults.get(GROUP, name)).properties.accessPolicies, [])
  const unknown = vaults.updateAccessPolicy(GROUP, name, 'add', policy(['fly']))
  await refused(unknown, 400)
})

await step('says which names are free', async () => {
  const type = 'Microsoft.KeyVault/vaults'
  const check = (name: string) => vaults.checkNameAvailability({ name, type })
  assert.equal((await check('js-free-name')).nameAvailable, true)
  const taken = await check(VAULT)
  assert.equal(taken.nameAvailable, false)
  assert.equal(taken.reason, 'AlreadyExists')
  const invalid = await check('1-digit-first')
  assert.equal(invalid.nameAvailable, false)
  assert.equal(invalid.reason, 'AccountNameInvalid')
})

await step('refuses what cannot be', async () => {
  await refused(create('default'), 409, 'VaultAlreadyExists')
  await refused(create('js-nowhere', {}, 'js-no-group'), 404, 'ResourceGroupNotFound')
  await refused(create('js-retention', { softDeleteRetentionInDays: 6 }), 400)
  await refused(create('js-retention', { softDeleteRetentionInDays: 91 }), 400)
  await refused(create('js-soft', { enableSoftDelete: false }), 400)
  await refused(create('js-tenant', { tenantId: randomUUID() }), 400)
  const badPolicy = { tenantId: tenant, objectId: randomUUID(), permissions: { keys: ['fly'] } }
  await refused(create('js-policy', { accessPolicies: [badPolicy] }), 400)
  const badRule = { ipRules: [{ value: '300.1.1.1' }] }
  await refused(create('js-rule', { networkAcls: badRule }), 400)
  await refused(vaults.get(GROUP, 'js-nothing'), 404, 'ResourceNotFound')
  await refused(vaults.update(GROUP, 'js-nothing', { tags: {} }), 404, 'ResourceNotFound')
})

await step('purge protection stays, and what it protects is not purged', async () => {
  const name = 'js-protected'
  await create(name, { enablePurgeProtection: true })
  const update = (properties: object) => vaults.update(GROUP, name, { properties })
  await refused(update({ enablePurgeProtection: false }), 400)
  assert.equal((await vaults.get(GROUP, name)).properties.enablePurgeProtection, true)
  await vaults.delete(GROUP, name)
  const deleted = await vaults.getDeleted(name, location)
  assert.equal(deleted.properties?.purgeProtectionEnabled, true)
  const purging = vaults.purgeDeleted(name, location, quickly).pollUntilDone()
  await refused(purging, 405, 'MethodNotAllowed')
})

await step('deletes, shows as deleted, keeps the name, recovers with what is in it', async () => {
  await vaults.delete(GROUP, VAULT)
  await refused(vaults.get(GROUP, VAULT), 404, 'ResourceNotFound')
  // What is not there need not be deleted.
  await vaults.delete(GROUP, VAULT)
  const { properties } = await vaults.getDeleted(VAULT, location)
  assert.ok(properties?.vaultId?.endsWith(`/vaults/${VAULT}`) === true)
  const [from, to] = [properties.deletionDate, properties.scheduledPurgeDate]
  assert.ok(from !== undefined && to !== undefined)
  assert.equal(Math.round((to.getTime() - from.getTime()) / 86_400_000), 90)
  const listed = (await collect(vaults.listDeleted())).map(({ name }) => name)
  assert.ok(listed.includes(VAULT))
  await refused(create(VAULT), 409)
  const recovered = await create(VAULT, { createMode: 'recover' })
  const client = new SecretClient(recovered.properties.vaultUri ?? '', credential)
  assert.equal((await client.getSecret('first')).value, variable('CANARY'))
})

await step('purges, and the name is free', async () => {
  const name = 'js-listed-0'
  await vaults.delete(GROUP, name)
  await vaults.purgeDeleted(name, location, quickly).pollUntilDone()
  await refused(vaults.getDeleted(name, location), 404)
  await refused(vaults.purgeDeleted(name, location, quickly).pollUntilDone(), 404)
  await create(name)
})

await step('lists what there is not: managed HSMs and private endpoints', async () => {
  assert.deepEqual(await collect(keyVault.managedHsms.listBySubscription()), [])
  assert.deepEqual(await collect(keyVault.managedHsms.listDeleted()), [])
  const connections = keyVault.privateEndpointConnections.listByResource(GROUP, VAULT)
  assert.deepEqual(await collect(connections), [])
  const { value = [] } = await keyVault.privateLinkResources.listByVault(GROUP, VAULT)
  assert.ok(Array.isArray(value))
})

await step('lists the operations of the provider', async () => {
  const operations = (await collect(keyVault.operations.list())).map(({ name }) => name)
  assert.ok(operations.includes('Microsoft.KeyVault/vaults/read'))
})

console.log('done')
