import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { isFault } from '../fault.ts'
import { prefixOf, recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { Store, StoredRecord } from '../store/store.ts'
import { tamperableMemoryStore } from '../testing/tamperable-memory-store.ts'
import { dataKeyRecord } from './data-key-record.ts'
import { initialise } from './initialise.ts'
import type { Keyring } from './keyring.ts'
import { mintSealed } from './mint-sealed.ts'
import type { SealMaterial } from './seal-material.ts'
import { Secret } from './secret.ts'
import { unseal } from './unseal.ts'

const KEY = recordKeyOf('t1', 'v', 'vid', 'secret', 'name')

function material(octet = 1): SealMaterial {
  return { kind: 'file', secret: new Secret(Buffer.alloc(32, octet)) }
}

async function newKeyring() {
  const { store, contents } = tamperableMemoryStore()
  const { keyring } = await initialise(store, material())
  return { store, contents, keyring }
}

function sealed(keyring: Keyring, key: RecordKey, version: number, text?: string): StoredRecord {
  const secret = text === undefined ? {} : { secret: Secret.fromText(text) }
  return { key, version, ...keyring.seal(key, version, { meta: { version }, ...secret }) }
}

async function dataKeysOf(store: Store, scope: string): Promise<number> {
  return (await store.list(prefixOf('system', 'data-key', scope), { limit: 10 })).length
}

function corruptOf(record: string, reason?: string): (thrown: unknown) => boolean {
  return (thrown) => {
    assert.ok(isFault(thrown, 'RecordCorrupt'), String(thrown))
    assert.equal(thrown.detail.record, record)
    if (reason !== undefined) assert.equal(thrown.detail.reason, reason)
    return true
  }
}

const anySegment = fc.stringMatching(/^[0-9a-z._~:@-]{1,12}$/)
const anyKey = fc
  .array(anySegment, { minLength: 1, maxLength: 5 })
  .map((segments) => recordKeyOf(...segments))
const anyVersion = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER - 1 })
const anyContent = fc.record(
  { meta: fc.jsonValue(), secret: fc.uint8Array({ maxLength: 200 }) },
  { requiredKeys: ['meta'] },
)

test('whatever is sealed opens as it was, an empty secret as an empty secret', async () => {
  const { keyring } = await newKeyring()
  await fc.assert(
    fc.asyncProperty(anyKey, anyVersion, anyContent, async (key, version, { meta, secret }) => {
      await keyring.prepare([key])
      const content = { meta, ...(secret && { secret: new Secret(Uint8Array.from(secret)) }) }
      const opened = keyring.open({ key, version, ...keyring.seal(key, version, content) })
      assert.deepEqual(opened.meta, JSON.parse(JSON.stringify(meta)))
      assert.deepEqual(opened.secret && [...opened.secret.reveal()], secret && [...secret])
    }),
  )
})

test('no clear octet of the content stands in the body', async () => {
  const { keyring } = await newKeyring()
  await keyring.prepare([KEY])
  const record = sealed(keyring, KEY, 1, 'plaintext-canary')
  const text = Buffer.from(record.body).toString('latin1')
  assert.ok(!text.includes('canary') && !text.includes('version'))
})

/** Each way of handing a record back other than it was sealed. */
const anyTampering = fc.oneof(
  fc.record({
    kind: fc.constantFrom('flip body', 'flip witness', 'cut body', 'cut witness'),
    at: fc.nat(),
  }),
  fc.record({
    kind: fc.constantFrom(
      'lengthen body',
      'lengthen witness',
      'other version',
      'swap bodies',
      'swap witnesses',
    ),
    at: fc.constant(0),
  }),
  fc.record({ kind: fc.constant('move'), at: fc.constant(0), to: anyKey }),
)

type Tampering = (typeof anyTampering) extends fc.Arbitrary<infer Value> ? Value : never

function tampered(record: StoredRecord, later: StoredRecord, how: Tampering): StoredRecord {
  const { body, witness } = record
  const bit = (bytes: Uint8Array) => how.at % (bytes.byteLength * 8)
  const put = (bytes: Uint8Array): StoredRecord => ({ ...record, body: mintSealed(bytes) })
  switch (how.kind) {
    case 'flip body':
      return put(flipped(body, bit(body)))
    case 'flip witness':
      return { ...record, witness: flipped(witness, bit(witness)) }
    case 'cut body':
      return put(body.slice(0, how.at % body.byteLength))
    case 'cut witness':
      return { ...record, witness: witness.slice(0, how.at % witness.byteLength) }
    case 'lengthen body':
      return put(Buffer.concat([body, Buffer.alloc(1)]))
    case 'lengthen witness':
      return { ...record, witness: Buffer.concat([witness, Buffer.alloc(1)]) }
    case 'other version':
      return { ...record, version: record.version + 1 }
    case 'swap bodies':
      return { ...record, body: later.body }
    case 'swap witnesses':
      return { ...record, witness: later.witness }
    case 'move':
      return { ...record, key: 'to' in how ? how.to : record.key }
  }
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = Math.floor(bit / 8)
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8))
  return copy
}

