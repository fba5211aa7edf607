import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { isFault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault } from '../testing/memory-vault.ts'
import { ROLE_IDS } from './built-in-roles.ts'
import type { ExplainAccessInput } from './explain-access.ts'
import { PERMISSIONS, type Permission, type PermissionName } from './permissions.ts'
import { smallestRole } from './smallest-role.ts'

const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
const GET = 'Microsoft.KeyVault/vaults/secrets/getSecret/action'

async function world() {
  const made = await memoryVault()
  const secret = { vault: 'default', name: 's' }
  await made.vault.secrets.set(made.administrator, { secret, value: Secret.fromText('one') })
  const principal = randomUUID()
  const { resourceId } = made.first.vault
  const scope = `${resourceId}/secrets/s`
  const about = (input: Partial<ExplainAccessInput> = {}) =>
    made.vault.access.explain(made.administrator, { principal, action: GET, scope, ...input })
  const assign = (input: object) =>
    made.vault.roleAssignments.create(made.administrator, {
      principal, roleDefinition: SECRETS_USER, scope: resourceId, ...input,
    })
  return { ...made, secret, principal, resourceId, scope, about, assign }
}

describe('why was I denied', () => {
  it('names what is missing and the smallest role that has it, at the narrowest scope', async () => {
    const { about, scope, principal } = await world()
    const explained = await about()
    assert.deepEqual(explained, {
      principal,
      action: GET,
      isDataAction: true,
      scope,
      allowed: false,
      decidedBy: 'nothing',
      reason: 'No role assignment at this scope or above it allows it.',
      considered: 0,
      smallestRole: { id: SECRETS_USER, name: 'Key Vault Secrets User', scope },
    })
  })

  it('gives a role that, once assigned as it says, is enough', async () => {
    const made = await world()
    for (const [name, permission] of Object.entries(PERMISSIONS) as [string, Permission][]) {
      if (permission.serverWide === true || permission.ofCaller === true) continue
      const principal = randomUUID()
      const input = { principal, action: name, scope: made.resourceId }
      const { smallestRole: role } = await made.about(input)
      assert.ok(role !== undefined, name)
      const { id: roleDefinition, scope } = role
      await made.assign({ principal, roleDefinition, scope })
      const { allowed } = await made.about(input)
      assert.equal(allowed, true, `${name}: ${role.name}`)
    }
  })

  it('names the assignment that allows it, and the group through which it is held', async () => {
    const made = await world()
    const { vault, administrator, assign, about } = made
    const group = await vault.principals.create(administrator, { kind: 'group', displayName: 'g' })
    const app = await vault.principals.create(administrator, { kind: 'application', displayName: 'a' })
    await vault.groups.addMember(administrator, { group: group.id, member: app.id })
    const { id } = await assign({ principal: group.id })
    const { allowed, decidedBy, assignment } = await about({ principal: app.id })
    assert.deepEqual({ allowed, decidedBy, assignment }, {
      allowed: true,
      decidedBy: 'roleAssignment',
      assignment: {
        id,
        roleDefinition: SECRETS_USER,
        roleName: 'Key Vault Secrets User',
        scope: made.resourceId,
        through: group.id,
      },
    })
  })

  it('names the assignment that came closest and what it lacks', async () => {
    const { assign, about, scope } = await world()
    const reader = await assign({ roleDefinition: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' })
    const first = await about()
    assert.deepEqual([first.assignment?.id, first.lacks, first.considered], [reader.id, 'action', 1])
    const sibling = await assign({ scope: `${scope}2` })
    const second = await about()
    assert.deepEqual([second.assignment?.id, second.lacks], [sibling.id, 'scope'])
    const action = 'roleAssignments/write'
    const limited = await assign({ roleDefinition: '8b54135c-b56d-4d72-a534-26097cfdc8d8' })
    const third = await about({ action })
    assert.deepEqual([third.assignment?.id, third.lacks], [limited.id, 'condition'])
  })

  it('tells access policies apart', async () => {
    const { vault, administrator, about, principal } = await world()
    await vault.vaults.update(administrator, { vault: 'default', authorization: 'accessPolicies' })
    const none = await about()
    assert.deepEqual(
      [none.allowed, none.decidedBy, none.missingPermission, none.smallestRole],
      [false, 'accessPolicy', 'secrets get', undefined],
    )
    const policy = { principal, permissions: { secrets: ['list'] } }
    await vault.vaults.setAccessPolicy(administrator, { vault: 'default', policy })
    assert.match((await about()).reason, /lack the permission/)
    const { allowed, decidedBy, policy: shown } = await about({ action: 'secrets/list' })
    assert.deepEqual([allowed, decidedBy, shown], [true, 'accessPolicy', `accessPolicy/${principal}`])
  })

  it('tells the policy of the object, and that of the network', async () => {
    const { vault, administrator, about, assign, secret } = await world()
    const app = { kind: 'application', displayName: 'a' } as const
    const { id } = await vault.principals.create(administrator, app)
    await assign({ principal: id })
    const statements = [
      { id: 'no', effect: 'deny', principals: [{ name: id, kinds: ['application'] }], actions: [GET] },
    ] as const
    await vault.secrets.setPolicy(administrator, { secret, policy: { document: '{}', statements } })
    const { allowed, decidedBy } = await about({ principal: id })
    assert.deepEqual([allowed, decidedBy], [false, 'objectPolicy'])
    const networkAcls = { defaultAction: 'Deny', bypass: 'None', ipRules: ['192.0.2.0/24'], virtualNetworkRules: [] } as const
    await vault.vaults.update(administrator, { vault: 'default', networkAcls })
    assert.equal((await about({ principal: id, clientAddress: '198.51.100.7' })).decidedBy, 'networkRule')
    assert.equal((await about({ principal: id, clientAddress: '192.0.2.7' })).decidedBy, 'objectPolicy')
  })

  it('tells the state of the object to who has access, and of the vault', async () => {
    const { vault, administrator, about, assign, secret, resourceId } = await world()
    await assign({ roleDefinition: ROLE_IDS.keyVaultAdministrator })
    const state = async (input: Partial<ExplainAccessInput> = {}) => {
      const { allowed, decidedBy, objectState } = await about(input)
      return [allowed, decidedBy, objectState]
    }
    assert.deepEqual(await state(), [true, 'roleAssignment', 'live'])
    await vault.secrets.update(administrator, { secret, enabled: false })
    assert.deepEqual(await state(), [false, 'objectState', 'disabled'])
    assert.deepEqual(await state({ action: 'secrets/list' }), [true, 'roleAssignment', 'disabled'])
    await vault.secrets.delete(administrator, { secret })
    assert.deepEqual(await state(), [false, 'objectState', 'deleted'])
    assert.deepEqual(await state({ action: 'secrets/recover' }), [true, 'roleAssignment', 'deleted'])
    const elsewhere = { scope: `${resourceId}/secrets/other` }
    assert.deepEqual(await state(elsewhere), [false, 'objectState', 'absent'])
    assert.deepEqual(await state({ ...elsewhere, principal: randomUUID() }), [false, 'nothing', undefined])
    const key = { vault: 'default', name: 'k' }
    await vault.keys.create(administrator, { key, type: 'EC', hsm: false, expires: 1000 })
    const old = { scope: `${resourceId}/keys/k` }
    assert.deepEqual(await state({ ...old, action: 'keys/sign' }), [false, 'objectState', 'expired'])
    assert.deepEqual(await state({ ...old, action: 'keys/verify' }), [true, 'roleAssignment', 'expired'])
    await vault.vaults.delete(administrator, { vault: 'default' })
    assert.deepEqual(await state(), [false, 'vaultState', undefined])
  })

  it('tells that the principal is disabled', async () => {
    const { vault, administrator, about, assign } = await world()
    const { id: principal } = await vault.principals.create(administrator, { kind: 'application', displayName: 'a' })
    await assign({ principal })
    assert.equal((await about({ principal })).allowed, true)
    await vault.principals.update(administrator, { principal, enabled: false })
    assert.equal((await about({ principal })).decidedBy, 'principalState')
  })

  it('is told to everybody of themselves, and of others to readers of assignments', async () => {
    const { vault, callBy, assign, principal, scope } = await world()
    const call = callBy(principal)
    const own = await vault.access.explain(call, { action: GET, scope })
    assert.equal(own.principal, principal)
    const other = { principal: randomUUID(), action: GET, scope }
    const denied = (thrown: unknown): boolean => isFault(thrown, 'AccessDenied')
    await assert.rejects(vault.access.explain(call, other), denied)
    await assign({ roleDefinition: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' })
    await vault.access.explain(call, other)
    await assert.rejects(vault.access.explain(call, { ...other, scope: '/' }), denied)
  })

  it('refuses an action that there is not, and knows two of one name apart', async () => {
    const { about } = await world()
    await assert.rejects(about({ action: 'Microsoft.KeyVault/vaults/secrets/get' }), (thrown) =>
      isFault(thrown, 'AccessRuleBroken') && thrown.detail.rule === 'actionUnknown')
    const action = 'microsoft.keyvault/VAULTS/keys/read'
    assert.equal((await about({ action })).isDataAction, true)
    assert.equal((await about({ action, isDataAction: false })).isDataAction, false)
  })

  it('refuses what can be no address', async () => {
    const { about } = await world()
    for (const clientAddress of ['x'.repeat(65), '192.0.2', '', 'local']) {
      const refused = about({ clientAddress })
      await assert.rejects(refused, (thrown) => isFault(thrown, 'InvalidInput'), clientAddress)
    }
  })

  it('tells what the rules of a vault say of another address to who may read the vault', async () => {
    const { vault, administrator, callBy, assign, principal, scope } = await world()
    const rules = { bypass: 'None', ipRules: ['203.0.113.0/24'], virtualNetworkRules: [] } as const
    const networkAcls = { ...rules, defaultAction: 'Deny' } as const
    await vault.vaults.update(administrator, { vault: 'default', networkAcls })
    const call = callBy(principal)
    const own = { action: GET, scope }
    const explained = await vault.access.explain(call, own)
    assert.equal(explained.decidedBy, 'networkRule')
    for (const clientAddress of ['203.0.113.7', '198.51.100.7']) {
      const asked = vault.access.explain(call, { ...own, clientAddress })
      await assert.rejects(asked, (thrown) => isFault(thrown, 'AccessDenied'))
    }
    const { clientAddress } = call.request
    assert.deepEqual(await vault.access.explain(call, { ...own, clientAddress }), explained)
    await assign({ roleDefinition: READER })
    const { decidedBy } = await vault.access.explain(call, { ...own, clientAddress: '203.0.113.7' })
    assert.equal(decidedBy, 'nothing')
  })

  it('tells the state of an object to nobody who could not read it', async () => {
    const { vault, callBy, assign, principal, resourceId } = await world()
    const user = randomUUID()
    await assign({ principal: user, roleDefinition: ROLE_IDS.keyVaultAdministrator })
    await assign({ roleDefinition: READER })
    const call = callBy(principal)
    const told = []
    for (const [object, action] of [['keys/k', 'keys/get'], ['secrets/s', 'secrets/get'],
      ['secrets/other', 'secrets/get'], ['certificates/c', 'certificates/get']]) {
      const input = { principal: user, action: action ?? '', scope: `${resourceId}/${object}` }
      const { allowed, objectState } = await vault.access.explain(call, input)
      told.push([allowed, objectState])
    }
    assert.deepEqual(told, Array.from({ length: 4 }, () => [true, undefined]))
    await assign({})
    const asked = { principal: user, action: GET, scope: `${resourceId}/secrets/other` }
    assert.equal((await vault.access.explain(call, asked)).objectState, 'absent')
    const own = await vault.access.explain(callBy(user), { ...asked, principal: user })
    assert.equal(own.objectState, 'absent')
  })

  it('does not cross tenants', async () => {
    const made = await world()
    const call = made.callBy(made.principal, randomUUID())
    const { allowed, decidedBy } = await made.vault.access.explain(call, { action: GET, scope: made.scope })
    assert.deepEqual([allowed, decidedBy], [false, 'nothing'])
  })
})

describe('the audit entry of a denial', () => {
  it('says what decided, what came closest and which role would do', async () => {
    const made = await world()
    const { vault, callBy, principal, secret, assign, resourceId } = made
    const sibling = await assign({ scope: `${resourceId}/secrets/other` })
    await assert.rejects(vault.secrets.get(callBy(principal), { secret }))
    const last = (await made.audit()).at(-1)?.properties
    assert.equal(last?.decidedBy, 'roleAssignments')
    assert.equal(last.assignmentsConsidered, 0)
    assert.equal(last.nearestAssignment, sibling.id)
    assert.equal(last.nearestLacks, 'scope')
    assert.equal(last.smallestRole, 'Key Vault Secrets User')
  })
})

describe('the smallest role', () => {
  it('is the one with the fewest actions', () => {
    for (const [name, expected] of Object.entries({
      'secrets/get': 'Key Vault Secrets User',
      'secrets/set': 'Key Vault Secrets Officer',
      'keys/sign': 'Key Vault Crypto User',
      'keys/wrapKey': 'Key Vault Crypto Service Encryption User',
      'certificates/get': 'Key Vault Certificate User',
      'vaults/read': 'Reader',
      'vaults/write': 'Key Vault Contributor',
      'vaults/purge': 'Key Vault Purge Operator',
      'roleAssignments/write': 'Role Based Access Control Administrator',
      'accessPoints/write': 'Access Point Administrator',
      'sessions/create': 'Session Role User',
    }) as [PermissionName, string][]) {
      assert.equal(smallestRole(PERMISSIONS[name])?.name, expected, name)
    }
  })
})
