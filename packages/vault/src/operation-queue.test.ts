import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFault } from './fault.ts'
import { Secret } from './seal/secret.ts'
import { memoryVault } from './testing/memory-vault.ts'
import { openVault } from './vault.ts'

const secret = { vault: 'default', name: 'contested' }

test('who is denied waits for nobody, and nobody waits for who is denied', async () => {
  const world = await memoryVault()
  const { vault, store, administrator, stranger } = world
  const commit = store.commit.bind(store)
  const disk = Promise.withResolvers<void>()
  const reached = Promise.withResolvers<void>()
  store.commit = async (change) => {
    if (change.puts.length > 0) {
      reached.resolve()
      await disk.promise
    }
    await commit(change)
  }
  const set = vault.secrets.set(administrator, { secret, value: Secret.fromText('1') })
  await reached.promise
  // The owner's change is still on its way to the disk; it would be first in the queue.
  for (let time = 0; time < 3; time += 1) {
    await assert.rejects(
      vault.secrets.set(stranger, { secret, value: Secret.fromText('2') }),
      (thrown) => isFault(thrown, 'AccessDenied'),
    )
  }
  disk.resolve()
  await set
  const denied = (await world.audit()).filter(({ resultDescription }) => resultDescription === 'AccessDenied')
  assert.equal(denied.length, 3)
})

test('changes of one secret by those who may make them all land, one after the other', async () => {
  const { vault, administrator, identity } = await memoryVault()
  const calls = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? administrator : identity))
  await Promise.all(
    calls.map((call, n) => vault.secrets.set(call, { secret, value: Secret.fromText(String(n)) })),
  )
  const versions = await vault.secrets.listVersions(administrator, secret)
  assert.equal(versions.items.length, 20)
})

test('changes of the control plane all land, of however many vaults and in several processes', async () => {
  const { vault, administrator, store, seal, clock, provider } = await memoryVault()
  const another = openVault({ store, seal, clock, provider })
  await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      (n % 2 === 0 ? vault : another).vaults.create(administrator, { name: `v${n}x` }),
    ),
  )
  assert.equal((await vault.vaults.list(administrator, {})).length, 101)
})