test('a record changed, cut, moved, put back or mixed is named and not opened', async () => {
  const { keyring } = await newKeyring()
  await fc.assert(
    fc.asyncProperty(anyKey, anyVersion, anyContent, anyTampering, async (...drawn) => {
      const [key, version, content, how] = drawn
      fc.pre(!('to' in how) || how.to !== key)
      await keyring.prepare([key])
      const secret = content.secret && { secret: new Secret(content.secret) }
      const seal = (of: number): StoredRecord => ({
        key,
        version: of,
        ...keyring.seal(key, of, { meta: content.meta, ...secret }),
      })
      const wrong = tampered(seal(version), seal(version + 1), how)
      await keyring.prepare([wrong])
      assert.throws(() => keyring.open(wrong), corruptOf(wrong.key))
    }),
    { numRuns: 500 },
  )
})

test('every single bit of a body and of a witness counts', async () => {
  const { keyring } = await newKeyring()
  await keyring.prepare([KEY])
  const record = sealed(keyring, KEY, 3, 's')
  for (let bit = 0; bit < record.body.byteLength * 8; bit++) {
    const wrong = { ...record, body: mintSealed(flipped(record.body, bit)) }
    assert.throws(() => keyring.open(wrong), corruptOf(KEY))
  }
  for (let bit = 0; bit < 128; bit++) {
    const wrong = { ...record, witness: flipped(record.witness, bit) }
    assert.throws(() => keyring.open(wrong), corruptOf(KEY, 'authentication failed'))
  }
})

test('what is wrong with a record is told', async () => {
  const { keyring } = await newKeyring()
  await keyring.prepare([KEY])
  const record = sealed(keyring, KEY, 1, 's')
  const generation = Buffer.from(record.body)
  generation.writeUInt32BE(7, 1)
  const format = Buffer.from(record.body)
  format.writeUInt8(9, 0)
  const nothing = new Uint8Array(0)
  const cases: readonly (readonly [Partial<StoredRecord>, string])[] = [
    [{ body: mintSealed(nothing) }, 'body missing'],
    [{ witness: nothing }, 'witness missing'],
    [{ body: mintSealed(format) }, 'format unknown'],
    [{ body: mintSealed(record.body.subarray(0, 36)) }, 'format unknown'],
    [{ body: mintSealed(generation) }, 'key generation unknown'],
    [{ version: 2 }, 'authentication failed'],
    [{ version: 0 }, 'authentication failed'],
    [{ version: -1 }, 'authentication failed'],
    [{ version: 1.5 }, 'authentication failed'],
    [{ version: Number.NaN }, 'authentication failed'],
    [{ witness: record.witness.subarray(0, 4) }, 'authentication failed'],
  ]
  for (const [change, reason] of cases) {
    assert.throws(() => keyring.open({ ...record, ...change }), corruptOf(KEY, reason))
  }
})

test('a record of one vault does not open in another, nor in a scope that has no key', async () => {
  const { store, keyring } = await newKeyring()
  const elsewhere = recordKeyOf('t1', 'v', 'other', 'secret', 'name')
  const nowhere = recordKeyOf('t9', 'secret')
  await keyring.prepare([KEY, elsewhere])
  const record = sealed(keyring, KEY, 1, 's')
  await keyring.prepare([{ ...record, key: nowhere }])
  assert.throws(() => keyring.open({ ...record, key: elsewhere }), corruptOf(elsewhere))
  assert.throws(
    () => keyring.open({ ...record, key: nowhere }),
    corruptOf(nowhere, 'key generation unknown'),
  )
  assert.equal(await dataKeysOf(store, 'tenant.t9'), 0)
})

test('a wrapped data key and the seal record do not open as records', async () => {
  const { store, keyring } = await newKeyring()
  for (const key of [dataKeyRecord('system', 1), recordKeyOf('system', 'seal')]) {
    const [record] = await store.read([key])
    assert.ok(record)
    assert.throws(() => keyring.open(record), corruptOf(key, 'format unknown'))
  }
})

