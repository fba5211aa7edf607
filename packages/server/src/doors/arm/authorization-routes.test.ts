import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Caller } from '@claviger/vault'
import type { MemoryVault } from '@claviger/vault/testing'
import { armDoorUnderTest, type ArmDoorUnderTest, type Received } from './door-under-test.ts'

const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
const AUTHORIZATION = '/providers/Microsoft.Authorization'
const VERSION = '2022-04-01'
/** Somebody who reads role assignments in the vault, and nothing else. */
const WATCHER = '0b1f7a52-7d1e-4b0e-8b7c-3f0a6d4c9e21'

interface Body {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
}

function callers({ callBy }: MemoryVault): Readonly<Record<string, Caller>> {
  return { watcher: callBy(WATCHER).caller }
}

async function door() {
  const made = await armDoorUnderTest(callers)
  const { first, vault, administrator } = made.memory
  const scope = first.vault.resourceId
  await vault.roleAssignments.create(administrator, {
    principal: WATCHER, roleDefinition: READER, scope,
  })
  return { ...made, scope }
}

type Opened = Awaited<ReturnType<typeof door>>

function assign(
  { call, scope }: Opened,
  properties: object = {},
  where: { readonly at?: string; readonly name?: string; readonly token?: string } = {},
): Promise<Received> {
  const { at = scope, name = randomUUID(), token = 'administrator' } = where
  const body = {
    properties: {
      roleDefinitionId: `${AUTHORIZATION}/roleDefinitions/${SECRETS_USER}`,
      principalId: randomUUID(),
      principalType: 'ServicePrincipal',
      ...properties,
    },
  }
  const path = `${at}${AUTHORIZATION}/roleAssignments/${name}`
  return call('PUT', path, { body, token, version: VERSION })
}

function bodyOf({ json, text }: Received): Body {
  assert.ok(typeof json['id'] === 'string', text)
  return json as unknown as Body
}

function refusal({ status, json }: Received): readonly [number, unknown] {
  return [status, (json['error'] as { readonly code?: unknown } | undefined)?.code]
}

function namesOf({ json }: Received): readonly string[] {
  return (json['value'] as readonly Body[]).map(({ name }) => name)
}

async function role({ call, subscription }: Opened, changes: object = {}, name: string = randomUUID()) {
  const properties = {
    roleName: `Role ${name}`,
    description: 'Mine.',
    type: 'CustomRole',
    assignableScopes: [subscription],
    permissions: [{ actions: [], dataActions: ['Microsoft.KeyVault/vaults/secrets/*'] }],
    ...changes,
  }
  const path = `${subscription}${AUTHORIZATION}/roleDefinitions/${name}`
  return await call('PUT', path, { body: { name, properties }, version: '2022-05-01-preview' })
}

