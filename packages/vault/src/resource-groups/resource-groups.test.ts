import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Call } from '../access/caller.ts'
import { isFault, type FaultCode } from '../fault.ts'
import { prefixOf } from '../store/record-key.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'

const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
const location = 'test'

async function refused(work: Promise<unknown>, code: FaultCode): Promise<void> {
  await assert.rejects(work, (thrown) => isFault(thrown, code))
}

function groupScope({ first }: MemoryVault, name: string): string {
  return `/subscriptions/${first.tenant.subscription}/resourceGroups/${name}`
}

/** Somebody who contributes to one group and has nothing else. */
async function contributorTo(world: MemoryVault, group: string): Promise<Call> {
  const { vault, administrator, callBy } = world
  const made = { kind: 'application', displayName: group } as const
  const { id: principal } = await vault.principals.create(administrator, made)
  const scope = groupScope(world, group)
  const role = { principal, roleDefinition: CONTRIBUTOR, scope }
  await vault.roleAssignments.create(administrator, role)
  return callBy(principal)
}

describe('resource groups', () => {
  it('begin with that of the tenant, where its first vault is', async () => {
    const { vault, administrator, first } = await memoryVault()
    const [group, ...others] = await vault.resourceGroups.list(administrator, {})
    assert.equal(group?.name, first.tenant.resourceGroup)
    assert.equal(group?.location, 'test')
    assert.deepEqual(others, [])
  })

  it('are made, found in any case, given other tags, and deleted', async () => {
    const { vault, administrator } = await memoryVault()
    const input = { name: 'Mine(1)', location: 'West Europe', tags: { a: 'b' } }
    const { group, isNew } = await vault.resourceGroups.create(administrator, input)
    assert.equal(isNew, true)
    assert.equal(group.location, 'westeurope')
    assert.equal((await vault.resourceGroups.get(administrator, { name: 'mine(1)' })).name, 'Mine(1)')
    const again = await vault.resourceGroups.create(administrator, { ...input, name: 'MINE(1)', tags: {} })
    assert.deepEqual(again, { group: { ...group, tags: {} }, isNew: false })
    const updated = await vault.resourceGroups.update(administrator, { name: 'mine(1)', tags: { c: 'd' } })
    assert.deepEqual(updated.tags, { c: 'd' })
    assert.equal((await vault.resourceGroups.delete(administrator, { name: 'mine(1)' })).done, true)
    await refused(vault.resourceGroups.get(administrator, { name: 'Mine(1)' }), 'ResourceGroupNotFound')
    await refused(vault.resourceGroups.delete(administrator, { name: 'Mine(1)' }), 'ResourceGroupNotFound')
  })

  it('stay where they are, and have names and tags within limits', async () => {
    const { vault, administrator } = await memoryVault()
    await vault.resourceGroups.create(administrator, { name: 'here', location })
    const elsewhere = { name: 'here', location: 'elsewhere' }
    await refused(vault.resourceGroups.create(administrator, elsewhere), 'ResourceGroupElsewhere')
    for (const name of ['', 'a.', 'a b', 'a/b', 'ä', 'a'.repeat(91)]) {
      await refused(vault.resourceGroups.create(administrator, { name, location }), 'InvalidInput')
      await refused(vault.resourceGroups.get(administrator, { name }), 'InvalidInput')
    }
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, '']))
    for (const tags of [many, { a: 'x'.repeat(257) }, { ['x'.repeat(513)]: '' }]) {
      await refused(vault.resourceGroups.create(administrator, { name: 'a', location, tags }), 'InvalidInput')
    }
    await refused(vault.resourceGroups.create(administrator, { name: 'a', location: 'a/b' }), 'InvalidInput')
  })

  it('hold the vaults made in them, under resource ids that name them', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await refused(
      vault.vaults.create(administrator, { name: 'extra', resourceGroup: 'mine' }),
      'ResourceGroupNotFound',
    )
    await vault.resourceGroups.create(administrator, { name: 'mine', location: 'there' })
    const made = await vault.vaults.create(administrator, { name: 'extra', resourceGroup: 'mine' })
    const id = `${groupScope(world, 'mine')}/providers/Microsoft.KeyVault/vaults/extra`
    assert.equal(made.resourceId, id)
    assert.equal(made.location, 'there')
  })

  it('take their vaults with them, even one that is protected, and it waits for its group', async () => {
    const { vault, administrator } = await memoryVault()
    await vault.resourceGroups.create(administrator, { name: 'mine', location })
    const safe = { name: 'safe', resourceGroup: 'mine', purgeProtection: true }
    await vault.vaults.create(administrator, safe)
    await vault.resourceGroups.delete(administrator, { name: 'mine' })
    assert.notEqual((await vault.vaults.get(administrator, { vault: 'safe' })).deleted, undefined)
    await refused(vault.vaults.purge(administrator, { vault: 'safe' }), 'PurgeProtected')
    await refused(vault.vaults.recover(administrator, { vault: 'safe' }), 'ResourceGroupNotFound')
    await vault.resourceGroups.create(administrator, { name: 'mine', location })
    await refused(vault.vaults.create(administrator, safe), 'VaultExists')
    await vault.vaults.recover(administrator, { vault: 'safe' })
    await vault.resourceGroups.delete(administrator, { name: 'mine' })
    assert.notEqual((await vault.vaults.get(administrator, { vault: 'safe' })).deleted, undefined)
  })

  it('with very many vaults go in several calls and stay until the last', async () => {
    const { vault, administrator } = await memoryVault()
    await vault.resourceGroups.create(administrator, { name: 'mine', location })
    for (let index = 0; index < 101; index++) {
      await vault.vaults.create(administrator, { name: `v${index}x`, resourceGroup: 'mine' })
    }
    assert.equal((await vault.resourceGroups.delete(administrator, { name: 'mine' })).done, false)
    assert.equal((await vault.resourceGroups.get(administrator, { name: 'mine' })).name, 'mine')
    assert.equal((await vault.resourceGroups.delete(administrator, { name: 'mine' })).done, true)
    const left = await vault.vaults.list(administrator, {})
    assert.equal(left.filter(({ deleted }) => deleted === undefined).length, 1)
  })

  it('of a store that has no record of the first one have it all the same, until it is deleted', async () => {
    const { vault, administrator, store, seal, first } = await memoryVault()
    const unit = new UnitOfWork(store, seal)
    for (const noun of ['resource-group', 'group-vault']) {
      for (const key of await unit.claimAll(prefixOf(first.tenant.id, noun))) unit.delete(key)
    }
    await store.commit(await unit.change([]))
    const name = first.tenant.resourceGroup
    assert.equal((await vault.resourceGroups.get(administrator, { name })).location, 'test')
    assert.equal((await vault.resourceGroups.list(administrator, {})).length, 1)
    await vault.vaults.create(administrator, { name: 'extra' })
    await vault.resourceGroups.delete(administrator, { name })
    await refused(vault.resourceGroups.get(administrator, { name }), 'ResourceGroupNotFound')
    assert.deepEqual(await vault.resourceGroups.list(administrator, {}), [])
    await refused(vault.vaults.create(administrator, { name: 'another' }), 'ResourceGroupNotFound')
    const left = await vault.vaults.list(administrator, {})
    assert.ok(left.every(({ deleted }) => deleted !== undefined))
    await vault.resourceGroups.create(administrator, { name, location: 'anywhere' })
    await vault.vaults.create(administrator, { name: 'another' })
  })

  it('that a caller may not read are not listed; who may read none is refused', async () => {
    const world = await memoryVault()
    const { vault, administrator, stranger } = world
    for (const name of ['one', 'two']) {
      await vault.resourceGroups.create(administrator, { name, location })
    }
    const contributor = await contributorTo(world, 'One')
    const seen = await vault.resourceGroups.list(contributor, {})
    assert.deepEqual(seen.map(({ name }) => name), ['one'])
    await refused(vault.resourceGroups.get(contributor, { name: 'two' }), 'AccessDenied')
    await refused(vault.resourceGroups.list(stranger, {}), 'AccessDenied')
    const last = (await world.audit()).findLast(({ operationName }) => operationName === 'ResourceGroupList')
    assert.equal(last?.resultDescription, 'AccessDenied')
  })

  it('let those make vaults who may write in them, and nowhere else', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await vault.resourceGroups.create(administrator, { name: 'one', location })
    const contributor = await contributorTo(world, 'one')
    await vault.vaults.create(contributor, { name: 'extra', resourceGroup: 'one' })
    await refused(vault.vaults.create(contributor, { name: 'other' }), 'AccessDenied')
    await refused(
      vault.vaults.create(contributor, { name: 'other', resourceGroup: 'two' }),
      'AccessDenied',
    )
  })

  it('take roles with them when they go, and so does a vault when it is purged', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const group = { name: 'one', location }
    const extra = { name: 'extra', resourceGroup: 'one' }
    await vault.resourceGroups.create(administrator, group)
    const { resourceId } = await vault.vaults.create(administrator, extra)
    await vault.vaults.create(administrator, { ...extra, name: 'extra2' })
    const contributor = await contributorTo(world, 'one')
    const { principal } = contributor.caller
    for (const scope of [resourceId.toUpperCase(), `${resourceId}/keys/a`, `${resourceId}2`]) {
      await vault.roleAssignments.create(administrator, { principal, roleDefinition: CONTRIBUTOR, scope })
    }
    const scopes = async (): Promise<readonly string[]> =>
      (await vault.roleAssignments.list(administrator, { principal })).map(({ scope }) => scope).sort()
    await vault.vaults.delete(administrator, { vault: 'extra' })
    assert.equal((await scopes()).length, 4)
    await vault.resourceGroups.delete(administrator, { name: 'one' })
    assert.equal((await scopes()).length, 3)
    await vault.vaults.purge(administrator, { vault: 'extra' })
    assert.deepEqual(await scopes(), [`${resourceId}2`])
    await vault.resourceGroups.create(administrator, group)
    await refused(vault.vaults.create(contributor, extra), 'AccessDenied')
  })
})
