import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemCall } from '../directory/authenticate-system.ts'
import type { AuditEntry } from '../audit/entry.ts'
import { runDue } from '../scheduler.ts'
import { epochSeconds } from '../time.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import type { LifetimeAction } from './rotation-policy.ts'

const DAY = 86_400
const key = { vault: 'default', name: 'k' }

interface Tick {
  readonly done: number
  readonly failed: number
}

async function tick({ store, seal, clock, vault }: MemoryVault): Promise<Tick> {
  const ports = { store, seal, clock }
  // The key that signs tokens is replaced by the same run; that is not counted here.
  const { done, failed } = await runDue(ports, vault, (tenant) => systemCall('scheduler', tenant))
  return { done, failed }
}

const NOTHING: Tick = { done: 0, failed: 0 }
const ONE: Tick = { done: 1, failed: 0 }

async function ruled(
  actions: readonly LifetimeAction[],
  expiryTime?: string,
  expiresAfterDays?: number,
): Promise<MemoryVault> {
  const world = await memoryVault()
  const { vault, administrator, clock } = world
  const expires = expiresAfterDays === undefined ? {} : { expires: epochSeconds(clock) + expiresAfterDays * DAY }
  await vault.keys.create(administrator, { key, type: 'EC', hsm: true, tags: { a: 'b' }, keyOperations: ['sign'], ...expires })
  const rules = { lifetimeActions: actions, ...(expiryTime === undefined ? {} : { expiryTime }) }
  await vault.keys.setRotationPolicy(administrator, { key, ...rules })
  return world
}

async function versions({ vault, administrator }: MemoryVault): Promise<number> {
  return (await vault.keys.listVersions(administrator, key)).items.length
}

async function entries(world: MemoryVault, name: string): Promise<readonly AuditEntry[]> {
  return (await world.audit()).filter(({ operationName }) => operationName === name)
}

const dues = ({ contents }: MemoryVault): readonly string[] =>
  [...contents.bodies.keys()].filter((one) => one.includes('/due/'))

describe('a rotation', () => {
  it('makes a version like the one before, enabled and valid for as long as the policy says', async () => {
    const world = await ruled([], 'P90D')
    const { vault, administrator, clock } = world
    await vault.keys.update(administrator, { key, enabled: false, expires: epochSeconds(clock) + 5 * DAY })
    const before = await vault.keys.get(administrator, { key })
    clock.advance(10)
    const after = await vault.keys.rotate(administrator, { key })
    assert.notEqual(after.version, before.version)
    assert.notDeepEqual(after.publicKey, before.publicKey)
    const { spec, hsm, keyOperations, tags } = before
    assert.deepEqual(
      { spec: after.spec, hsm: after.hsm, keyOperations: after.keyOperations, tags: after.tags },
      { spec, hsm, keyOperations, tags },
    )
    assert.equal(after.enabled, true)
    assert.equal(after.created, epochSeconds(clock))
    assert.equal(after.expires, epochSeconds(clock) + 90 * DAY)
  })

  it('gives no expiry when the policy has none', async () => {
    const { vault, administrator } = await ruled([])
    assert.equal((await vault.keys.rotate(administrator, { key })).expires, undefined)
  })
})

describe('a rotation of a key that was imported', () => {
  it('makes one of the same length, also where none of that length can be asked for', async () => {
    const { vault, administrator } = await memoryVault()
    for (const bytes of [20, 48, 64]) {
      const numbers = { kty: 'oct', k: new Uint8Array(bytes).fill(7) } as const
      await vault.keys.import(administrator, { key, numbers, hsm: false })
      const { spec, keyOperations } = await vault.keys.rotate(administrator, { key })
      assert.deepEqual(spec, { type: 'oct', bits: bytes * 8 })
      assert.deepEqual(keyOperations, ['sign', 'verify'])
    }
  })
})

