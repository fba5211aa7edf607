import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { AuthorizationManagementClient } from '@azure/arm-authorization'
import { ManagedIdentityCredential } from '@azure/identity'
import { SecretClient } from '@azure/keyvault-secrets'
import { collect } from '../collect.ts'
import { refused } from '../refused.ts'
import { step, variable } from '../step.ts'
import {
  authorization,
  credential,
  endpoint,
  keyVault,
  location,
  quickly,
  resources,
  subscription,
  subscriptionScope,
  tenant,
} from './clients.ts'

// Roles and assignments, by @azure/arm-authorization; what they do, by another principal.

const { roleAssignments, roleDefinitions } = authorization
const GROUP = 'js-roles'
/** Its host name leads to the server while the suites run. */
const VAULT = 'js-roles'
const principalId = variable('OTHER_PRINCIPAL')
const principalType = 'ServicePrincipal'
const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'
const SECRETS_OFFICER = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

await resources.resourceGroups.createOrUpdate(GROUP, { location })
const properties = { tenantId: tenant, sku: { family: 'A', name: 'standard' } as const }
const vault = await keyVault.vaults
  .createOrUpdate(GROUP, VAULT, { location, properties }, quickly)
  .pollUntilDone()
const scope = vault.id ?? ''
const url = vault.properties.vaultUri ?? ''
await new SecretClient(url, credential).setSecret('secret', variable('CANARY'))
const identity = new ManagedIdentityCredential()
const other = new SecretClient(url, identity)

const definitionId = (name: string): string =>
  `${subscriptionScope}/providers/Microsoft.Authorization/roleDefinitions/${name}`
const give = (role: string, at = scope, name = randomUUID()) => {
  const wanted = { roleDefinitionId: definitionId(role), principalId, principalType }
  return roleAssignments.create(at, name, wanted)
}

await step('lists built-in roles by name, and gets one by its id', async () => {
  const filter = "roleName eq 'Key Vault Secrets User'"
  const [role, ...more] = await collect(roleDefinitions.list(scope, { filter }))
  assert.deepEqual(more, [])
  assert.equal(role?.name, SECRETS_USER)
  assert.equal(role?.roleType, 'BuiltInRole')
  const got = await roleDefinitions.getById(definitionId(SECRETS_USER))
  assert.deepEqual(got.permissions, role?.permissions)
  const listed = await collect(roleDefinitions.list(subscriptionScope))
  const all = listed.map(({ roleName }) => roleName)
  for (const name of ['Owner', 'Contributor', 'Reader', 'User Access Administrator']) {
    assert.ok(all.includes(name), name)
  }
})

await step('an assignment acts at once, and its end as well', async () => {
  await refused(other.getSecret('secret'), 403, 'Forbidden')
  const made = await give(SECRETS_USER)
  assert.equal(made.principalId, principalId)
  assert.equal(made.scope, scope)
  // The process that answers here need not be the one that made it.
  assert.equal((await other.getSecret('secret')).value, variable('CANARY'))
  const got = await roleAssignments.getById(made.id ?? '')
  assert.equal(got.roleDefinitionId, made.roleDefinitionId)
  await roleAssignments.delete(scope, made.name ?? '')
  await refused(other.getSecret('secret'), 403, 'Forbidden')
  await refused(roleAssignments.get(scope, made.name ?? ''), 404, 'RoleAssignmentNotFound')
})

await step('lists assignments at, above and below a scope', async () => {
  const made = await give(SECRETS_USER, `${scope}/secrets/secret`)
  const below = await collect(roleAssignments.listForScope(scope))
  assert.ok(below.some(({ id }) => id === made.id))
  const at = await collect(roleAssignments.listForScope(scope, { filter: 'atScope()' }))
  assert.equal(at.some(({ id }) => id === made.id), false)
  const filter = `principalId eq '${principalId}'`
  const own = await collect(roleAssignments.listForSubscription({ filter }))
  assert.ok(own.some(({ id }) => id === made.id))
  assert.ok(own.every((one) => one.principalId === principalId))
  const inGroup = await collect(roleAssignments.listForResourceGroup(GROUP))
  assert.ok(inGroup.some(({ id }) => id === made.id))
  const byResource = authorization.roleAssignments.listForResource(
    GROUP, 'Microsoft.KeyVault', 'vaults', VAULT,
  )
  assert.ok((await collect(byResource)).some(({ id }) => id === made.id))
  const assigned = await collect(
    roleAssignments.listForSubscription({ filter: `assignedTo('${principalId}')` }),
  )
  assert.ok(assigned.some(({ id }) => id === made.id))
  await roleAssignments.deleteById(made.id ?? '')
})

