import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { KeyHandle } from '../crypto/provider.ts'
import { systemCall } from '../directory/authenticate-system.ts'
import { Fault, isFault, type FaultCode } from '../fault.ts'
import { runDue } from '../scheduler.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { bindAll } from '../testing/provider/bind-all.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { keyKey, keyMaterialKey, keyVersionKey, type KeyVersion } from './key.ts'

const key = { vault: 'default', name: 'k' }
const digest = createHash('sha256').update('message').digest()
const SECONDS_OF_90_DAYS = 90 * 86_400

interface Counted {
  readonly world: MemoryVault
  readonly created: () => number
  readonly destroyed: KeyHandle[]
  readonly loads: () => number
}

/** A world that tells what its provider was asked for. */
async function countedWorld(): Promise<Counted> {
  let created = 0
  let loads = 0
  const destroyed: KeyHandle[] = []
  const world = await memoryVault((provider) => {
    return {
      ...bindAll(provider),
      create: (spec) => {
        created++
        return provider.create(spec)
      },
      sign: (handle, algorithm, value) => {
        const load = (): Promise<Secret> => {
          loads++
          return handle.load()
        }
        return provider.sign({ ...handle, load }, algorithm, value)
      },
      destroy: (handle) => {
        destroyed.push(handle)
        return provider.destroy(handle)
      },
    }
  })
  return { world, created: () => created, destroyed, loads: () => loads }
}

async function create(world: MemoryVault, name = 'k', type = 'EC'): Promise<KeyVersion> {
  return world.vault.keys.create(world.administrator, { key: { ...key, name }, type, hsm: false })
}

function sign(world: MemoryVault, ref: { readonly vault: string; readonly name: string; readonly version?: string } = key) {
  return world.vault.keys.sign(world.administrator, { key: ref, algorithm: 'ES256', digest })
}

const refused = (code: FaultCode) => (thrown: unknown): boolean => isFault(thrown, code)

describe('a new key', () => {
  it('gets a version of 32 lower-case hexadecimal characters and keeps the spelling of its name', async () => {
    const world = await memoryVault()
    const first = await create(world, 'Mixed-Case')
    const second = await create(world, 'mixed-case')
    assert.match(first.version, /^[0-9a-f]{32}$/)
    assert.notEqual(second.version, first.version)
    assert.equal(second.name, 'Mixed-Case')
    const found = await world.vault.keys.get(world.administrator, { key: { ...key, name: 'MIXED-CASE' } })
    assert.deepEqual(found, second)
  })

  it('is made once, however often a conflict begins the call again', async () => {
    const { world, created, destroyed } = await countedWorld()
    const commit = world.store.commit.bind(world.store)
    let conflicts = 3
    world.store.commit = async (change) => {
      if (conflicts-- > 0) throw new Fault('Conflict', {})
      return commit(change)
    }
    const made = await create(world)
    assert.equal(created(), 1)
    assert.deepEqual(destroyed, [])
    assert.equal((await sign(world)).key.version, made.version)
  })

  it('is destroyed in the provider when it cannot be stored', async () => {
    const { world, created, destroyed } = await countedWorld()
    world.failCommits()
    await assert.rejects(create(world), refused('StoreUnavailable'))
    assert.equal(created(), 1)
    assert.equal(destroyed.length, 1)
  })

  it('is destroyed in the provider when every attempt ends in a conflict', async () => {
    const { world, created, destroyed } = await countedWorld()
    const commit = world.store.commit.bind(world.store)
    world.store.commit = async (change) => {
      if (change.puts.length > 0) throw new Fault('Conflict', {})
      return commit(change)
    }
    await assert.rejects(create(world), refused('Conflict'))
    assert.equal(created(), 1)
    assert.equal(destroyed.length, 1)
  })

  it('is not made at all when its name is taken by a deleted key, or its input is wrong', async () => {
    const { world, created } = await countedWorld()
    await create(world)
    await world.vault.keys.delete(world.administrator, { key })
    await assert.rejects(create(world), refused('ObjectInDeletedState'))
    await assert.rejects(create(world, 'a b'), refused('NameInvalid'))
    await assert.rejects(create(world, 'other', 'AKP'), refused('InvalidInput'))
    assert.equal(created(), 1)
  })

  it('leaves no material among what its versions and lists read', async () => {
    const world = await memoryVault()
    const { version } = await create(world)
    const unit = new UnitOfWork(world.store, world.seal)
    const { vault } = world.first
    const [material, ...others] = await unit.getMany([
      keyMaterialKey(vault, 'k', version),
      keyVersionKey(vault, 'k', version),
      keyKey(vault, 'k'),
    ])
    assert.ok((material?.secret?.byteLength ?? 0) > 32)
    assert.equal(others.length, 2)
    for (const other of others) assert.ok(other !== undefined && other.secret === undefined)
  })
})