describe('a role assignment over the wire', () => {
  it('is created as az does it, shown, listed and deleted', async () => {
    const opened = await door()
    const { call, scope, subscription } = opened
    const principalId = randomUUID()
    const name = randomUUID()
    const made = await assign(opened, { principalId, description: 'for tests' }, { name })
    assert.equal(made.status, 201)
    const { id, type, properties } = bodyOf(made)
    assert.equal(id, `${scope}${AUTHORIZATION}/roleAssignments/${name}`)
    assert.equal(type, 'Microsoft.Authorization/roleAssignments')
    assert.deepEqual(
      { ...properties, createdOn: '', updatedOn: '' },
      {
        roleDefinitionId: `${subscription}${AUTHORIZATION}/roleDefinitions/${SECRETS_USER}`,
        principalId,
        principalType: 'ServicePrincipal',
        scope,
        condition: null,
        conditionVersion: null,
        createdOn: '',
        updatedOn: '',
        createdBy: opened.memory.first.administrator.principal.id,
        updatedBy: opened.memory.first.administrator.principal.id,
        delegatedManagedIdentityResourceId: null,
        description: 'for tests',
      },
    )
    assert.deepEqual((await call('GET', id.toUpperCase(), { version: VERSION })).json, made.json)
    const filter = encodeURIComponent(`principalId eq '${principalId}'`)
    const list = `${subscription}${AUTHORIZATION}/roleAssignments?$filter=${filter}`
    assert.deepEqual(namesOf(await call('GET', list, { version: '2020-04-01-preview' })), [name])
    const gone = await call('DELETE', id, { version: VERSION })
    assert.deepEqual([gone.status, bodyOf(gone).name], [200, name])
    assert.equal((await call('DELETE', id, { version: VERSION })).status, 204)
    assert.deepEqual(refusal(await call('GET', id, { version: VERSION })), [404, 'RoleAssignmentNotFound'])
  })

  it('is the same when it is put again, and cannot become another', async () => {
    const opened = await door()
    const principalId = randomUUID()
    const name = randomUUID()
    assert.equal((await assign(opened, { principalId }, { name })).status, 201)
    const again = await assign(opened, { principalId, description: 'new' }, { name })
    assert.deepEqual([again.status, bodyOf(again).properties['description']], [200, 'new'])
    assert.deepEqual(refusal(await assign(opened, { principalId })), [409, 'RoleAssignmentExists'])
    const other = await assign(opened, {}, { name })
    assert.deepEqual(refusal(other), [400, 'RoleAssignmentUpdateNotPermitted'])
  })

  it('takes the id of a role with whatever before it', async () => {
    const opened = await door()
    for (const prefix of ['', `${AUTHORIZATION}/roleDefinitions/`, `/subscriptions/${randomUUID()}${AUTHORIZATION}/RoleDefinitions/`]) {
      const { status } = await assign(opened, { roleDefinitionId: `${prefix}${OWNER}` })
      assert.equal(status, 201, prefix)
    }
  })

  it('is refused in the words of the service', async () => {
    const opened = await door()
    const { call, scope, subscription } = opened
    const unknown = { principalType: undefined }
    const condition = "@Resource[Microsoft.KeyVault/vaults:name] StringEquals 'a'"
    for (const [answer, status, code] of [
      [await assign(opened, {}, { name: 'x' }), 400, 'InvalidRoleAssignmentId'],
      [await assign(opened, { roleDefinitionId: 'x' }), 400, 'InvalidRoleDefinitionId'],
      [await assign(opened, { roleDefinitionId: randomUUID() }), 400, 'RoleDefinitionDoesNotExist'],
      [await assign(opened, { principalId: 'x' }), 400, 'InvalidPrincipalId'],
      [await assign(opened, unknown), 400, 'PrincipalNotFound'],
      [await assign(opened, { principalType: 'Robot' }), 400, 'BadRequest'],
      [await assign(opened, { condition, conditionVersion: '2.0' }), 400, 'InvalidRoleAssignmentCondition'],
      [await assign(opened, { condition: "ActionMatches{'a'}" }), 400, 'InvalidRoleAssignmentCondition'],
      [await assign(opened, {}, { at: `${subscription}/resourceGroups/none` }), 404, 'ResourceGroupNotFound'],
      [await assign(opened, {}, { at: `${scope}x` }), 404, 'ResourceNotFound'],
      [await assign(opened, {}, { at: `/subscriptions/${randomUUID()}` }), 404, 'SubscriptionNotFound'],
      [await assign(opened, {}, { token: 'stranger' }), 403, 'AuthorizationFailed'],
      [await assign(opened, {}, { token: 'watcher' }), 403, 'AuthorizationFailed'],
      [await call('PUT', `${scope}${AUTHORIZATION}/roleAssignments/${randomUUID()}`, { body: {} }), 400, 'BadRequest'],
      [await call('PUT', `${scope}${AUTHORIZATION}/roleAssignments/${randomUUID()}`, { body: '[' }), 400, 'InvalidRequestContent'],
    ] as const) {
      assert.deepEqual(refusal(answer), [status, code], answer.text)
    }
    const { id: principalId } = await opened.memory.vault.principals.create(opened.memory.administrator, { kind: 'user', displayName: 'u' })
    const wrong = await assign(opened, { principalId, principalType: 'Group' })
    assert.deepEqual(refusal(wrong), [400, 'UnmatchedPrincipalType'])
    assert.equal((await assign(opened, { principalId, principalType: undefined })).status, 201)
  })

  it('has a condition that limits whoever has it', async () => {
    const opened = await door()
    const condition =
      "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR " +
      `(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${READER}}))`
    const made = await assign(opened, {
      principalId: WATCHER,
      roleDefinitionId: `${AUTHORIZATION}/roleDefinitions/f58310d9-a9f6-439a-9e8d-f62e7b41a168`,
      condition,
      conditionVersion: '2.0',
    })
    assert.equal(bodyOf(made).properties['condition'], condition)
    assert.equal(bodyOf(made).properties['conditionVersion'], '2.0')
    const denied = await assign(opened, {}, { token: 'watcher' })
    assert.deepEqual(refusal(denied), [403, 'AuthorizationFailed'])
    const allowed = await assign(opened, { roleDefinitionId: READER }, { token: 'watcher' })
    assert.equal(allowed.status, 201)
  })

  it('is listed by scope, page by page, to who may read assignments there', async () => {
    const opened = await door()
    const { call, scope, subscription } = opened
    const below = bodyOf(await assign(opened, {}, { at: `${scope}/secrets/s` })).name
    const list = async (at: string, filter = '', token = 'administrator') =>
      call('GET', `${at}${AUTHORIZATION}/roleAssignments${filter}`, { token, version: VERSION })
    assert.ok(namesOf(await list(scope)).includes(below))
    assert.ok(!namesOf(await list(scope, '?$filter=atScope()')).includes(below))
    assert.ok(namesOf(await list(scope, '', 'watcher')).includes(below))
    assert.deepEqual(refusal(await list(subscription, '', 'watcher')), [403, 'AuthorizationFailed'])
    const to = `?$filter=${encodeURIComponent(`atScope() and assignedTo('${WATCHER}')`)}`
    assert.equal(namesOf(await list(scope, to)).length, 1)
    for (const filter of ["principalId eq 'x'", 'atScope', 'atScope() or atScope()', 'atScope() and', "a eq 'b'", 'atScope() and atScope()']) {
      const answer = await list(scope, `?$filter=${encodeURIComponent(filter)}`)
      assert.deepEqual(refusal(answer), [400, 'UnsupportedQuery'], filter)
    }
  })

  it('comes in pages that follow one another', async () => {
    const opened = await door()
    const { memory, send, subscription } = opened
    for (let at = 0; at < 510; at++) {
      await memory.vault.roleAssignments.create(memory.administrator, {
        principal: randomUUID(), roleDefinition: READER, scope: subscription,
      })
    }
    let next = `${subscription}${AUTHORIZATION}/roleAssignments?api-version=${VERSION}&$filter=atScope()`
    const seen = new Set<string>()
    let pages = 0
    while (next !== '') {
      const page = await send('GET', next)
      for (const name of namesOf(page)) seen.add(name)
      const { nextLink } = page.json
      next = typeof nextLink === 'string' ? nextLink.slice('https://management.localhost:8443'.length) : ''
      pages++
    }
    assert.equal(pages, 2)
    assert.ok(seen.size >= 510)
  })
})

