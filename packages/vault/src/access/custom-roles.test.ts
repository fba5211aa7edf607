import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { isFault, type FaultCode } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault } from '../testing/memory-vault.ts'
import { BUILT_IN_ROLES, ROLE_IDS } from './built-in-roles.ts'

const READ_SECRETS = {
  name: 'Secret Reader',
  description: 'Reads secrets.',
  actions: [],
  notActions: [],
  dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
  notDataActions: [],
}

function fault(code: FaultCode): (thrown: unknown) => boolean {
  return (thrown) => isFault(thrown, code)
}

describe('a role of the tenant', () => {
  it('grants what it names where it is assigned, and at once what it is changed to', async () => {
    const world = await memoryVault()
    const { vault, administrator, first } = world
    const secret = { vault: 'default', name: 's' }
    await vault.secrets.set(administrator, { secret, value: Secret.fromText('one') })
    const assignableScopes = [first.vault.resourceId]
    const id = randomUUID()
    const { isNew } = await vault.roles.put(administrator, { ...READ_SECRETS, id, assignableScopes })
    assert.equal(isNew, true)
    const principal = randomUUID()
    const scope = first.vault.resourceId
    await vault.roleAssignments.create(administrator, { principal, roleDefinition: id, scope })
    await vault.secrets.get(world.callBy(principal), { secret })
    const less = { ...READ_SECRETS, id, assignableScopes, dataActions: ['Microsoft.KeyVault/vaults/keys/*'] }
    const again = await vault.roles.put(administrator, less)
    assert.equal(again.isNew, false)
    assert.equal(again.role.createdBy, first.administrator.principal.id)
    await assert.rejects(vault.secrets.get(world.callBy(principal), { secret }), fault('AccessDenied'))
  })

  it('is assigned at its assignable scopes and below alone', async () => {
    const { vault, administrator, first } = await memoryVault()
    const { resourceId } = first.vault
    const role = await vault.roles.create(administrator, { ...READ_SECRETS, assignableScopes: [resourceId] })
    const input = { principal: randomUUID(), roleDefinition: role.id }
    await vault.roleAssignments.create(administrator, { ...input, scope: `${resourceId}/secrets/a` })
    await assert.rejects(
      vault.roleAssignments.create(administrator, { ...input, scope: '/' }),
      (thrown) => isFault(thrown, 'AccessRuleBroken') && thrown.detail.rule === 'roleNotAssignable',
    )
  })

  it('is made and changed by who may do so at each of its scopes, before and after', async () => {
    const world = await memoryVault()
    const { vault, administrator, first } = world
    const { resourceId } = first.vault
    const principal = randomUUID()
    const own = { principal, roleDefinition: ROLE_IDS.owner, scope: resourceId }
    await vault.roleAssignments.create(administrator, own)
    const call = world.callBy(principal)
    const id = randomUUID()
    const here = { ...READ_SECRETS, id, assignableScopes: [resourceId] }
    await vault.roles.put(call, here)
    const denied = fault('AccessDenied')
    await assert.rejects(vault.roles.put(call, { ...here, assignableScopes: [resourceId, '/'] }), denied)
    await vault.roles.put(administrator, { ...here, assignableScopes: ['/'] })
    await assert.rejects(vault.roles.put(call, here), denied)
    await assert.rejects(vault.roles.delete(call, { id, scope: resourceId }), denied)
    assert.equal((await vault.roles.delete(administrator, { id }))?.id, id)
    assert.equal(await vault.roles.delete(administrator, { id }), undefined)
  })

  it('is refused a scope that is none, which does not make the audit grow', async () => {
    const world = await memoryVault()
    const { vault, administrator, stranger } = world
    const made = { ...READ_SECRETS, assignableScopes: [`/${'x'.repeat(100_000)}`] }
    await assert.rejects(vault.roles.create(stranger, made), fault('AccessDenied'))
    await assert.rejects(vault.roles.create(administrator, made), fault('InvalidInput'))
    for (const entry of (await world.audit()).slice(-2)) {
      assert.ok(JSON.stringify(entry).length < 5000)
    }
  })

  it('is shown where it is listed, and nowhere else', async () => {
    const { vault, administrator, callBy, first } = await memoryVault()
    const { resourceId: scope } = first.vault
    await vault.vaults.create(administrator, { name: 'other' })
    const assignableScopes = [scope.replace(/default$/, 'other')]
    const { id } = await vault.roles.create(administrator, { ...READ_SECRETS, assignableScopes })
    const principal = randomUUID()
    const input = { principal, roleDefinition: ROLE_IDS.owner, scope }
    await vault.roleAssignments.create(administrator, input)
    const call = callBy(principal)
    await assert.rejects(vault.roles.get(call, { id, scope }), fault('DirectoryObjectNotFound'))
    assert.equal(await vault.roles.delete(call, { id, scope }), undefined)
    assert.equal((await vault.roles.get(call, { id: ROLE_IDS.owner, scope })).name, 'Owner')
    for (const wide of ['/', `/subscriptions/${first.tenant.subscription}`]) {
      assert.equal((await vault.roles.get(administrator, { id, scope: wide })).id, id)
    }
  })

  it('has a name that no other has, built-in ones among them', async () => {
    const { vault, administrator } = await memoryVault()
    const role = await vault.roles.create(administrator, READ_SECRETS)
    for (const name of ['SECRET reader', 'Owner', 'key vault secrets user']) {
      const made = vault.roles.create(administrator, { ...READ_SECRETS, name })
      await assert.rejects(made, fault('DirectoryObjectExists'), name)
    }
    await vault.roles.put(administrator, { ...READ_SECRETS, id: role.id })
  })

  it('names actions that there are, each in its plane', async () => {
    const { vault, administrator } = await memoryVault()
    for (const change of [
      { actions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'] },
      { dataActions: ['Microsoft.KeyVault/vaults/write'] },
      { notActions: ['Microsoft.Storage/*'] },
      { notDataActions: ['Microsoft.KeyVault/vaults/secrets/getsecrets/action'] },
    ]) {
      await assert.rejects(
        vault.roles.create(administrator, { ...READ_SECRETS, ...change }),
        (thrown) => isFault(thrown, 'AccessRuleBroken') && thrown.detail.rule === 'actionUnknown',
      )
    }
    const wide = { ...READ_SECRETS, actions: ['*'], notActions: ['*/Delete'], dataActions: ['*'] }
    await vault.roles.create(administrator, wide)
    for (const change of [
      { name: '' },
      { name: 'x'.repeat(513) },
      { description: 'x'.repeat(2049) },
      { assignableScopes: [] },
      { actions: ['a b'] },
      { actions: Array.from({ length: 257 }, () => '*') },
    ]) {
      const made = vault.roles.create(administrator, { ...READ_SECRETS, ...change })
      await assert.rejects(made, fault('InvalidInput'))
    }
  })

  it('is not deleted while somebody has it', async () => {
    const { vault, administrator } = await memoryVault()
    const role = await vault.roles.create(administrator, READ_SECRETS)
    const input = { principal: randomUUID(), roleDefinition: role.id, scope: '/' }
    const { id } = await vault.roleAssignments.create(administrator, input)
    await assert.rejects(
      vault.roles.delete(administrator, role),
      (thrown) => isFault(thrown, 'DirectoryObjectInUse') && thrown.detail.usedBy === id,
    )
    await vault.roleAssignments.delete(administrator, { id })
    assert.equal((await vault.roles.delete(administrator, role))?.id, role.id)
  })

  it('is listed where it can be assigned, by its name and by its kind', async () => {
    const { vault, administrator, first } = await memoryVault()
    const { resourceId } = first.vault
    const role = await vault.roles.create(administrator, { ...READ_SECRETS, assignableScopes: [resourceId] })
    const list = async (input: object): Promise<readonly string[]> =>
      (await vault.roles.list(administrator, input)).map(({ id }) => id)
    assert.deepEqual(await list({ kind: 'custom' }), [role.id])
    assert.deepEqual(await list({ kind: 'custom', scope: `${resourceId}/keys/k` }), [role.id])
    assert.deepEqual(await list({ kind: 'custom', scope: '/', isAtScope: true }), [])
    assert.deepEqual(await list({ name: 'secret READER' }), [role.id])
    assert.equal((await list({ kind: 'builtIn' })).length, BUILT_IN_ROLES.size)
  })
})

describe('a built-in role', () => {
  it('is neither changed nor deleted', async () => {
    const { vault, administrator } = await memoryVault()
    const id = ROLE_IDS.owner.toUpperCase()
    const refused = (thrown: unknown): boolean =>
      isFault(thrown, 'AccessRuleBroken') && thrown.detail.rule === 'roleBuiltIn'
    await assert.rejects(vault.roles.put(administrator, { ...READ_SECRETS, id }), refused)
    await assert.rejects(vault.roles.delete(administrator, { id }), refused)
  })
})
