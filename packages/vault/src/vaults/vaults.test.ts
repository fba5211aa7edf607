import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { POLICY_PERMISSIONS } from '../access/permissions.ts'
import { isFault, type FaultCode } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import type { PutVaultInput } from './put-vault.ts'
import { vaultKey, type VaultRecord } from './vault-record.ts'

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'

async function refused(work: Promise<unknown>, code: FaultCode): Promise<void> {
  await assert.rejects(work, (thrown) => isFault(thrown, code))
}

function whole(name: string, more: Partial<PutVaultInput> = {}): PutVaultInput {
  return {
    name,
    resourceGroup: 'default',
    location: 'test',
    accessPolicies: [],
    newAuthorization: 'rbac',
    ...more,
  }
}

async function namesOf(
  { vault, administrator }: MemoryVault,
  input: Parameters<MemoryVault['vault']['vaults']['select']>[1],
): Promise<readonly string[]> {
  return (await vault.vaults.select(administrator, input)).items.map(({ name }) => name)
}

describe('a vault that is put as a whole', () => {
  it('is made, and the second time has what is given in the place of what it had', async () => {
    const { vault, administrator } = await memoryVault()
    const networkAcls = {
      bypass: 'None',
      defaultAction: 'Deny',
      ipRules: ['192.0.2.1', '2001:db8::/32'],
      virtualNetworkRules: [{ id: '/subscriptions/a/subnets/b' }],
    } as const
    const made = await vault.vaults.put(administrator, whole('mine', {
      tags: { a: 'b' },
      sku: 'premium',
      enabledForDeployment: true,
      networkAcls,
      publicNetworkAccess: 'Enabled',
      newAuthorization: 'accessPolicies',
      retentionDays: 7,
      purgeProtection: true,
    }))
    assert.equal(made.isNew, true)
    assert.equal(made.vault.authorization, 'accessPolicies')
    assert.deepEqual(made.vault.networkAcls?.ipRules, ['192.0.2.1/32', '2001:db8::/32'])
    const { vault: again, isNew } = await vault.vaults.put(administrator, whole('MINE', { tags: { c: 'd' } }))
    assert.equal(isNew, false)
    assert.equal(again.name, 'mine')
    assert.deepEqual(again.tags, { c: 'd' })
    for (const gone of ['sku', 'enabledForDeployment', 'networkAcls', 'publicNetworkAccess'] as const) {
      assert.equal(again[gone], undefined)
    }
    assert.equal(again.authorization, 'accessPolicies')
    assert.equal(again.retentionDays, 7)
    assert.equal(again.purgeProtection, true)
  })

  it('stays in its group and location, and never takes the name of another', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await vault.resourceGroups.create(administrator, { name: 'other', location: 'test' })
    await refused(vault.vaults.put(administrator, whole('default', { location: 'x' })), 'VaultElsewhere')
    await refused(
      vault.vaults.put(administrator, whole('default', { resourceGroup: 'other' })),
      'VaultExists',
    )
    await refused(
      vault.vaults.put(administrator, whole('new', { resourceGroup: 'none' })),
      'ResourceGroupNotFound',
    )
    await vault.vaults.delete(administrator, { vault: 'default' })
    await assert.rejects(vault.vaults.put(administrator, whole('default')), (thrown) =>
      isFault(thrown, 'VaultExists') && thrown.detail.deleted === true,
    )
  })

  it('has a resource id with the name of its group as that was given', async () => {
    const { vault, administrator } = await memoryVault()
    await vault.resourceGroups.create(administrator, { name: 'Mine', location: 'test' })
    const { vault: made } = await vault.vaults.put(administrator, whole('one', { resourceGroup: 'MINE' }))
    assert.match(made.resourceId, /\/resourceGroups\/Mine\//)
  })

  it('refuses what no vault can have', async () => {
    const { vault, administrator } = await memoryVault()
    const acls = { bypass: 'None', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] } as const
    const policy = { principal: randomUUID(), permissions: { keys: ['get'] } }
    const bad: readonly Partial<PutVaultInput>[] = [
      { name: 'a' }, { name: '1abc' }, { name: 'a--b' }, { name: 'abc-' }, { name: 'a'.repeat(25) },
      { retentionDays: 6 }, { retentionDays: 91 }, { retentionDays: 7.5 },
      { location: '' }, { tags: { a: 'x'.repeat(257) } },
      { networkAcls: { ...acls, ipRules: ['192.0.2'] } },
      { networkAcls: { ...acls, ipRules: ['192.0.2.0/33'] } },
      { networkAcls: { ...acls, ipRules: Array.from({ length: 1001 }, () => '192.0.2.1') } },
      { networkAcls: { ...acls, virtualNetworkRules: [{ id: 'a' }] } },
      { accessPolicies: [{ ...policy, permissions: { keys: ['fly'] } }] },
      { accessPolicies: [{ ...policy, principal: 'me' }] },
      { accessPolicies: Array.from({ length: 1025 }, () => policy) },
    ]
    for (const one of bad) {
      await refused(vault.vaults.put(administrator, whole('valid', one)), 'InvalidInput')
    }
  })
})