describe('a role definition over the wire', () => {
  it('is found by its name as az asks for it, built-in or the tenant’s own', async () => {
    const opened = await door()
    const { call, scope, subscription } = opened
    const filter = encodeURIComponent("roleName eq 'Key Vault Secrets User'")
    const found = await call('GET', `${scope}${AUTHORIZATION}/roleDefinitions?$filter=${filter}`, { version: '2022-05-01-preview' })
    const [only] = found.json['value'] as readonly Body[]
    assert.equal(only?.id, `${subscription}${AUTHORIZATION}/roleDefinitions/${SECRETS_USER}`)
    assert.equal(only.properties['type'], 'BuiltInRole')
    const whole = await call('GET', `${AUTHORIZATION}/roleDefinitions/${SECRETS_USER}`)
    assert.equal(bodyOf(whole).id, `${AUTHORIZATION}/roleDefinitions/${SECRETS_USER}`)
    const mine = bodyOf(await role(opened))
    const custom = encodeURIComponent("type eq 'CustomRole'")
    assert.deepEqual(namesOf(await call('GET', `${subscription}${AUTHORIZATION}/roleDefinitions?$filter=${custom}`)), [mine.name])
    const bad = await call('GET', `${subscription}${AUTHORIZATION}/roleDefinitions?$filter=x`)
    assert.deepEqual(refusal(bad), [400, 'UnsupportedQuery'])
  })

  it('is created, changed, shown and deleted', async () => {
    const opened = await door()
    const { call } = opened
    const name = randomUUID()
    const made = await role(opened, {}, name)
    assert.equal(made.status, 201)
    const { id, properties } = bodyOf(made)
    assert.equal(properties['type'], 'CustomRole')
    assert.deepEqual(properties['permissions'], [
      { actions: [], notActions: [], dataActions: ['Microsoft.KeyVault/vaults/secrets/*'], notDataActions: [] },
    ])
    const changed = await role(opened, { description: 'Changed.' }, name)
    assert.deepEqual([changed.status, bodyOf(changed).properties['description']], [201, 'Changed.'])
    assert.deepEqual((await call('GET', id)).json, changed.json)
    const assigned = bodyOf(await assign(opened, { roleDefinitionId: id }))
    assert.deepEqual(refusal(await call('DELETE', id)), [409, 'RoleDefinitionHasAssignments'])
    await call('DELETE', assigned.id)
    assert.equal((await call('DELETE', id)).status, 200)
    assert.equal((await call('DELETE', id)).status, 204)
    assert.deepEqual(refusal(await call('GET', id)), [404, 'RoleDefinitionDoesNotExist'])
  })

  it('is refused in the words of the service', async () => {
    const opened = await door()
    const { call, subscription, scope } = opened
    for (const [answer, status, code] of [
      [await role(opened, { permissions: [{ actions: ['Microsoft.Nothing/x/read'] }] }), 400, 'InvalidActionOrNotAction'],
      [await role(opened, { permissions: [] }), 400, 'BadRequest'],
      [await role(opened, { permissions: [{}, {}] }), 400, 'BadRequest'],
      [await role(opened, { assignableScopes: undefined }), 400, 'BadRequest'],
      [await role(opened, { assignableScopes: [] }), 400, 'BadRequest'],
      [await role(opened, { assignableScopes: [`/subscriptions/${randomUUID()}`] }), 404, 'ResourceNotFound'],
      [await role(opened, { roleName: 'Owner' }), 409, 'RoleDefinitionWithSameNameExists'],
      [await role(opened, { type: 'BuiltInRole' }), 400, 'BadRequest'],
      [await role(opened, {}, 'x'), 400, 'InvalidRoleDefinitionId'],
      [await role(opened, {}, OWNER), 400, 'BuiltInRoleNotModifiable'],
      [await call('DELETE', `${subscription}${AUTHORIZATION}/roleDefinitions/${OWNER}`), 400, 'BuiltInRoleNotModifiable'],
      [await call('GET', `${subscription}${AUTHORIZATION}/roleDefinitions`, { token: 'watcher' }), 403, 'AuthorizationFailed'],
    ] as const) {
      assert.deepEqual(refusal(answer), [status, code], answer.text)
    }
    const narrow = bodyOf(await role(opened, { assignableScopes: [scope] }))
    const wide = await assign(opened, { roleDefinitionId: narrow.id }, { at: subscription })
    assert.deepEqual(refusal(wide), [400, 'RoleAssignmentScopeNotAssignableToRoleDefinition'])
  })
})