describe('a version', () => {
  it('is used when it is named, the current one when none is', async () => {
    const world = await memoryVault()
    const first = await create(world)
    const second = await create(world)
    assert.equal((await sign(world)).key.version, second.version)
    assert.equal((await sign(world, { ...key, version: first.version.toUpperCase() })).key.version, first.version)
    await assert.rejects(sign(world, { ...key, version: 'abc' }), refused('ObjectNotFound'))
    await assert.rejects(sign(world, { ...key, version: '0'.repeat(32) }), refused('ObjectNotFound'))
  })

  it('is loaded once and used from the cache of the provider from then on', async () => {
    const { world, loads } = await countedWorld()
    await create(world)
    for (let count = 0; count < 5; count++) await sign(world)
    assert.equal(loads(), 1)
  })

  it('is never taken for another of the same name and id', async () => {
    const world = await memoryVault()
    const first = await create(world)
    const signedBefore = await sign(world)
    const blob = await world.vault.keys.backup(world.administrator, { key })
    await world.vault.keys.delete(world.administrator, { key })
    await world.vault.keys.purge(world.administrator, { key })
    const restored = await world.vault.keys.restore(world.administrator, { vault: 'default', blob: () => blob })
    assert.equal(restored.version, first.version)
    assert.notEqual(restored.materialId, first.materialId)
    const input = { key, algorithm: 'ES256', digest, signature: signedBefore.signature } as const
    assert.equal((await world.vault.keys.verify(world.administrator, input)).valid, true)
  })

  it('whose material is gone is damaged, and is not served', async () => {
    const world = await memoryVault()
    const { version } = await create(world)
    const material = keyMaterialKey(world.first.vault, 'k', version)
    world.contents.bodies.delete(material)
    world.contents.witnesses.delete(material)
    await assert.rejects(sign(world), refused('RecordCorrupt'))
  })
})

describe('a deleted key', () => {
  it('cannot be used or seen until it is recovered', async () => {
    const world = await memoryVault()
    const { version } = await create(world)
    await world.vault.keys.delete(world.administrator, { key })
    await assert.rejects(sign(world), refused('ObjectNotFound'))
    await assert.rejects(sign(world, { ...key, version }), refused('ObjectNotFound'))
    await assert.rejects(world.vault.keys.get(world.administrator, { key }), refused('ObjectNotFound'))
    await assert.rejects(world.vault.keys.rotate(world.administrator, { key }), refused('ObjectNotFound'))
    await world.vault.keys.recover(world.administrator, { key })
    assert.equal((await sign(world)).key.version, version)
  })

  it('is destroyed with all its versions by a purge, in the provider too', async () => {
    const { world, destroyed } = await countedWorld()
    await create(world)
    await create(world)
    await sign(world)
    await world.vault.keys.delete(world.administrator, { key })
    await world.vault.keys.purge(world.administrator, { key })
    assert.equal(destroyed.length, 2)
    assert.equal(new Set(destroyed.map(({ id }) => id)).size, 2)
    assert.deepEqual([...world.contents.bodies.keys()].filter((one) => one.includes('/key') || one.includes('/due/')), [])
  })

  it('can be purged although a record of it is damaged', async () => {
    const world = await memoryVault()
    const { version } = await create(world)
    await world.vault.keys.delete(world.administrator, { key })
    const half = world.contents.bodies.get(keyMaterialKey(world.first.vault, 'k', version))
    assert.ok(half !== undefined)
    half.bytes[20] = (half.bytes[20] ?? 0) ^ 1
    assert.deepEqual(await world.vault.keys.purge(world.administrator, { key }), { done: true })
  })

  it('with very many versions is purged in several calls, and is gone from the first on', async () => {
    const { world, destroyed } = await countedWorld()
    const { vault, administrator } = world
    for (let count = 0; count < 1001; count++) await create(world, 'k', 'oct')
    await vault.keys.delete(administrator, { key })
    assert.deepEqual(await vault.keys.purge(administrator, { key }), { done: false })
    assert.equal(destroyed.length, 1000)
    await assert.rejects(vault.keys.recover(administrator, { key }), refused('DeletedObjectNotFound'))
    await assert.rejects(create(world), refused('ObjectInDeletedState'))
    const { store, seal, clock } = world
    const report = await runDue({ store, seal, clock }, vault, (tenant) => systemCall('scheduler', tenant))
    assert.equal(report.done, 1)
    assert.equal(destroyed.length, 1001)
    assert.deepEqual([...world.contents.bodies.keys()].filter((one) => one.includes('/key') || one.includes('/due/')), [])
  })

  it('is kept for the retention under purge protection', async () => {
    const world = await memoryVault()
    await create(world)
    await world.vault.vaults.update(world.administrator, { vault: 'default', purgeProtection: true })
    await world.vault.keys.delete(world.administrator, { key })
    world.clock.advance(SECONDS_OF_90_DAYS + 1)
    await assert.rejects(world.vault.keys.purge(world.administrator, { key }), refused('PurgeProtected'))
  })
})