describe('a change of a vault', () => {
  it('touches nothing but what is given', async () => {
    const { vault, administrator } = await memoryVault()
    await vault.vaults.put(administrator, whole('mine', { tags: { a: 'b' }, enabledForDeployment: true }))
    const changed = await vault.vaults.update(administrator, { vault: 'mine', sku: 'premium' })
    assert.deepEqual(changed.tags, { a: 'b' })
    assert.equal(changed.enabledForDeployment, true)
    assert.equal(changed.sku, 'premium')
  })

  it('never turns purge protection off nor gives another retention', async () => {
    const { vault, administrator } = await memoryVault()
    await vault.vaults.update(administrator, { vault: 'default', purgeProtection: true, retentionDays: 90 })
    const off = { vault: 'default', purgeProtection: false }
    await refused(vault.vaults.update(administrator, off), 'InvalidInput')
    await refused(vault.vaults.update(administrator, { vault: 'default', retentionDays: 30 }), 'InvalidInput')
  })

  it('adds, removes and replaces access policies, of every permission there is', async () => {
    const { vault, administrator } = await memoryVault()
    const [one, other] = [randomUUID(), randomUUID()]
    const change = async (
      how: 'add' | 'replace' | 'remove',
      ...policies: Parameters<typeof vault.vaults.changeAccessPolicies>[1]['policies']
    ): Promise<VaultRecord['accessPolicies']> => {
      const input = { vault: 'default', change: how, policies }
      return (await vault.vaults.changeAccessPolicies(administrator, input)).accessPolicies
    }
    const all = { principal: one.toUpperCase(), permissions: POLICY_PERMISSIONS }
    const [added] = await change('add', all)
    assert.equal(added?.principal, one)
    assert.deepEqual(added?.permissions, POLICY_PERMISSIONS)
    await change('replace', { principal: one, permissions: { secrets: ['Get'] } })
    const [joined, second] = await change(
      'add',
      { principal: one, permissions: { secrets: ['get', 'list'], keys: ['get'] } },
      { principal: other, appId: one, permissions: { keys: ['get'] } },
    )
    assert.deepEqual(joined?.permissions.secrets, ['Get', 'list'])
    assert.equal(second?.appId, one)
    const left = await change(
      'remove',
      { principal: one, permissions: { secrets: ['GET', 'list'] } },
      { principal: other, appId: one, permissions: { keys: ['get'] } },
    )
    assert.deepEqual(left.map(({ principal }) => principal), [one])
    const many = Array.from({ length: 1024 }, () => ({
      principal: randomUUID(),
      permissions: { keys: ['get'] },
    }))
    await refused(change('add', ...many), 'InvalidInput')
    assert.equal((await change('replace', ...many)).length, 1024)
  })
})