describe('what else there is of authorization', () => {
  it('tells the caller what its roles grant, and that there are no deny assignments', async () => {
    const { call, scope } = await door()
    const granted = await call('GET', `${scope}${AUTHORIZATION}/permissions`, { token: 'watcher', version: '2015-07-01' })
    assert.deepEqual(granted.json['value'], [
      { actions: ['*/read'], notActions: [], dataActions: [], notDataActions: [] },
    ])
    const none = await call('GET', `${scope}${AUTHORIZATION}/denyAssignments`)
    assert.deepEqual(none.json, { value: [] })
    const one = await call('GET', `${scope}${AUTHORIZATION}/denyAssignments/${randomUUID()}`)
    assert.deepEqual(refusal(one), [404, 'DenyAssignmentNotFound'])
  })

  it('lists the actions that roles can name', async () => {
    const { call } = await door()
    const all = await call('GET', `${AUTHORIZATION}/providerOperations?$expand=resourceTypes`, { version: '2018-01-01-preview' })
    assert.ok(namesOf(all).includes('Microsoft.KeyVault'))
    const { json } = await call('GET', `${AUTHORIZATION}/providerOperations/microsoft.keyvault`, { version: '2018-01-01-preview' })
    const types = json['resourceTypes'] as readonly { readonly name: string; readonly operations: readonly { readonly name: string; readonly isDataAction: boolean }[] }[]
    const secrets = types.find(({ name }) => name === 'vaults/secrets')
    assert.ok(secrets?.operations.some(({ name, isDataAction }) => isDataAction && name.endsWith('/getSecret/action')))
    assert.ok((json['operations'] as readonly { readonly name: string }[]).some(({ name }) => name === 'Microsoft.KeyVault/register/action'))
    const missing = await call('GET', `${AUTHORIZATION}/providerOperations/Microsoft.Nothing`)
    assert.deepEqual(refusal(missing), [404, 'ProviderNotFound'])
  })

  it('explains a denial: to oneself, and of others to readers of assignments', async () => {
    const opened: ArmDoorUnderTest & { readonly scope: string } = await door()
    const { call, scope, subscription } = opened
    const action = 'Microsoft.KeyVault/vaults/secrets/getSecret/action'
    const path = `${scope}/secrets/s/providers/Claviger.Authorization/explainAccess`
    const own = await call('POST', path, { token: 'stranger', body: { action } })
    assert.deepEqual(own.json, {
      principalId: opened.memory.stranger.caller.principal,
      action,
      isDataAction: true,
      scope: `${scope}/secrets/s`,
      allowed: false,
      decidedBy: 'nothing',
      reason: 'No role assignment at this scope or above it allows it.',
      considered: 0,
      smallestRole: {
        roleDefinitionId: `${subscription}${AUTHORIZATION}/roleDefinitions/${SECRETS_USER}`,
        roleName: 'Key Vault Secrets User',
        scope: `${scope}/secrets/s`,
      },
    })
    const other = { principalId: opened.memory.identity.caller.principal, action }
    const denied = await call('POST', path, { token: 'stranger', body: other })
    assert.deepEqual(refusal(denied), [403, 'AuthorizationFailed'])
    const { json } = await call('POST', path, { token: 'watcher', body: other })
    assert.deepEqual([json['allowed'], json['decidedBy']], [true, 'roleAssignment'])
    const wrong = await call('POST', path, { body: { action: 'Microsoft.KeyVault/vaults/nothing' } })
    assert.deepEqual(refusal(wrong), [400, 'InvalidActionOrNotAction'])
    assert.deepEqual(refusal(await call('POST', path, { body: {} })), [400, 'BadRequest'])
  })
})
