import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemCall } from '../directory/authenticate-system.ts'
import { isFault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { PURGE_PAGE_RECORDS } from '../purge-page.ts'
import { runDue } from '../scheduler.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { secretVersionKey, type SecretVersion } from './secret.ts'

const secret = { vault: 'other', name: 'Db' }

/** A secret that is known in the whole tenant, in another vault than the home. */
async function withSecret(): Promise<MemoryVault> {
  const world = await memoryVault()
  const { vault, administrator } = world
  await vault.vaults.create(administrator, { name: 'other' })
  await put(world)
  return world
}

async function put({ vault, administrator }: MemoryVault, at = secret): Promise<void> {
  const creation = { inTenant: { home: 'default' } }
  const value = Secret.fromText('one')
  await vault.secrets.putVersion(administrator, { secret: at, value, label: 'v1', creation })
}

const find = ({ vault, first }: MemoryVault, name = 'db'): Promise<string | undefined> =>
  vault.secretFinder.find(first.tenant.id, name)

const entries = ({ contents }: MemoryVault): readonly string[] =>
  [...contents.bodies.keys()].filter((key) => key.includes('/secret-name/'))

describe('the name of a secret in its tenant', () => {
  it('leads to its vault until it is destroyed, deleted or not', async () => {
    const world = await withSecret()
    const { vault, administrator } = world
    assert.equal(await find(world), 'other')
    assert.equal(await find(world, 'DB'), 'other')
    assert.equal(await find(world, 'a/b'), undefined)
    assert.equal(await find(world, 'none'), undefined)
    await vault.secrets.delete(administrator, { secret })
    assert.equal(await find(world), 'other')
    await vault.secrets.recover(administrator, { secret })
    await vault.secrets.set(administrator, { secret, value: Secret.fromText('two') })
    await vault.secrets.delete(administrator, { secret })
    await vault.secrets.purge(administrator, { secret })
    assert.deepEqual(entries(world), [])
  })

  it('is nobody else\'s, and needs no entry in the home vault', async () => {
    const world = await withSecret()
    const { vault, administrator } = world
    await vault.vaults.create(administrator, { name: 'third' })
    for (const container of ['third', 'default']) {
      const again = put(world, { ...secret, vault: container })
      await assert.rejects(again, (thrown) => isFault(thrown, 'ObjectExists'))
    }
    await put(world, { vault: 'default', name: 'home' })
    assert.equal(entries(world).length, 1)
    const taken = put(world, { vault: 'third', name: 'HOME' })
    await assert.rejects(taken, (thrown) => isFault(thrown, 'ObjectExists'))
    await vault.secrets.delete(administrator, { secret: { vault: 'default', name: 'home' } })
    const waiting = put(world, { vault: 'third', name: 'home' })
    await assert.rejects(waiting, (thrown) => isFault(thrown, 'ObjectInDeletedState'))
  })

  it('goes with its vault', async () => {
    const world = await withSecret()
    const { vault, administrator } = world
    await put(world, { vault: 'other', name: 'deleted' })
    await vault.secrets.delete(administrator, { secret: { vault: 'other', name: 'deleted' } })
    await vault.vaults.delete(administrator, { vault: 'other' })
    assert.equal(entries(world).length, 2)
    while (!(await vault.vaults.purge(administrator, { vault: 'other' })).done);
    assert.deepEqual(entries(world), [])
  })

  it('comes back from a backup where it is free', async () => {
    const world = await withSecret()
    const { vault, administrator } = world
    await vault.vaults.create(administrator, { name: 'third' })
    const backup = await vault.secrets.backup(administrator, { secret })
    const blob = (): Uint8Array => backup
    await vault.secrets.restore(administrator, { vault: 'third', blob })
    assert.equal(await find(world), 'other')
    await vault.secrets.destroy(administrator, { secret })
    assert.equal(await find(world), undefined)
    const third = { secret: { ...secret, vault: 'third' } }
    await vault.secrets.destroy(administrator, third)
    await vault.secrets.restore(administrator, { vault: 'third', blob })
    assert.equal(await find(world), 'third')
  })
})

describe('a secret that is destroyed at once', () => {
  it('leaves nothing, though it has very many versions, and the scheduler ends what was begun', async () => {
    const world = await withSecret()
    const { vault, administrator, store, seal, contents } = world
    const { version: current } = await vault.secrets.getStaged(administrator, { secret })
    const record = await (await vault.view()).vaultByName('other')
    assert.ok(record)
    const unit = new UnitOfWork(store, seal)
    for (let count = 0; count < PURGE_PAGE_RECORDS; count++) {
      const version = randomHexId()
      const key = secretVersionKey(record, secret.name, version)
      unit.create<SecretVersion>(key, { meta: { ...current, version } })
    }
    await store.commit(await unit.change([]))
    const { done } = await vault.secrets.destroy(administrator, { secret })
    assert.equal(done, false)
    const reading = vault.secrets.describe(administrator, { secret })
    await assert.rejects(reading, (thrown) => isFault(thrown, 'ObjectNotFound'))
    await assert.rejects(put(world), (thrown) => isFault(thrown, 'ObjectInDeletedState'))
    const { failed } = await runDue(world, vault, (tenant) => systemCall('test', tenant))
    assert.equal(failed, 0)
    const left = [...contents.bodies.keys()].filter((key) => /secret|due/.test(key))
    assert.deepEqual(left, [])
  })

  it('needs both permissions', async () => {
    const world = await withSecret()
    const { vault, administrator, stranger, first } = world
    const { id } = await vault.roles.create(administrator, {
      name: 'purger',
      description: '',
      actions: [],
      notActions: [],
      notDataActions: [],
      dataActions: ['Microsoft.KeyVault/vaults/secrets/purge/action'],
    })
    const { principal } = stranger.caller
    const grant = { principal, roleDefinition: id, scope: '/' }
    await vault.roleAssignments.create(administrator, grant)
    const destroying = vault.secrets.destroy(stranger, { secret })
    await assert.rejects(
      destroying,
      (thrown) =>
        isFault(thrown, 'AccessDenied') &&
        thrown.detail.action === 'Microsoft.KeyVault/vaults/secrets/delete',
    )
    const denial = (await world.audit()).at(-1)
    assert.equal(denial?.properties.missingAction, 'Microsoft.KeyVault/vaults/secrets/delete')
    assert.equal(denial?.tenantId, first.tenant.id)
  })
})