describe('the scheduler', () => {
  it('rotates by age, again and again, and is audited as the server itself', async () => {
    const world = await ruled([{ type: 'Rotate', timeAfterCreate: 'P10D' }])
    world.clock.advance(10 * DAY - 1)
    assert.deepEqual(await tick(world), NOTHING)
    world.clock.advance(1)
    assert.deepEqual(await tick(world), ONE)
    assert.deepEqual(await tick(world), NOTHING)
    world.clock.advance(10 * DAY)
    assert.deepEqual(await tick(world), ONE)
    assert.equal(await versions(world), 3)
    const found = await entries(world, 'KeyRotateIfDue')
    assert.equal(found.length, 2)
    assert.equal(found[0]?.properties.decidedBy, 'system')
    assert.match(found[0]?.properties.id ?? '', /^keys\/k\/[0-9a-f]{32}$/)
  })

  it('rotates before expiry, counted by the calendar', async () => {
    const world = await ruled([{ type: 'Rotate', timeBeforeExpiry: 'P1M' }], 'P1Y')
    const { vault, administrator, clock } = world
    // 2026-01-01: the first version has no expiry, so the rule begins with the first rotation.
    clock.advance(364 * DAY)
    assert.deepEqual(await tick(world), NOTHING)
    await vault.keys.rotate(administrator, { key }) // 2026-12-31, expires 2027-12-31
    clock.advance(334 * DAY - 1) // 2027-11-30 is one month before
    const early = (await entries(world, 'KeyRotateIfDue')).length
    await tick(world)
    assert.equal((await entries(world, 'KeyRotateIfDue')).length, early)
    clock.advance(1)
    await tick(world)
    assert.equal((await entries(world, 'KeyRotateIfDue')).length, early + 1)
    assert.equal(await versions(world), 3)
  })

  it('starts the age anew when somebody rotates by hand', async () => {
    const world = await ruled([{ type: 'Rotate', timeAfterCreate: 'P10D' }])
    world.clock.advance(9 * DAY)
    await world.vault.keys.rotate(world.administrator, { key })
    world.clock.advance(5 * DAY)
    assert.deepEqual(await tick(world), NOTHING)
    world.clock.advance(5 * DAY)
    assert.deepEqual(await tick(world), ONE)
  })

  it('leaves a key alone while it is disabled, and catches up when it is enabled again', async () => {
    const world = await ruled([{ type: 'Rotate', timeAfterCreate: 'P10D' }])
    const { vault, administrator, clock } = world
    await vault.keys.update(administrator, { key, enabled: false })
    clock.advance(20 * DAY)
    assert.deepEqual(await tick(world), NOTHING)
    await vault.keys.update(administrator, { key, enabled: true })
    assert.deepEqual(await tick(world), ONE)
  })

  it('leaves a deleted key alone and goes on when it is recovered', async () => {
    const world = await ruled([{ type: 'Rotate', timeAfterCreate: 'P10D' }])
    const { vault, administrator, clock } = world
    await vault.keys.delete(administrator, { key })
    clock.advance(20 * DAY)
    assert.deepEqual(await tick(world), NOTHING)
    await vault.keys.recover(administrator, { key })
    assert.deepEqual(await tick(world), ONE)
    assert.equal(await versions(world), 2)
  })

  it('forgets a rule that was taken back', async () => {
    const world = await ruled([{ type: 'Rotate', timeAfterCreate: 'P10D' }])
    await world.vault.keys.setRotationPolicy(world.administrator, { key, lifetimeActions: [] })
    world.clock.advance(20 * DAY)
    assert.deepEqual(await tick(world), NOTHING)
    assert.deepEqual(dues(world), [])
  })

  it('notifies once before expiry, as the standard policy has it', async () => {
    const world = await memoryVault()
    const { vault, administrator, clock } = world
    const expires = epochSeconds(clock) + 60 * DAY
    await vault.keys.create(administrator, { key, type: 'EC', hsm: false, expires })
    clock.advance(30 * DAY - 1)
    assert.deepEqual(await tick(world), NOTHING)
    clock.advance(1)
    assert.deepEqual(await tick(world), ONE)
    await vault.keys.update(administrator, { key, tags: { a: 'b' } })
    assert.deepEqual(await tick(world), NOTHING)
    const found = await entries(world, 'KeyNearExpiryEventGridNotification')
    assert.equal(found.length, 1)
    assert.match(found[0]?.properties.id ?? '', /^keys\/k\/[0-9a-f]{32}$/)
    await vault.keys.update(administrator, { key, expires: expires + DAY })
    clock.advance(DAY)
    assert.deepEqual(await tick(world), ONE)
  })

  it('purges a deleted key when the retention is over, and leaves nothing to do', async () => {
    const world = await ruled([{ type: 'Rotate', timeAfterCreate: 'P10D' }], 'P90D', 60)
    await world.vault.keys.delete(world.administrator, { key })
    world.clock.advance(90 * DAY)
    assert.deepEqual(await tick(world), ONE)
    assert.deepEqual(dues(world), [])
    const entry = (await entries(world, 'KeyPurge')).at(-1)
    assert.equal(entry?.properties.decidedBy, 'system')
  })

  it('drops a task whose key is gone', async () => {
    const world = await ruled([{ type: 'Rotate', timeAfterCreate: 'P10D' }])
    for (const record of [...world.contents.bodies.keys()].filter((one) => one.endsWith('/key/k'))) {
      world.contents.bodies.delete(record)
      world.contents.witnesses.delete(record)
    }
    world.clock.advance(10 * DAY)
    assert.deepEqual(await tick(world), ONE)
    assert.deepEqual(dues(world), [])
  })
})
