import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { isFault, type FaultCode } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import type { AccessRule } from './access-rule.ts'
import { ROLE_IDS } from './built-in-roles.ts'
import type { AssignRoleInput } from './role-assignments.ts'
import type { RoleAssignment } from './role.ts'

const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
const DATA_ACCESS_ADMINISTRATOR = '8b54135c-b56d-4d72-a534-26097cfdc8d8'
const RBAC_ADMINISTRATOR = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'
const USER_ACCESS_ADMINISTRATOR = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'
const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
const ROLE = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId'

function fault(code: FaultCode): (thrown: unknown) => boolean {
  return (thrown) => isFault(thrown, code)
}

function broken(rule: AccessRule): (thrown: unknown) => boolean {
  return (thrown) => isFault(thrown, 'AccessRuleBroken') && thrown.detail.rule === rule
}

function assign(
  { vault, administrator }: MemoryVault,
  input: Partial<AssignRoleInput> = {},
  call = administrator,
): Promise<RoleAssignment> {
  const whole = { principal: randomUUID(), roleDefinition: SECRETS_USER, scope: '/', ...input }
  return vault.roleAssignments.create(call, whole)
}

/** Somebody who may give and take roles at the vault, by this role. */
async function assigner(world: MemoryVault, role: string, condition?: string) {
  const principal = randomUUID()
  const scope = world.first.vault.resourceId
  const limited = condition === undefined ? {} : { condition }
  await assign(world, { principal, roleDefinition: role, scope, ...limited })
  return world.callBy(principal)
}

describe('a role assignment', () => {
  it('has the id it is given, and keeps it with another description', async () => {
    const world = await memoryVault()
    const input = { id: randomUUID().toUpperCase(), principal: randomUUID() }
    const made = await assign(world, { ...input, description: 'one' })
    assert.equal(made.id, input.id.toLowerCase())
    assert.equal(made.createdBy, world.first.administrator.principal.id)
    world.clock.advance(60)
    const again = await assign(world, { ...input, description: 'two' })
    assert.equal(again.description, 'two')
    assert.equal(again.createdAt, made.createdAt)
    assert.equal(again.updatedAt, made.createdAt + 60)
    const { length } = await world.vault.roleAssignments.list(world.administrator, input)
    assert.equal(length, 1)
  })

  it('cannot become one of another principal, role or scope', async () => {
    const world = await memoryVault()
    const made = await assign(world, { scope: world.first.vault.resourceId })
    for (const change of [
      { principal: randomUUID() },
      { roleDefinition: READER },
      { scope: '/' },
      { principalType: 'User' as const },
    ]) {
      const { id, principal, roleDefinition, scope } = made
      const changed = assign(world, { id, principal, roleDefinition, scope, ...change })
      await assert.rejects(changed, broken('assignmentFixed'))
    }
  })

  it('is refused where there is one of the same principal, role and scope', async () => {
    const world = await memoryVault()
    const { resourceId } = world.first.vault
    const { id, principal } = await assign(world, { scope: resourceId })
    const again = assign(world, { principal, scope: resourceId.toUpperCase() })
    await assert.rejects(again, (thrown) =>
      isFault(thrown, 'DirectoryObjectExists') && thrown.detail.id === id)
  })

  it('stands only where there is something', async () => {
    const world = await memoryVault()
    const { subscription, resourceGroup } = world.first.tenant
    const { resourceId } = world.first.vault
    const group = `/subscriptions/${subscription}/resourceGroups`
    for (const scope of [
      '/',
      `/subscriptions/${subscription}`,
      `${group}/${resourceGroup.toUpperCase()}`,
      resourceId,
      `${resourceId}/secrets/not-there-yet`,
      `/sessionRoles/${randomUUID()}`,
    ]) {
      assert.equal((await assign(world, { scope })).scope, scope)
    }
    for (const [scope, refused] of [
      [`/subscriptions/${randomUUID()}`, broken('scopeUnknown')],
      ['/providers/Microsoft.Management/managementGroups/all', broken('scopeUnknown')],
      [`${group}/other`, fault('ResourceGroupNotFound')],
      [`${group}/${resourceGroup}/providers/Microsoft.KeyVault/vaults/other`, fault('VaultNotFound')],
      [`${group}/${resourceGroup}/providers/Microsoft.Storage/storageAccounts/x`, broken('scopeUnknown')],
      [`${resourceId}/other/x`, broken('scopeUnknown')],
      ['no-scope', fault('InvalidInput')],
      ['', fault('InvalidInput')],
    ] as const) {
      await assert.rejects(assign(world, { scope }), refused, scope)
    }
    await world.vault.vaults.delete(world.administrator, { vault: 'default' })
    await assert.rejects(assign(world, { scope: resourceId }), fault('VaultNotFound'))
  })

  it('says what its principal is, and does not let that be said otherwise', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    for (const [kind, type] of [
      ['user', 'User'],
      ['group', 'Group'],
      ['application', 'ServicePrincipal'],
      ['managedIdentity', 'ServicePrincipal'],
    ] as const) {
      const { id: principal } = await vault.principals.create(administrator, { kind, displayName: kind })
      assert.equal((await assign(world, { principal, mustBeKnown: true })).principalType, type)
      const wrong = assign(world, { principal, roleDefinition: READER, principalType: 'Device' })
      await assert.rejects(wrong, broken('principalTypeWrong'))
    }
  })

  it('is of somebody unknown only when that is allowed or the type is said', async () => {
    const world = await memoryVault()
    await assert.rejects(assign(world, { mustBeKnown: true }), broken('principalUnknown'))
    const foreign = await assign(world, { mustBeKnown: true, principalType: 'ServicePrincipal' })
    assert.equal(foreign.principalType, 'ServicePrincipal')
    assert.equal((await assign(world)).principalType, undefined)
  })

  it('refuses a role that there is not, and a condition that is not enforced', async () => {
    const world = await memoryVault()
    const unknown = assign(world, { roleDefinition: randomUUID() })
    await assert.rejects(unknown, broken('roleUnknown'))
    const condition = "@Resource[Microsoft.KeyVault/vaults:name] StringEquals 'a'"
    await assert.rejects(assign(world, { condition }), broken('conditionUnsupported'))
  })
})

