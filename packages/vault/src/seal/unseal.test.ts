import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFault } from '../fault.ts'
import { recordKeyOf } from '../store/record-key.ts'
import type { Store, StoredRecord } from '../store/store.ts'
import { tamperableMemoryStore } from '../testing/tamperable-memory-store.ts'
import { dataKeyRecord } from './data-key-record.ts'
import { initialise } from './initialise.ts'
import type { Keyring } from './keyring.ts'
import { mintSealed } from './mint-sealed.ts'
import type { SealMaterial } from './seal-material.ts'
import { SEAL_RECORD } from './seal-record.ts'
import { Secret } from './secret.ts'
import { unseal } from './unseal.ts'

const KEY = recordKeyOf('t1', 'v', 'vid', 'secret', 'name')

function file(octet = 1): SealMaterial {
  return { kind: 'file', secret: new Secret(Buffer.alloc(32, octet)) }
}

function passphrase(text = 'correct horse battery'): SealMaterial {
  return { kind: 'passphrase', secret: Secret.fromText(text) }
}

async function store(keyring: Keyring, into: Store): Promise<StoredRecord> {
  await keyring.prepare([KEY])
  const put = { key: KEY, version: 1, ...keyring.seal(KEY, 1, { meta: { a: 1 } }) }
  const checks = [{ key: KEY, version: 'absent' as const }]
  await into.commit({ checks, puts: [put], deletes: [], audit: [] })
  return put
}

async function assertReads(keyring: Keyring, record: StoredRecord): Promise<void> {
  await keyring.prepare([record])
  assert.deepEqual(keyring.open(record).meta, { a: 1 })
}

function failedBecause(pattern: RegExp): (thrown: unknown) => boolean {
  return (thrown) => {
    assert.ok(isFault(thrown, 'UnsealFailed'), String(thrown))
    assert.match(thrown.detail.reason, pattern)
    return true
  }
}

test('a store sealed with a file opens with that file and no other', async () => {
  const { store: memory } = tamperableMemoryStore()
  const record = await store((await initialise(memory, file())).keyring, memory)
  await assertReads((await unseal(memory, file())).keyring, record)
  await assert.rejects(unseal(memory, file(2)), failedBecause(/not the one/))
  await assert.rejects(unseal(memory, passphrase()), failedBecause(/sealed with a root key file/))
})

test('a store sealed with a passphrase opens with that passphrase and no other', async () => {
  const { store: memory } = tamperableMemoryStore()
  const record = await store((await initialise(memory, passphrase())).keyring, memory)
  await assertReads((await unseal(memory, passphrase())).keyring, record)
  await assert.rejects(unseal(memory, passphrase('correct horse batterz')), failedBecause(/wrong/))
  await assert.rejects(unseal(memory, file()), failedBecause(/sealed with a passphrase/))
})

test('a root key of another length is refused', async () => {
  const { store: memory } = tamperableMemoryStore()
  const short: SealMaterial = { kind: 'file', secret: new Secret(Buffer.alloc(31)) }
  await assert.rejects(initialise(memory, short), failedBecause(/32 octets/))
  await initialise(memory, file())
  await assert.rejects(unseal(memory, short), failedBecause(/32 octets/))
})

test('the passphrase is stretched with Argon2id at the cost in the record', async () => {
  const { store: memory } = tamperableMemoryStore()
  await initialise(memory, passphrase())
  const [record] = await memory.read([SEAL_RECORD])
  assert.ok(record)
  const text = Buffer.from(record.body).toString('latin1')
  assert.match(text, /"memoryKiB":65536,"passes":3,"parallelism":4,"salt":"[\w-]{22}"/)
  assert.ok(!text.includes('correct'))
})

test('a store without a seal does not unseal, one with records is not sealed anew', async () => {
  const { store: memory, contents } = tamperableMemoryStore()
  await assert.rejects(unseal(memory, file()), failedBecause(/no seal record/))
  await initialise(memory, file())
  await assert.rejects(initialise(memory, file()), failedBecause(/not sealed anew/))
  contents.bodies.delete(SEAL_RECORD)
  contents.witnesses.delete(SEAL_RECORD)
  await assert.rejects(initialise(memory, file()), failedBecause(/restore the data from a backup/))
})

test('of two processes that seal a new store at once one wins, the other can unseal', async () => {
  const { store: memory } = tamperableMemoryStore()
  const attempts = [initialise(memory, file()), initialise(memory, file())]
  const outcomes = await Promise.allSettled(attempts)
  const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
  assert.equal(lost.length, 1)
  assert.ok(isFault(lost[0]?.reason, 'Conflict') || isFault(lost[0]?.reason, 'UnsealFailed'))
  await unseal(memory, file())
})

