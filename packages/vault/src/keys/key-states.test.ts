import assert from 'node:assert/strict'
import { createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { isFault, type FaultCode } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'

const key = { vault: 'default', name: 'k' }
const DAY = 86_400
const material = randomBytes(32)

function refused(promise: Promise<unknown>, code: FaultCode): Promise<void> {
  return assert.rejects(promise, (thrown) => isFault(thrown, code))
}

async function worldWith(external: boolean): Promise<MemoryVault> {
  const world = await memoryVault()
  const kind = external ? ({ external } as const) : {}
  await world.vault.keys.create(world.administrator, { key, hsm: false, type: 'oct', ...kind })
  return world
}

async function bring({ vault, administrator: call }: MemoryVault, expires?: number): Promise<void> {
  const wrapping = 'RSA-OAEP-256'
  const { publicKey, token } = await vault.keys.getImportParameters(call, { key, wrapping })
  const wrapper = createPublicKey({ key: { ...publicKey }, format: 'jwk' })
  const encrypted = publicEncrypt({ key: wrapper, oaepHash: 'sha256' }, material)
  const until = expires === undefined ? {} : { expires }
  await vault.keys.importMaterial(call, { key, token, encrypted, ...until })
}

describe('a key without material', () => {
  it('is neither enabled nor disabled, and stays as it was when that is tried', async () => {
    const world = await worldWith(true)
    const { vault, administrator: call } = world
    for (const enabled of [true, false]) {
      await refused(vault.keys.setEnabled(call, { key, enabled }), 'KeyAwaitsMaterial')
    }
    await bring(world)
    assert.equal((await vault.keys.get(call, { key })).enabled, true)
  })

  it('is enabled by its material, but a disabled one that has it is not', async () => {
    const world = await worldWith(true)
    const { vault, administrator: call } = world
    await bring(world)
    await vault.keys.setEnabled(call, { key, enabled: false })
    await bring(world)
    assert.equal((await vault.keys.get(call, { key })).enabled, false)
    await vault.keys.deleteMaterial(call, { key })
    await bring(world)
    assert.equal((await vault.keys.get(call, { key })).enabled, true)
  })

  it('is known as such from the second on at which its material ends', async () => {
    const world = await worldWith(true)
    const { vault, administrator: call, clock } = world
    await bring(world, Math.floor(clock.now() / 1000) + DAY)
    clock.advance(DAY)
    assert.equal((await vault.keys.describe(call, { key })).head.current.awaitsMaterial, true)
    await refused(vault.keys.rotate(call, { key, onlyUsable: true }), 'KeyAwaitsMaterial')
    const { items } = await vault.keys.select(call, {
      vault: 'default', skip: 0, take: 1, isWanted: ({ head }) => head.current.awaitsMaterial === true,
    })
    assert.equal(items.length, 1)
  })

  it('has no versions before its material was there for the first time', async () => {
    const world = await worldWith(true)
    const { vault, administrator: call } = world
    const versions = () => vault.keys.describeVersions(call, { key, skip: 0, take: 5 })
    assert.equal((await versions()).total, 0)
    await refused(vault.keys.describeVersion(call, { key }), 'ObjectNotFound')
    await bring(world)
    await vault.keys.deleteMaterial(call, { key })
    assert.equal((await versions()).total, 1)
    await vault.keys.describeVersion(call, { key })
  })
})

describe('a key that waits for its destruction', () => {
  it('is described with its versions, loses its material, and comes back without it', async () => {
    const world = await worldWith(true)
    const { vault, administrator: call, contents } = world
    await bring(world)
    const { version } = await vault.keys.get(call, { key })
    await vault.keys.delete(call, { key })
    assert.equal((await vault.keys.describeVersions(call, { key, skip: 0, take: 5 })).total, 1)
    assert.equal((await vault.keys.describeVersion(call, { key: { ...key, version } })).version, version)
    await vault.keys.getImportParameters(call, { key, wrapping: 'RSA-OAEP' })
    await vault.keys.deleteMaterial(call, { key })
    assert.ok(![...contents.bodies.keys()].some((one) => one.includes('/key-material/')))
    await refused(bring(world), 'ObjectNotFound')
    assert.notEqual((await vault.keys.describe(call, { key })).deletion, undefined)
    await vault.keys.recover(call, { key })
    assert.equal((await vault.keys.describe(call, { key })).head.current.awaitsMaterial, true)
  })

  it('comes back as it was, or enabled where that is wished', async () => {
    const { vault, administrator: call } = await worldWith(false)
    await vault.keys.rotate(call, { key })
    for (const [enables, expected] of [[undefined, false], [true, true]] as const) {
      await vault.keys.setEnabled(call, { key, enabled: false })
      await vault.keys.delete(call, { key })
      await vault.keys.recover(call, { key, ...(enables === undefined ? {} : { enables }) })
      const { items } = await vault.keys.listVersions(call, key)
      assert.deepEqual(items.map(({ enabled }) => enabled), [expected, expected])
      assert.equal((await vault.keys.get(call, { key })).enabled, expected)
    }
  })
})

describe('a rotation', () => {
  it('is refused of a disabled key where only a usable one is meant', async () => {
    const { vault, administrator: call } = await worldWith(false)
    await vault.keys.setEnabled(call, { key, enabled: false })
    await refused(vault.keys.rotate(call, { key, onlyUsable: true }), 'ObjectDisabled')
    await refused(vault.keys.setRotationInterval(call, { key, seconds: 7 * DAY }), 'ObjectDisabled')
    await vault.keys.rotate(call, { key })
  })

  it('by an interval leaves the rest of the policy as it is', async () => {
    const { vault, administrator: call, clock } = await worldWith(false)
    const notify = { type: 'Notify', timeBeforeExpiry: 'P10D' } as const
    const expiryTime = 'P1Y'
    await vault.keys.setRotationPolicy(call, { key, lifetimeActions: [notify], expiryTime })
    clock.advance(5)
    await vault.keys.setRotationInterval(call, { key, seconds: 90 * DAY + 3 })
    const { policy } = await vault.keys.getRotationPolicy(call, { key })
    assert.deepEqual(policy, {
      lifetimeActions: [notify, { type: 'Rotate', timeAfterCreate: 'P90DT3S' }],
      expiryTime,
      created: 1_767_225_600,
      updated: 1_767_225_605,
    })
    await refused(vault.keys.setRotationInterval(call, { key, seconds: 366 * DAY }), 'InvalidInput')
    await vault.keys.setRotationInterval(call, { key })
    const after = await vault.keys.getRotationPolicy(call, { key })
    assert.deepEqual(after.policy.lifetimeActions, [notify])
  })

  it('by an interval is for symmetric keys alone, and none is for codes', async () => {
    const { vault, administrator: call } = await worldWith(false)
    const signing = { ...key, name: 'signing' }
    const codes = { ...key, name: 'codes' }
    await vault.keys.create(call, { key: signing, hsm: false, type: 'EC' })
    await vault.keys.create(call, { key: codes, hsm: false, spec: { type: 'HMAC', bits: 256 } })
    for (const one of [signing, codes]) {
      await refused(vault.keys.setRotationInterval(call, { key: one, seconds: 7 * DAY }), 'KeyNotRotatable')
    }
    await refused(vault.keys.rotate(call, { key: codes }), 'KeyNotRotatable')
    await vault.keys.rotate(call, { key: signing })
  })
})