describe('who may give and take roles', () => {
  it('may do so at the scope of its own role and below, and nowhere else', async () => {
    const world = await memoryVault()
    const { resourceId } = world.first.vault
    for (const role of [ROLE_IDS.owner, RBAC_ADMINISTRATOR, USER_ACCESS_ADMINISTRATOR]) {
      const call = await assigner(world, role)
      const below = await assign(world, { scope: `${resourceId}/secrets/s` }, call)
      const there = await assign(world, { scope: resourceId }, call)
      await assert.rejects(assign(world, { scope: '/' }, call), fault('AccessDenied'))
      const { vault } = world
      await assert.rejects(vault.roleAssignments.delete(call, { id: there.id }), fault('AccessDenied'))
      await vault.roleAssignments.delete(call, below)
      await vault.roleAssignments.delete(call, there)
      const elsewhere = await assign(world)
      await assert.rejects(vault.roleAssignments.delete(call, elsewhere), fault('AccessDenied'))
      const pretended = { id: elsewhere.id, scope: resourceId }
      const missing = fault('DirectoryObjectNotFound')
      await assert.rejects(vault.roleAssignments.delete(call, pretended), missing)
      assert.equal(
        await vault.roleAssignments.delete(call, { ...pretended, mayBeAbsent: true }),
        undefined,
      )
      assert.equal((await vault.roleAssignments.get(world.administrator, elsewhere)).id, elsewhere.id)
    }
  })

  it('is not a contributor, nor an administrator of data', async () => {
    const world = await memoryVault()
    const { resourceId: scope } = world.first.vault
    for (const role of [CONTRIBUTOR, READER, ROLE_IDS.keyVaultAdministrator]) {
      const call = await assigner(world, role)
      await assert.rejects(assign(world, { scope }, call), fault('AccessDenied'))
      const { id } = await assign(world, { scope })
      const taken = world.vault.roleAssignments.delete(call, { id, scope })
      await assert.rejects(taken, fault('AccessDenied'))
    }
  })

  it('gives and takes eight roles alone, as administrator of data access', async () => {
    const world = await memoryVault()
    const { resourceId: scope } = world.first.vault
    const call = await assigner(world, DATA_ACCESS_ADMINISTRATOR)
    const { vault } = world
    await vault.roleAssignments.delete(call, await assign(world, { scope }, call))
    for (const roleDefinition of [ROLE_IDS.owner, DATA_ACCESS_ADMINISTRATOR, READER]) {
      const given = assign(world, { scope, roleDefinition }, call)
      await assert.rejects(given, fault('AccessDenied'))
      const standing = await assign(world, { scope, roleDefinition })
      await assert.rejects(vault.roleAssignments.delete(call, standing), fault('AccessDenied'))
    }
  })

  it('does not step around a condition by another type of a principal that has its role', async () => {
    const world = await memoryVault()
    const { resourceId: scope } = world.first.vault
    const type = 'Microsoft.Authorization/roleAssignments:PrincipalType'
    const condition = `@Request[${type}] StringEqualsIgnoreCase 'User'`
    const call = await assigner(world, RBAC_ADMINISTRATOR, condition)
    const { createdAt: _, createdBy: __, ...kept } = await assign(world, { scope, principalType: 'Group' })
    for (const principalType of ['User', 'Group'] as const) {
      await assert.rejects(assign(world, { ...kept, principalType }, call), fault('AccessDenied'))
    }
    await assert.rejects(assign(world, { ...kept, principalType: 'User' }), broken('assignmentFixed'))
    const { principalType: ___, ...unsaid } = kept
    assert.equal((await assign(world, unsaid)).principalType, 'Group')
    const { id, ...unknown } = await assign(world, { scope })
    const said = { ...unknown, id, principalType: 'User' as const }
    await assert.rejects(assign(world, said, call), fault('AccessDenied'))
    await assert.rejects(assign(world, said), broken('assignmentFixed'))
  })

  it('finds nothing where there is nothing, whatever its condition says', async () => {
    const world = await memoryVault()
    const { vault } = world
    const { resourceId: scope } = world.first.vault
    const call = await assigner(world, DATA_ACCESS_ADMINISTRATOR)
    const absent = { id: randomUUID(), scope, mayBeAbsent: true } as const
    assert.equal(await vault.roleAssignments.delete(call, absent), undefined)
    await assert.rejects(
      vault.roleAssignments.delete(call, { id: absent.id, scope }),
      fault('DirectoryObjectNotFound'),
    )
    const { id } = await assign(world, { roleDefinition: READER, scope })
    await assert.rejects(vault.roleAssignments.delete(call, { id, scope }), fault('AccessDenied'))
    await assert.rejects(
      vault.roleAssignments.delete(world.stranger, absent),
      fault('AccessDenied'),
    )
  })

  it('is held to the condition of its assignment', async () => {
    const world = await memoryVault()
    const { resourceId: scope } = world.first.vault
    const privileged = [ROLE_IDS.owner, RBAC_ADMINISTRATOR, USER_ACCESS_ADMINISTRATOR]
    const clause = (verb: string, source: string): string =>
      `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR ` +
      `(@${source}[${ROLE}] ForAnyOfAllValues:GuidNotEquals {${privileged.join(', ')}}))`
    const condition = `${clause('write', 'Request')} AND ${clause('delete', 'Resource')}`
    const call = await assigner(world, RBAC_ADMINISTRATOR, condition)
    await world.vault.roleAssignments.delete(call, await assign(world, { scope }, call))
    for (const roleDefinition of privileged) {
      const given = assign(world, { scope, roleDefinition }, call)
      await assert.rejects(given, fault('AccessDenied'))
    }
  })
})