test('no change of the seal record opens, and none does worse than a fault', async () => {
  const { store: memory, contents } = tamperableMemoryStore()
  await initialise(memory, file())
  const body = contents.bodies.get(SEAL_RECORD)
  const witness = contents.witnesses.get(SEAL_RECORD)
  assert.ok(body && witness)
  const refused = async (what: string): Promise<void> => {
    await assert.rejects(
      unseal(memory, file()),
      (thrown) => isFault(thrown, 'RecordCorrupt') || isFault(thrown, 'UnsealFailed'),
      what,
    )
  }
  for (let bit = 0; bit < body.bytes.byteLength * 8; bit++) {
    const bytes = Buffer.from(body.bytes)
    bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    contents.bodies.set(SEAL_RECORD, { version: 1, bytes: mintSealed(bytes) })
    await refused(`bit ${bit}`)
  }
  for (let length = 0; length < body.bytes.byteLength; length++) {
    contents.bodies.set(SEAL_RECORD, { version: 1, bytes: mintSealed(body.bytes.slice(0, length)) })
    await refused(`${length} octets`)
  }
  contents.bodies.set(SEAL_RECORD, body)
  contents.witnesses.set(SEAL_RECORD, { version: 1, bytes: Buffer.alloc(16) })
  await refused('another witness')
  contents.witnesses.delete(SEAL_RECORD)
  await refused('no witness')
  contents.witnesses.set(SEAL_RECORD, witness)
  contents.bodies.set(SEAL_RECORD, { ...body, version: 2 })
  await refused('another version')
  contents.bodies.set(SEAL_RECORD, body)
  await unseal(memory, file())
})

test('a header that asks too much of Argon2id is refused before it runs', async () => {
  const { store: memory, contents } = tamperableMemoryStore()
  await initialise(memory, passphrase())
  const body = contents.bodies.get(SEAL_RECORD)
  assert.ok(body)
  const text = Buffer.from(body.bytes).toString('latin1')
  for (const [from, to] of [
    ['65536', '99999999'],
    ['65536', '"x"'],
    ['"passes":3', '"passes":1e9'],
    ['"parallelism":4', '"parallelism":0'],
    ['"parallelism":4', '"parallelism":null'],
    ['"salt":"', '"salt":"!'],
  ] as const) {
    const changed = Buffer.from(text.replace(from, to), 'latin1')
    changed.writeUInt32BE(changed.readUInt32BE(1) + to.length - from.length, 1)
    contents.bodies.set(SEAL_RECORD, { version: 1, bytes: mintSealed(changed) })
    await assert.rejects(unseal(memory, passphrase()), (thrown) => isFault(thrown, 'RecordCorrupt'))
  }
})

test('the data key of the system that is lost stops the start, and is named', async () => {
  const { store: memory, contents } = tamperableMemoryStore()
  await initialise(memory, file())
  const key = dataKeyRecord('system', 1)
  contents.bodies.delete(key)
  const named = (thrown: unknown) =>
    isFault(thrown, 'RecordCorrupt') && thrown.detail.record === String(key)
  await assert.rejects(unseal(memory, file()), named)
  contents.witnesses.delete(key)
  await assert.rejects(unseal(memory, file()), named)
})

test('after a change of the seal the new one opens the store, the old one does not', async () => {
  const { store: memory } = tamperableMemoryStore()
  const unsealed = await initialise(memory, file(), ['sealed'])
  const record = await store(unsealed.keyring, memory)
  const before = await memory.read([dataKeyRecord('vault.vid', 1)])
  await unsealed.changeSeal(passphrase(), ['changed'])
  await assertReads((await unseal(memory, passphrase())).keyring, record)
  await assert.rejects(unseal(memory, file()), failedBecause(/sealed with a passphrase/))
  assert.deepEqual(await memory.read([dataKeyRecord('vault.vid', 1)]), before)
  await unsealed.changeSeal(file(3), [])
  await unsealed.rotateRootKey(['rotated'])
  await assertReads((await unseal(memory, file(3))).keyring, record)
  const entries = (await memory.entries(0, 10)).map(({ entry }) => entry)
  assert.deepEqual(entries, ['sealed', 'changed', 'rotated'])
})

test('a change of the seal that is not committed leaves the old one in force', async () => {
  const { store: memory } = tamperableMemoryStore()
  const unsealed = await initialise(memory, file())
  const commit = memory.commit.bind(memory)
  memory.commit = async () => {
    throw new Error('the disk is full')
  }
  await assert.rejects(unsealed.changeSeal(file(2), []), /disk is full/)
  memory.commit = commit
  await unsealed.rotateRootKey([])
  await unseal(memory, file())
})

test('a process whose seal another one has changed says so instead of writing', async () => {
  const { store: memory } = tamperableMemoryStore()
  const here = await initialise(memory, file())
  const there = await unseal(memory, file())
  await there.changeSeal(file(2), [])
  await assert.rejects(here.rotateRootKey([]), failedBecause(/changed by another process/))
  await unseal(memory, file(2))
})