test('no two sealings share their randomness, and equal contents look different', async () => {
  const { keyring } = await newKeyring()
  await keyring.prepare([KEY])
  const count = 3000
  const randoms = new Set<string>()
  const ivs = new Set<string>()
  for (let index = 0; index < count; index++) {
    const { body } = sealed(keyring, KEY, 1, 'same')
    const random = Buffer.from(body).subarray(5, 37)
    randoms.add(random.subarray(0, 20).toString('hex'))
    ivs.add(random.subarray(20).toString('hex'))
  }
  assert.equal(randoms.size, count)
  assert.equal(ivs.size, count)
})

test('preparing is a promise only while a data key must be loaded or made', async () => {
  const { store, keyring } = await newKeyring()
  assert.ok(keyring.prepare([KEY]) instanceof Promise)
  await keyring.prepare([KEY])
  assert.equal(keyring.prepare([KEY]), undefined)
  const record = sealed(keyring, KEY, 1)
  assert.equal(keyring.prepare([record]), undefined)
  assert.equal(keyring.prepare([]), undefined)
  const restarted = (await unseal(store, material())).keyring
  assert.ok(restarted.prepare([record]) instanceof Promise)
  await restarted.prepare([record])
  assert.deepEqual(restarted.open(record).meta, { version: 1 })
})

test('sealing and opening without preparing is refused as a slip of the caller', async () => {
  const { keyring } = await newKeyring()
  assert.throws(() => sealed(keyring, KEY, 1), TypeError)
  assert.throws(() => keyring.seal(recordKeyOf('system', 'x'), 1, { meta: undefined }), TypeError)
})

test('a data key that two processes make at once is made once, and both use it', async () => {
  const { store, keyring } = await newKeyring()
  const other = (await unseal(store, material())).keyring
  await Promise.all([keyring.prepare([KEY]), other.prepare([KEY]), keyring.prepare([KEY])])
  const made = await store.list(prefixOf('system', 'data-key', 'vault.vid'), { limit: 10 })
  assert.equal(made.length, 1)
  assert.equal(other.open(sealed(keyring, KEY, 1, 'a')).secret?.byteLength, 1)
  assert.equal(keyring.open(sealed(other, KEY, 1, 'a')).secret?.byteLength, 1)
})

test('after the rotation of a data key all processes open old and new records', async () => {
  const { store, keyring } = await newKeyring()
  const other = (await unseal(store, material())).keyring
  await Promise.all([keyring.prepare([KEY]), other.prepare([KEY])])
  const old = sealed(keyring, KEY, 1, 'old')
  await keyring.rotateDataKey('vault.vid', ['rotated'])
  const fresh = sealed(keyring, KEY, 2, 'fresh')
  assert.equal(Buffer.from(fresh.body).readUInt32BE(1), 2)
  for (const ring of [keyring, other]) {
    await ring.prepare([old, fresh])
    assert.deepEqual(ring.open(old).meta, { version: 1 })
    assert.deepEqual(ring.open(fresh).meta, { version: 2 })
  }
  assert.deepEqual((await store.entries(0, 10)).map(({ entry }) => entry), ['rotated'])
})

test('a load that a rotation overtakes does not take the new generation away', async () => {
  const { store, keyring } = await newKeyring()
  await keyring.prepare([KEY])
  const list = store.list.bind(store)
  const gate = Promise.withResolvers<void>()
  store.list = async (prefix, page) => {
    const records = await list(prefix, page)
    await gate.promise
    return records
  }
  const overtaken = keyring.refresh('vault.vid')
  store.list = list
  await keyring.rotateDataKey('vault.vid', [])
  const fresh = sealed(keyring, KEY, 1)
  gate.resolve()
  await overtaken
  assert.deepEqual(keyring.open(fresh).meta, { version: 1 })
})

test('two processes that rotate one data key at once make two generations', async () => {
  const { store, keyring } = await newKeyring()
  const other = (await unseal(store, material())).keyring
  await keyring.prepare([KEY])
  await Promise.all([keyring.rotateDataKey('vault.vid', []), other.rotateDataKey('vault.vid', [])])
  const made = await store.list(prefixOf('system', 'data-key', 'vault.vid'), { limit: 10 })
  const expected = [1, 2, 3].map((generation) => dataKeyRecord('vault.vid', generation))
  assert.deepEqual(made.map(({ key }) => key), expected)
  await other.prepare([sealed(keyring, KEY, 1)])
  await keyring.refresh('vault.vid')
  assert.equal(keyring.open(sealed(other, KEY, 1, 'a')).secret?.byteLength, 1)
})