describe('a backup of a key', () => {
  it('holds all versions, their state and the rotation policy, and goes into another vault', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const first = await create(world)
    await vault.keys.update(administrator, { key, enabled: false, tags: { a: 'b' } })
    await create(world)
    await vault.keys.setRotationPolicy(administrator, {
      key,
      lifetimeActions: [{ type: 'Rotate', timeAfterCreate: 'P90D' }],
    })
    const blob = await vault.keys.backup(administrator, { key })
    await vault.vaults.create(administrator, { name: 'extra' })
    await vault.keys.restore(administrator, { vault: 'extra', blob: () => blob })
    const restored = { ...key, vault: 'extra' }
    const old = await vault.keys.get(administrator, { key: { ...restored, version: first.version } })
    assert.deepEqual([old.enabled, old.tags], [false, { a: 'b' }])
    assert.deepEqual(
      await vault.keys.getRotationPolicy(administrator, { key: restored }),
      await vault.keys.getRotationPolicy(administrator, { key }),
    )
    const { signature } = await sign(world)
    const input = { key: restored, algorithm: 'ES256', digest, signature } as const
    assert.equal((await vault.keys.verify(administrator, input)).valid, true)
  })

  it('holds what is said of the key, and what protects it from deletion', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await create(world)
    await vault.keys.setDescription(administrator, { key, description: 'for orders' })
    await vault.keys.setDeletionProtection(administrator, { key, isProtected: true, reason: 'in use' })
    const blob = await vault.keys.backup(administrator, { key })
    await vault.vaults.create(administrator, { name: 'extra' })
    await vault.keys.restore(administrator, { vault: 'extra', blob: () => blob })
    const { head } = await vault.keys.describe(administrator, { key: { ...key, vault: 'extra' } })
    assert.equal(head.description, 'for orders')
    assert.deepEqual(head.deletionProtection, { reason: 'in use' })
    const deleting = vault.keys.delete(administrator, { key: { ...key, vault: 'extra' } })
    await assert.rejects(deleting, refused('KeyProtected'))
  })

  it('is refused where the name is in use, when it is damaged, and as the backup of a secret', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await create(world)
    const blob = await vault.keys.backup(administrator, { key })
    const restore = (bytes: Uint8Array) => vault.keys.restore(administrator, { vault: 'default', blob: () => bytes })
    await assert.rejects(restore(blob), refused('ObjectExists'))
    await vault.keys.delete(administrator, { key })
    await assert.rejects(restore(blob), refused('ObjectInDeletedState'))
    const changed = Uint8Array.from(blob)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    for (const bytes of [changed, blob.subarray(0, 40), new Uint8Array()]) {
      await assert.rejects(restore(bytes), refused('BackupInvalid'))
    }
    const secret = { vault: 'default', name: 's' }
    await vault.secrets.set(administrator, { secret, value: Secret.fromText('v') })
    await assert.rejects(restore(await vault.secrets.backup(administrator, { secret })), refused('BackupInvalid'))
  })
})

describe('a key of a certificate', () => {
  it('can be used and seen, and refuses every change', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await create(world)
    await world.markKeyManaged('k')
    await sign(world)
    assert.equal((await vault.keys.get(administrator, { key })).managed, true)
    const numbers = { kty: 'oct', k: Buffer.alloc(32, 1) } as const
    const changes = [
      () => create(world),
      () => vault.keys.import(administrator, { key, hsm: false, numbers }),
      () => vault.keys.update(administrator, { key, enabled: false }),
      () => vault.keys.delete(administrator, { key }),
      () => vault.keys.backup(administrator, { key }),
      () => vault.keys.rotate(administrator, { key }),
      () => vault.keys.rotateIfDue(administrator, { key }),
      () => vault.keys.setRotationPolicy(administrator, { key, lifetimeActions: [] }),
    ]
    for (const change of changes) await assert.rejects(change(), refused('ObjectManaged'))
  })
})

describe('the random octets', () => {
  it('are as many as asked for, and never the same', async () => {
    const { vault, administrator } = await memoryVault()
    const draw = async (count: number): Promise<string> => {
      const octets = await vault.keys.getRandomBytes(administrator, { vault: 'default', count })
      return Buffer.from(octets.reveal()).toString('hex')
    }
    assert.equal((await draw(1)).length, 2)
    assert.equal((await draw(128)).length, 256)
    assert.notEqual(await draw(32), await draw(32))
  })
})