describe('what a role assignment stands in', () => {
  it('takes it along when it is gone: a vault of the same name later is another one', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const make = () => vault.vaults.create(administrator, { name: 'short-lived' })
    const { resourceId } = await make()
    const principal = randomUUID()
    const owner = ROLE_IDS.owner
    await assign(world, { principal, roleDefinition: owner, scope: resourceId })
    await assign(world, { principal, scope: `${resourceId}/secrets/s` })
    await vault.vaults.delete(administrator, { vault: 'short-lived' })
    await vault.vaults.recover(administrator, { vault: 'short-lived' })
    await vault.vaults.get(world.callBy(principal), { vault: 'short-lived' })
    await vault.vaults.delete(administrator, { vault: 'short-lived' })
    while (!(await vault.vaults.purge(administrator, { vault: 'short-lived' })).done);
    assert.deepEqual(await vault.roleAssignments.list(administrator, { principal }), [])
    await make()
    const read = vault.vaults.get(world.callBy(principal), { vault: 'short-lived' })
    await assert.rejects(read, fault('AccessDenied'))
  })

  it('is a group as well', async () => {
    const world = await memoryVault()
    const { vault, administrator, first } = world
    await vault.resourceGroups.create(administrator, { name: 'gone', location: 'test' })
    const principal = randomUUID()
    const scope = `/subscriptions/${first.tenant.subscription}/resourceGroups/gone`
    await assign(world, { principal, roleDefinition: ROLE_IDS.owner, scope })
    while (!(await vault.resourceGroups.delete(administrator, { name: 'gone' })).done);
    assert.deepEqual(await vault.roleAssignments.list(administrator, { principal }), [])
  })
})

