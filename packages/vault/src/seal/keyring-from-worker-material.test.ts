import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFault } from '../fault.ts'
import { recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { Store, StoredRecord } from '../store/store.ts'
import { tamperableMemoryStore } from '../testing/tamperable-memory-store.ts'
import { initialise } from './initialise.ts'
import { keyringFromWorkerMaterial } from './keyring-from-worker-material.ts'
import type { Keyring } from './keyring.ts'
import type { SealMaterial } from './seal-material.ts'
import { Secret } from './secret.ts'
import type { Unsealed } from './unsealed.ts'

function material(octet = 1): SealMaterial {
  return { kind: 'file', secret: new Secret(Buffer.alloc(32, octet)) }
}

function keyIn(vault: string): RecordKey {
  return recordKeyOf('t1', 'v', vault, 'secret', 'name')
}

async function sealIn(keyring: Keyring, vault: string): Promise<StoredRecord> {
  const key = keyIn(vault)
  await keyring.prepare([key])
  return { key, version: 1, ...keyring.seal(key, 1, { meta: vault }) }
}

async function assertReads(keyring: Keyring, ...records: readonly StoredRecord[]): Promise<void> {
  await keyring.prepare(records)
  for (const record of records) assert.equal(record.key, keyIn(String(keyring.open(record).meta)))
}

/** The material as it arrives in the other process: bytes of its own. */
async function sent(primary: Unsealed): Promise<Secret> {
  return new Secret(Uint8Array.from((await primary.exportForWorker()).reveal()))
}

async function workerOf(primary: Unsealed, store: Store) {
  let asked = 0
  const worker = await keyringFromWorkerMaterial(store, await sent(primary), () => {
    asked += 1
    return sent(primary)
  })
  return { worker, asked: () => asked }
}

async function newPrimary() {
  const { store } = tamperableMemoryStore()
  return { store, primary: await initialise(store, material()) }
}

test('a worker opens what the primary sealed and the other way round, asking nothing', async () => {
  const { store, primary } = await newPrimary()
  const old = await sealIn(primary.keyring, 'a')
  const { worker, asked } = await workerOf(primary, store)
  await assertReads(worker, old)
  await assertReads(primary.keyring, await sealIn(worker, 'a'), await sealIn(worker, 'b'))
  const head = Buffer.from('head')
  assert.deepEqual(worker.openHead(primary.keyring.sealHead(head)), head)
  assert.equal(asked(), 0)
})

test('the material is wiped once it is read, and bytes that are none are refused', async () => {
  const { store, primary } = await newPrimary()
  const given = await primary.exportForWorker()
  const never = () => Promise.reject(new Error('not asked'))
  await keyringFromWorkerMaterial(store, given, never)
  assert.ok(given.reveal().every((octet) => octet === 0))
  for (const length of [0, 7, 8, 12, 47, given.byteLength]) {
    const wrong = new Secret(new Uint8Array(length))
    await assert.rejects(keyringFromWorkerMaterial(store, wrong, never), TypeError)
  }
})

test('a worker goes on over a rotation of the root key', async () => {
  const { store, primary } = await newPrimary()
  const { worker, asked } = await workerOf(primary, store)
  const seen = await sealIn(worker, 'seen')
  const unseen = await sealIn(primary.keyring, 'unseen')
  await primary.rotateRootKey([])
  await assertReads(worker, seen)
  assert.equal(asked(), 0)
  await assertReads(worker, unseen)
  assert.equal(asked(), 1)
  await assertReads(primary.keyring, await sealIn(worker, 'new'))
  assert.equal(asked(), 1)
})

test('a data key that a worker makes after a rotation is under the new root key', async () => {
  const { store, primary } = await newPrimary()
  const { worker, asked } = await workerOf(primary, store)
  await primary.rotateRootKey([])
  const made = await sealIn(worker, 'made')
  assert.equal(asked(), 1)
  await primary.rotateRootKey([])
  const { worker: next } = await workerOf(primary, store)
  await assertReads(next, made)
})

test('a worker goes on over a change of the seal and over rotated data keys', async () => {
  const { store, primary } = await newPrimary()
  const { worker } = await workerOf(primary, store)
  await sealIn(worker, 'a')
  await primary.changeSeal(material(2), [])
  await sealIn(worker, 'made-after')
  await primary.rotateDataKey('vault.a', [])
  await assertReads(worker, await sealIn(primary.keyring, 'a'))
  await worker.rotateDataKey('vault.a', [])
  await assertReads(primary.keyring, await sealIn(worker, 'a'))
})

test('workers that work all through several rotations lose nothing', async () => {
  const { store, primary } = await newPrimary()
  const workers = [await workerOf(primary, store), await workerOf(primary, store)]
  const rotations = (async () => {
    for (let count = 0; count < 5; count++) await primary.rotateRootKey([])
  })()
  const sealings = workers.map(async ({ worker }, index) => {
    const records: StoredRecord[] = []
    for (let count = 0; count < 60; count++) {
      records.push(await sealIn(worker, `w${index}.${count}`))
    }
    return records
  })
  const records = (await Promise.all(sealings)).flat()
  await rotations
  const { worker } = await workerOf(primary, store)
  await assertReads(worker, ...records)
  assert.equal(primary.rotationPending, false)
})

test('a worker that gets no newer material says so instead of reading on', async () => {
  const { store, primary } = await newPrimary()
  const stale = await sent(primary)
  const copy = Uint8Array.from(stale.reveal())
  const worker = await keyringFromWorkerMaterial(store, stale, async () => new Secret(copy.slice()))
  const record = await sealIn(primary.keyring, 'a')
  await primary.rotateRootKey([])
  await worker.prepare([record])
  assert.throws(() => worker.open(record), (thrown) => isFault(thrown, 'RecordCorrupt'))
  await assert.rejects(sealIn(worker, 'b'), (thrown) => isFault(thrown, 'Conflict'))
})