await step('refuses assignments that cannot be', async () => {
  const name = randomUUID()
  await give(SECRETS_USER, scope, name)
  await refused(give(SECRETS_USER), 409, 'RoleAssignmentExists')
  const other = { roleDefinitionId: definitionId(SECRETS_OFFICER), principalId }
  await refused(roleAssignments.create(scope, name, other), 400, 'RoleAssignmentUpdateNotPermitted')
  await roleAssignments.delete(scope, name)
  const nobody = { roleDefinitionId: definitionId(SECRETS_USER), principalId: randomUUID() }
  await refused(roleAssignments.create(scope, randomUUID(), nobody), 400, 'PrincipalNotFound')
  await refused(give(randomUUID()), 400, 'RoleDefinitionDoesNotExist')
  await refused(give(SECRETS_USER, `${subscriptionScope}/resourceGroups/js-nothing`), 404,
    'ResourceGroupNotFound')
  await refused(give(SECRETS_USER, `${scope}-nothing`), 404, 'ResourceNotFound')
  await refused(give(SECRETS_USER, `/subscriptions/${randomUUID()}`), 404, 'SubscriptionNotFound')
})

await step('makes, changes, uses and deletes a role of its own', async () => {
  const name = randomUUID()
  const definition = {
    roleName: 'js lister',
    description: 'Lists secrets.',
    roleType: 'CustomRole',
    permissions: [{
      actions: [],
      dataActions: ['Microsoft.KeyVault/vaults/secrets/readMetadata/action'],
    }],
    assignableScopes: [subscriptionScope],
  }
  const made = await roleDefinitions.createOrUpdate(subscriptionScope, name, definition)
  assert.equal(made.roleType, 'CustomRole')
  const changed = { ...definition, description: 'Lists them all.' }
  const again = await roleDefinitions.createOrUpdate(subscriptionScope, name, changed)
  assert.equal(again.description, 'Lists them all.')
  const assignment = await give(name)
  assert.equal((await collect(other.listPropertiesOfSecrets())).length, 1)
  await refused(other.getSecret('secret'), 403, 'Forbidden')
  const deleting = roleDefinitions.delete(subscriptionScope, name)
  await refused(deleting, 409, 'RoleDefinitionHasAssignments')
  await roleAssignments.deleteById(assignment.id ?? '')
  const twin = roleDefinitions.createOrUpdate(subscriptionScope, randomUUID(), definition)
  await refused(twin, 409, 'RoleDefinitionWithSameNameExists')
  const permissions = [{ actions: ['Microsoft.KeyVault/fly'] }]
  const unknown = { ...definition, roleName: 'js unknown', permissions }
  await refused(roleDefinitions.createOrUpdate(subscriptionScope, randomUUID(), unknown), 400,
    'InvalidActionOrNotAction')
  await roleDefinitions.delete(subscriptionScope, name)
  await refused(roleDefinitions.get(subscriptionScope, name), 404, 'RoleDefinitionDoesNotExist')
})

await step('only who may assign can assign', async () => {
  const theirs = new AuthorizationManagementClient(identity, subscription, { endpoint })
  const assignment = { roleDefinitionId: definitionId(SECRETS_USER), principalId, principalType }
  const assign = (): Promise<unknown> =>
    theirs.roleAssignments.create(scope, randomUUID(), assignment)
  await refused(assign(), 403, 'AuthorizationFailed')
  const contributor = await give('b24988ac-6180-42a0-ab88-20f7382dd24c')
  await refused(assign(), 403, 'AuthorizationFailed')
  await roleAssignments.deleteById(contributor.id ?? '')
})

await step('tells permissions, deny assignments and the operations of providers', async () => {
  const permissions = await collect(authorization.permissions.listForResourceGroup(GROUP))
  assert.ok(permissions.some(({ actions }) => actions?.includes('*')))
  assert.deepEqual(await collect(authorization.denyAssignments.listForScope(scope)), [])
  const { providerOperationsMetadataOperations } = authorization
  const metadata = await providerOperationsMetadataOperations.get('Microsoft.KeyVault')
  assert.ok((metadata.resourceTypes ?? []).some(({ name }) => name === 'vaults'))
})

console.log('done')