describe('lists of vaults', () => {
  it('come in pages, of the subscription, of a group, and by tag', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await vault.resourceGroups.create(administrator, { name: 'mine', location: 'test' })
    for (const name of ['aaa', 'bbb', 'ccc']) {
      await vault.vaults.create(administrator, { name, resourceGroup: 'mine', tags: { Kind: name } })
    }
    await vault.vaults.create(administrator, { name: 'gone', resourceGroup: 'mine' })
    await vault.vaults.delete(administrator, { vault: 'gone' })
    assert.deepEqual(await namesOf(world, {}), ['aaa', 'bbb', 'ccc', 'default'])
    assert.deepEqual(await namesOf(world, { resourceGroup: 'MINE' }), ['aaa', 'bbb', 'ccc'])
    assert.deepEqual(await namesOf(world, { resourceGroup: 'default' }), ['default'])
    assert.deepEqual(await namesOf(world, { resourceGroup: 'none' }), [])
    assert.deepEqual(await namesOf(world, { tag: { name: 'kind', value: 'BBB' } }), ['bbb'])
    assert.deepEqual(await namesOf(world, { tag: { name: 'kind' } }), ['aaa', 'bbb', 'ccc'])
    for (const where of [{}, { resourceGroup: 'mine' }]) {
      const first = await vault.vaults.select(administrator, { ...where, maximumResults: 2 })
      assert.equal(first.next, 'bbb')
      const second = await vault.vaults.select(administrator, { ...where, after: first.next })
      assert.equal(second.items[0]?.name, 'ccc')
      assert.equal(second.next, undefined)
    }
    await refused(vault.vaults.select(administrator, { after: '../x' }), 'InvalidInput')
    await refused(vault.vaults.select(administrator, { maximumResults: 0 }), 'InvalidInput')
    const deleted = await vault.vaults.selectDeleted(administrator, {})
    assert.deepEqual(deleted.items.map(({ name }) => name), ['gone'])
    const place = { vault: 'gone', location: 'Test' }
    assert.equal((await vault.vaults.getDeleted(administrator, place)).name, 'gone')
    for (const elsewhere of [{ ...place, location: 'x' }, { ...place, vault: 'aaa' }]) {
      await refused(vault.vaults.getDeleted(administrator, elsewhere), 'VaultNotFound')
    }
  })

  it('show what the caller may read and nothing else', async () => {
    const world = await memoryVault()
    const { vault, administrator, callBy, stranger } = world
    const mine = await vault.vaults.create(administrator, { name: 'mine' })
    const principal = randomUUID()
    const role = { principal, roleDefinition: READER, scope: mine.resourceId }
    await vault.roleAssignments.create(administrator, role)
    const reader = callBy(principal)
    const seen = await vault.vaults.select(reader, {})
    assert.deepEqual(seen.items.map(({ name }) => name), ['mine'])
    await refused(vault.vaults.select(stranger, {}), 'AccessDenied')
    await refused(vault.vaults.get(reader, { vault: 'default' }), 'AccessDenied')
  })

  it('give records of the time before groups with what they lack left out', async () => {
    const world = await memoryVault()
    const { vault, administrator, store, seal, first } = world
    const { tags: _, ...record } = first.vault
    const unit = new UnitOfWork(store, seal)
    const key = vaultKey(first.tenant.id, 'default')
    await unit.get(key)
    unit.put<VaultRecord>(key, { meta: record })
    await store.commit(await unit.change([]))
    assert.deepEqual(await namesOf(world, { resourceGroup: 'default' }), ['default'])
    const changed = await vault.vaults.update(administrator, { vault: 'default', tags: { a: 'b' } })
    assert.deepEqual(changed.tags, { a: 'b' })
  })
})

describe('the name of a vault', () => {
  it('is available, invalid, or taken, also by a deleted vault', async () => {
    const { vault, administrator } = await memoryVault()
    const stateOf = async (name: string): Promise<string> =>
      (await vault.vaults.checkName(administrator, { name })).state
    assert.equal(await stateOf('fresh'), 'available')
    assert.equal(await stateOf('a--b'), 'invalid')
    assert.equal(await stateOf('Default'), 'taken')
    await vault.vaults.delete(administrator, { vault: 'default' })
    assert.equal(await stateOf('default'), 'taken')
    assert.deepEqual(await vault.vaults.getPurgeProgress(administrator, { vault: 'default' }), { done: true })
  })
})
