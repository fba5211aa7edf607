import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { keyKey, type KeyHead } from './key.ts'

const key = { vault: 'default', name: 'k' }
const first = { ...key, first: true } as const

async function worldWith(type: string): Promise<MemoryVault & { readonly made: string }> {
  const world = await memoryVault()
  const { version } = await world.vault.keys.create(world.administrator, { key, type, hsm: false })
  return { ...world, made: version }
}

async function encryptedBy(
  { vault, administrator }: MemoryVault,
  ref: typeof key,
): Promise<string> {
  const plaintext = Secret.fromText('a secret')
  const input = { key: ref, algorithm: 'A256GCM', plaintext } as const
  return (await vault.keys.encrypt(administrator, input)).key.version
}

describe('the first version of a symmetric key', () => {
  it('is the one that it was made with, however often it is rotated', async () => {
    const world = await worldWith('oct')
    const { vault, administrator, made } = world
    assert.equal(await encryptedBy(world, first), made)
    for (let times = 0; times < 2; times++) {
      const { version } = await vault.keys.rotate(administrator, { key })
      assert.equal(await encryptedBy(world, key), version)
      assert.equal(await encryptedBy(world, first), made)
    }
    await vault.keys.update(administrator, { key: { ...key, version: made }, enabled: false })
    await assert.rejects(encryptedBy(world, first), { code: 'ObjectDisabled' })
  })

  it('stays the same through deletion and recovery, and in a backup', async () => {
    const world = await worldWith('oct')
    const { vault, administrator, made } = world
    await vault.keys.rotate(administrator, { key })
    await vault.keys.delete(administrator, { key })
    await vault.keys.recover(administrator, { key })
    assert.equal(await encryptedBy(world, first), made)
    const blob = await vault.keys.backup(administrator, { key })
    await vault.vaults.create(administrator, { name: 'other' })
    await vault.keys.restore(administrator, { vault: 'other', blob: () => blob })
    assert.equal(await encryptedBy(world, { ...first, vault: 'other' }), made)
  })

  it('is the oldest where the key does not say it', async () => {
    const world = await worldWith('oct')
    const { vault, administrator, made, store, seal, clock } = world
    clock.advance(1000)
    await vault.keys.rotate(administrator, { key })
    const unit = new UnitOfWork(store, seal)
    const record = keyKey(world.first.vault, key.name)
    const head = await unit.get<KeyHead>(record)
    assert.ok(head !== undefined)
    const { firstVersion: _, ...older } = head.meta
    unit.put<KeyHead>(record, { meta: older })
    await store.commit(await unit.change([]))
    assert.equal(await encryptedBy(world, first), made)
  })
})

it('a pair of keys is used by its current version, also where the first is asked for', async () => {
  const { vault, administrator } = await worldWith('EC')
  const { version } = await vault.keys.rotate(administrator, { key })
  const input = { key: first, algorithm: 'ES256', message: Buffer.from('a') } as const
  assert.equal((await vault.keys.sign(administrator, input)).key.version, version)
})

it('a rotation policy leaves alone what else a key has', async () => {
  const world = await worldWith('oct')
  const { vault, administrator } = world
  await vault.keys.setDescription(administrator, { key, description: 'for orders' })
  const before = (await vault.keys.describe(administrator, { key })).head
  await vault.keys.setRotationPolicy(administrator, { key, lifetimeActions: [] })
  const { rotationPolicy, ...after } = (await vault.keys.describe(administrator, { key })).head
  assert.ok(rotationPolicy !== undefined)
  assert.deepEqual(after, before)
})
