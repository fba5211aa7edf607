import assert from 'node:assert/strict'
import { test } from 'node:test'
import { touchEpochOf } from './directory/touch-epoch.ts'
import { Secret } from './seal/secret.ts'
import { memoryVault, type MemoryVault } from './testing/memory-vault.ts'
import { UnitOfWork } from './unit-of-work.ts'

const OTHER = '11111111-1111-4111-8111-111111111111'

/** Makes a change of access in a tenant just before the first commit of a secret; counts its tries. */
function changeBefore({ store, seal }: MemoryVault, tenant: string): readonly number[] {
  const tries: number[] = []
  const commit = store.commit.bind(store)
  store.commit = async (change) => {
    const isOfSecret = change.puts.length > 1
    if (isOfSecret) tries.push(tries.length + 1)
    if (isOfSecret && tries.length === 1) {
      const unit = new UnitOfWork(store, seal)
      await touchEpochOf(unit, tenant)
      await commit(await unit.change([]))
    }
    await commit(change)
  }
  return tries
}

const secret = { vault: 'default', name: 's' }
const value = (): Secret => Secret.fromText('v')

test('what changes in another tenant makes no change begin anew', async () => {
  const world = await memoryVault()
  const tries = changeBefore(world, OTHER)
  await world.vault.secrets.set(world.administrator, { secret, value: value() })
  assert.deepEqual(tries, [1])
})

test('what changes in its own tenant does, so that nothing is decided under what is over', async () => {
  const world = await memoryVault()
  const tries = changeBefore(world, world.first.tenant.id)
  await world.vault.secrets.set(world.administrator, { secret, value: value() })
  assert.deepEqual(tries, [1, 2])
})