describe('role assignments at a scope', () => {
  it('are those there, above and below; there and above alone; of one; of one and its groups', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const { resourceId } = world.first.vault
    const group = await vault.principals.create(administrator, { kind: 'group', displayName: 'g' })
    const outer = await vault.principals.create(administrator, { kind: 'group', displayName: 'o' })
    await vault.groups.addMember(administrator, { group: outer.id, member: group.id })
    const app = await vault.principals.create(administrator, { kind: 'application', displayName: 'a' })
    await vault.groups.addMember(administrator, { group: group.id, member: app.id })
    const scope = `/subscriptions/${world.first.tenant.subscription}`
    const above = await assign(world, { principal: app.id, roleDefinition: READER })
    const at = await assign(world, { principal: outer.id, roleDefinition: READER, scope })
    const below = await assign(world, { principal: app.id, roleDefinition: READER, scope: resourceId })
    const select = async (input: object): Promise<readonly string[]> => {
      const { items } = await vault.roleAssignments.select(administrator, { scope, ...input })
      return items.filter((one) => one.roleDefinition === READER).map(({ id }) => id).sort()
    }
    const ids = (...all: readonly RoleAssignment[]): readonly string[] => all.map(({ id }) => id).sort()
    assert.deepEqual(await select({}), ids(above, at, below))
    assert.deepEqual(await select({ isAtScope: true }), ids(above, at))
    assert.deepEqual(await select({ principal: app.id }), ids(above, below))
    assert.deepEqual(await select({ assignedTo: app.id }), ids(above, at, below))
    assert.deepEqual(await select({ assignedTo: app.id, isAtScope: true }), ids(above, at))
  })

  it('come in pages that together are all of them', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const made = new Set<string>()
    for (let at = 0; at < 520; at++) made.add((await assign(world)).id)
    let after: string | undefined
    let pages = 0
    do {
      const input = { scope: '/', ...(after === undefined ? {} : { after }) }
      const page = await vault.roleAssignments.select(administrator, input)
      for (const { id } of page.items) made.delete(id)
      after = page.next
      pages++
    } while (after !== undefined)
    assert.equal(made.size, 0)
    assert.equal(pages, 2)
    const bad = vault.roleAssignments.select(administrator, { scope: '/', after: 'x' })
    await assert.rejects(bad, fault('InvalidInput'))
  })
})
