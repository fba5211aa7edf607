import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemCall } from '../directory/authenticate-system.ts'
import { isFault, type FaultCode } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { PURGE_PAGE_RECORDS } from '../purge-page.ts'
import { runDue } from '../scheduler.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { secretVersionKey, type SecretVersion } from './secret.ts'

const secret = { vault: 'default', name: 'db-password' }
const refused = (code: FaultCode) => (thrown: unknown) => isFault(thrown, code)

/** A deleted secret with more versions than one commit may take, and one that lives beside it. */
async function worldWithMany(): Promise<MemoryVault> {
  const world = await memoryVault()
  const { vault, administrator, store, seal, first } = world
  const value = Secret.fromText('one')
  await vault.secrets.set(administrator, { secret: { ...secret, name: 'db-password-2' }, value })
  const current = await vault.secrets.set(administrator, { secret, value })
  const unit = new UnitOfWork(store, seal)
  for (let count = 0; count < 2 * PURGE_PAGE_RECORDS; count++) {
    const version = randomHexId()
    const key = secretVersionKey(first.vault, secret.name, version)
    unit.create<SecretVersion>(key, { meta: { ...current, version }, secret: value })
  }
  await store.commit(await unit.change([]))
  await vault.secrets.delete(administrator, { secret })
  return world
}

function left({ contents }: MemoryVault): readonly string[] {
  const names = [...contents.bodies.keys()]
  return names.filter((key) => key.includes('/db-password') || key.includes('/due/'))
}

describe('the purge of a secret with very many versions', () => {
  it('takes several commits of a bearable size, and ends with nothing left', async () => {
    const world = await worldWithMany()
    const { vault, administrator, store } = world
    const commit = store.commit.bind(store)
    const sizes: number[] = []
    store.commit = (change) => {
      sizes.push(change.deletes.length + change.puts.length)
      return commit(change)
    }
    while (!(await vault.secrets.purge(administrator, { secret })).done);
    assert.equal(sizes.length, 3)
    assert.ok(Math.max(...sizes) <= PURGE_PAGE_RECORDS + 3, String(sizes))
    assert.deepEqual(left(world).map((key) => key.split('/').slice(3, 5).join('/')), [
      'secret-version/db-password-2',
      'secret/db-password-2',
    ])
  })

  it('cannot be recovered or seen once it has begun', async () => {
    const { vault, administrator } = await worldWithMany()
    assert.deepEqual(await vault.secrets.purge(administrator, { secret }), { done: false })
    for (const act of ['recover', 'getDeleted'] as const) {
      const acting = vault.secrets[act](administrator, { secret })
      await assert.rejects(acting, refused('DeletedObjectNotFound'))
    }
    const value = Secret.fromText('two')
    const setting = vault.secrets.set(administrator, { secret, value })
    await assert.rejects(setting, refused('ObjectInDeletedState'))
  })

  it('is ended by the scheduler at once when the server died in between', async () => {
    const world = await worldWithMany()
    await world.vault.secrets.purge(world.administrator, { secret })
    const { done, failed } = await runDue(world, world.vault, (tenant) => systemCall('test', tenant))
    assert.deepEqual({ done, failed }, { done: 1, failed: 0 })
    assert.equal(left(world).length, 2)
  })
})

describe('the purge of a vault with very many records', () => {
  it('cannot be undone once it has begun, and is ended by the scheduler at once', async () => {
    const world = await worldWithMany()
    const { vault, administrator, contents, first } = world
    await vault.vaults.delete(administrator, { vault: 'default' })
    assert.deepEqual(await vault.vaults.purge(administrator, { vault: 'default' }), { done: false })
    const recovering = vault.vaults.recover(administrator, { vault: 'default' })
    await assert.rejects(recovering, refused('VaultNotFound'))
    const { failed } = await runDue(world, vault, (tenant) => systemCall('test', tenant))
    assert.equal(failed, 0)
    const ofVault = [...contents.bodies.keys()].filter((key) => key.includes(first.vault.id))
    assert.deepEqual(ofVault.filter((key) => key.includes('/v/')), [])
  })
})
