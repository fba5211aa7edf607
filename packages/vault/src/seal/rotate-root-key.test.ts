import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFault } from '../fault.ts'
import { recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { MemoryStore } from '../store/memory.ts'
import type { StoredRecord } from '../store/store.ts'
import { CrashingStore } from '../testing/crashing-store.ts'
import { tamperableMemoryStore } from '../testing/tamperable-memory-store.ts'
import { DATA_KEYS, dataKeyRecord } from './data-key-record.ts'
import { initialise } from './initialise.ts'
import type { Keyring } from './keyring.ts'
import type { SealMaterial } from './seal-material.ts'
import { SEAL_RECORD } from './seal-record.ts'
import { Secret } from './secret.ts'
import { unseal } from './unseal.ts'

function material(): SealMaterial {
  return { kind: 'file', secret: new Secret(Buffer.alloc(32, 1)) }
}

function keyIn(vault: number): RecordKey {
  return recordKeyOf('t1', 'v', `vault${vault}`, 'secret', 'name')
}

async function sealIn(keyring: Keyring, vault: number): Promise<StoredRecord> {
  const key = keyIn(vault)
  await keyring.prepare([key])
  return { key, version: 1, ...keyring.seal(key, 1, { meta: { vault } }) }
}

async function assertReads(keyring: Keyring, records: readonly StoredRecord[]): Promise<void> {
  await keyring.prepare(records)
  records.forEach((record, vault) => assert.deepEqual(keyring.open(record).meta, { vault }))
}

/** A store with records in so many vaults, one of them with two generations of its data key. */
async function newStore(vaults: number) {
  const { store, contents } = tamperableMemoryStore()
  const unsealed = await initialise(store, material())
  const records: StoredRecord[] = []
  for (let vault = 0; vault < vaults; vault++) records.push(await sealIn(unsealed.keyring, vault))
  await unsealed.keyring.rotateDataKey('vault.vault0', [])
  return { store, contents, unsealed, records }
}

/** The root generations that the wrapped data keys name. */
async function rootGenerations(store: MemoryStore): Promise<Set<number>> {
  const records = await store.list(DATA_KEYS, { limit: 100_000 })
  return new Set(records.map(({ body }) => Buffer.from(body).readUInt32BE(1)))
}

test('a rotation rewraps every data key, rewrites no record, and is audited once', async () => {
  const { store, unsealed, records } = await newStore(3)
  await unsealed.rotateRootKey(['rotated'])
  assert.equal(unsealed.rootGeneration, 2)
  assert.equal(unsealed.rotationPending, false)
  assert.deepEqual(await rootGenerations(store), new Set([2]))
  await assertReads(unsealed.keyring, records)
  const restarted = await unseal(store, material())
  assert.equal(restarted.rootGeneration, 2)
  await assertReads(restarted.keyring, records)
  assert.deepEqual((await store.entries(0, 10)).map(({ entry }) => entry), ['rotated'])
})

test('more data keys than fit in one commit are rewrapped', async () => {
  const { store, unsealed, records } = await newStore(450)
  await unsealed.rotateRootKey([])
  assert.deepEqual(await rootGenerations(store), new Set([2]))
  await assertReads((await unseal(store, material())).keyring, records)
})

test('two rotations at once in one process follow each other', async () => {
  const { store, unsealed, records } = await newStore(2)
  await Promise.all([unsealed.rotateRootKey(['one']), unsealed.rotateRootKey(['two'])])
  assert.equal(unsealed.rootGeneration, 3)
  await assertReads((await unseal(store, material())).keyring, records)
})

// Commits of a rotation over 300 data keys: the seal, two pages, the seal.
for (const commit of [1, 2, 3, 4]) {
  for (const landed of [false, true]) {
    const when = `${landed ? 'after' : 'before'} commit ${commit}`
    test(`killed ${when} of a rotation, all is readable and the next start ends it`, async () => {
      const { store, records } = await newStore(300)
      const crashing = new CrashingStore(store, { commit, landed })
      const dying = await unseal(crashing, material())
      await assert.rejects(dying.rotateRootKey([]), /has died/)
      assert.ok(crashing.crashed)

      const restarted = await unseal(store, material())
      const begun = commit > 1 || landed
      assert.equal(restarted.rootGeneration, begun ? 2 : 1)
      assert.equal(restarted.rotationPending, begun && !(commit === 4 && landed))
      await assertReads(restarted.keyring, records)
      // Work goes on before the rotation does.
      const later = await sealIn(restarted.keyring, records.length)
      await restarted.finishRotation()
      assert.equal(restarted.rotationPending, false)
      assert.deepEqual(await rootGenerations(store), new Set([restarted.rootGeneration]))
      await restarted.rotateRootKey([])
      await assertReads((await unseal(store, material())).keyring, [...records, later])
    })
  }
}

test('a rotation that is asked for while one is pending finishes that one first', async () => {
  const { store, records } = await newStore(2)
  const dying = await unseal(new CrashingStore(store, { commit: 2, landed: false }), material())
  await assert.rejects(dying.rotateRootKey([]))
  const restarted = await unseal(store, material())
  await restarted.rotateRootKey([])
  assert.equal(restarted.rootGeneration, 3)
  assert.deepEqual(await rootGenerations(store), new Set([3]))
  await assertReads((await unseal(store, material())).keyring, records)
})

test('data keys that another process makes and rotates meanwhile are not lost', async () => {
  const { store, unsealed, records } = await newStore(250)
  const other = await unseal(store, material())
  const rotation = unsealed.rotateRootKey([])
  const made: StoredRecord[] = []
  for (let vault = 250; vault < 280; vault++) made.push(await sealIn(other.keyring, vault))
  await other.keyring.rotateDataKey('vault.vault1', [])
  await other.keyring.destroyDataKey('vault.vault249', [])
  await rotation
  await unsealed.finishRotation()
  const restarted = await unseal(store, material())
  assert.equal(restarted.rotationPending, false)
  assert.deepEqual(await rootGenerations(store), new Set([2]))
  await assertReads(restarted.keyring, records.slice(0, 249))
  await restarted.keyring.prepare(made)
  for (const record of made) assert.ok(restarted.keyring.open(record))
})

test('after two processes rotate at once one root key is left and all is readable', async () => {
  const { store, unsealed, records } = await newStore(250)
  const other = await unseal(store, material())
  const outcomes = await Promise.allSettled([unsealed.rotateRootKey([]), other.rotateRootKey([])])
  for (const outcome of outcomes) {
    assert.ok(outcome.status === 'fulfilled' || isFault(outcome.reason, 'Conflict'))
  }
  await unsealed.finishRotation()
  const restarted = await unseal(store, material())
  assert.equal(restarted.rotationPending, false)
  assert.deepEqual(await rootGenerations(store), new Set([restarted.rootGeneration]))
  await assertReads(restarted.keyring, records)
})

test('a damaged data key stops the rotation, is named, and keeps the old root key', async () => {
  const { store, contents, unsealed, records } = await newStore(3)
  const damaged = dataKeyRecord('vault.vault1', 1)
  const witness = contents.witnesses.get(damaged)
  assert.ok(witness)
  contents.witnesses.set(damaged, { ...witness, bytes: Buffer.alloc(16) })
  const named = (thrown: unknown) =>
    isFault(thrown, 'RecordCorrupt') && thrown.detail.record === String(damaged)
  await assert.rejects(unsealed.rotateRootKey([]), named)
  assert.equal(unsealed.rotationPending, true)
  contents.witnesses.set(damaged, witness)
  const restarted = await unseal(store, material())
  await restarted.finishRotation()
  await assertReads(restarted.keyring, records)
})

test('the seal record of before a rotation, put back whole, opens no data key', async () => {
  const { store, contents, unsealed } = await newStore(1)
  const body = contents.bodies.get(SEAL_RECORD)
  const witness = contents.witnesses.get(SEAL_RECORD)
  assert.ok(body && witness)
  await unsealed.rotateRootKey([])
  contents.bodies.set(SEAL_RECORD, body)
  contents.witnesses.set(SEAL_RECORD, witness)
  await assert.rejects(unseal(store, material()), (thrown) => {
    return isFault(thrown, 'RecordCorrupt') && thrown.detail.reason === 'key generation unknown'
  })
})