test('what a destroyed data key sealed can be read no more, by any process', async () => {
  const { store, keyring } = await newKeyring()
  const other = (await unseal(store, material())).keyring
  await Promise.all([keyring.prepare([KEY]), other.prepare([KEY])])
  const record = sealed(keyring, KEY, 1, 'gone')
  await keyring.rotateDataKey('vault.vid', [])
  await keyring.destroyDataKey('vault.vid', ['purged'])
  other.forget('vault.vid')
  for (const ring of [keyring, other]) {
    await ring.prepare([record])
    assert.throws(() => ring.open(record), corruptOf(KEY, 'key generation unknown'))
  }
  assert.equal(await dataKeysOf(store, 'vault.vid'), 0)
  assert.deepEqual((await store.entries(0, 10)).map(({ entry }) => entry), ['purged'])
  await assert.rejects(keyring.destroyDataKey('system', []), TypeError)
})

test('a damaged data key is named as the cause, and nothing is made in its place', async () => {
  const { store, contents, keyring } = await newKeyring()
  await keyring.prepare([KEY])
  const old = sealed(keyring, KEY, 1, 'old')
  await keyring.rotateDataKey('vault.vid', [])
  const fresh = sealed(keyring, KEY, 2, 'fresh')
  const damaged = dataKeyRecord('vault.vid', 2)
  contents.witnesses.delete(damaged)
  const restarted = (await unseal(store, material())).keyring
  await restarted.prepare([old, fresh, KEY])
  assert.deepEqual(restarted.open(old).meta, { version: 1 })
  assert.throws(
    () => restarted.open(fresh),
    (thrown) => {
      corruptOf(KEY, 'key generation unknown')(thrown)
      return thrown instanceof Error && corruptOf(damaged, 'witness missing')(thrown.cause)
    },
  )
  assert.throws(() => sealed(restarted, KEY, 3), corruptOf(damaged, 'witness missing'))
})

test('the head of the audit chain opens over restart and rotation, not when changed', async () => {
  const { store, keyring } = await newKeyring()
  const head = randomBytes(80)
  const before = keyring.sealHead(head)
  await keyring.rotateDataKey('system', [])
  const after = keyring.sealHead(head)
  const restarted = (await unseal(store, material())).keyring
  assert.deepEqual(Buffer.from(restarted.openHead(before)), head)
  assert.deepEqual(Buffer.from(restarted.openHead(after)), head)
  for (let bit = 0; bit < after.byteLength * 8; bit++) {
    assert.throws(() => restarted.openHead(flipped(after, bit)), corruptOf('audit/head'))
  }
  for (const cut of [0, 1, 15, 16, 36, 53, after.byteLength - 1]) {
    assert.throws(() => restarted.openHead(after.subarray(0, cut)), corruptOf('audit/head'))
  }
})

test('a blob opens for its scope and purpose alone, over restart and rotations', async () => {
  const { store, keyring } = await newKeyring()
  const bytes = randomBytes(100)
  const blob = await keyring.sealBlob('tenant.t1', 'secret backup', bytes)
  await keyring.rotateDataKey('tenant.t1', [])
  const unsealed = await unseal(store, material())
  await unsealed.rotateRootKey([])
  const restarted = (await unseal(store, material())).keyring
  assert.deepEqual(Buffer.from(await restarted.openBlob('tenant.t1', 'secret backup', blob)), bytes)
  const wrong: readonly (readonly [string, string, Uint8Array])[] = [
    ['tenant.t2', 'secret backup', blob],
    ['tenant.t1', 'key backup', blob],
    ['system', 'secret backup', blob],
    ['tenant.t1', 'secret backup', new Uint8Array(0)],
    ['tenant.t1', 'secret backup', blob.subarray(0, 40)],
    ['tenant.t1', 'secret backup', blob.subarray(0, -1)],
    ['tenant.t1', 'secret backup', flipped(blob, 300)],
    ['tenant.t1', 'secret backup', flipped(blob, 20)],
    ['tenant.t1', 'secret backup', restarted.sealHead(bytes)],
    ['tenant.t1', 'secret backup', randomBytes(200)],
  ]
  for (const [scope, purpose, bad] of wrong) {
    await assert.rejects(restarted.openBlob(scope, purpose, bad), corruptOf(purpose))
  }
  assert.equal(await dataKeysOf(store, 'tenant.t2'), 0)
  await assert.rejects(restarted.sealBlob('everything', 'p', bytes), TypeError)
})

test('a blob of another installation does not open', async () => {
  const [here, there] = await Promise.all([newKeyring(), newKeyring()])
  const blob = await there.keyring.sealBlob('tenant.t1', 'p', randomBytes(10))
  await here.keyring.sealBlob('tenant.t1', 'p', randomBytes(10))
  const opening = here.keyring.openBlob('tenant.t1', 'p', blob)
  await assert.rejects(opening, corruptOf('p', 'authentication failed'))
})
