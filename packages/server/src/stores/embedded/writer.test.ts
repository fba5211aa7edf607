import assert from 'node:assert/strict'
import { copyFileSync, renameSync } from 'node:fs'
import { test } from 'node:test'
import type { DatabaseSync } from 'node:sqlite'
import {
  EMPTY_CHAIN, encodeHead, isFault, openStoreHead, prefixOf, RecordDigest, recordKeyOf,
  sealStoreHead, type Change, type HeadSealer,
} from '@claviger/vault'
import { changeOf, keyedHeadSealer } from '@claviger/vault/testing'
import { EmbeddedAuditLog } from './audit-log.ts'
import { HeadMirror, headMirrorFile, readHeadMirror } from './head-mirror.ts'
import { openChain } from './open-chain.ts'
import { SoleWriter } from './sole-writer.ts'
import { Reader } from './reader.ts'
import { createSchema, databaseFile, openForWriting } from './schema.ts'
import { temporaryFolder } from './testing/embedded-fixture.ts'
import { Writer } from './writer.ts'

interface Bench {
  readonly folder: string
  readonly database: DatabaseSync
  readonly writer: Writer
  readonly reader: Reader
  readonly audit: EmbeddedAuditLog
  /** How many groups with audit entries were committed: each seals one head. */
  readonly groups: () => number
}

/** A writer whose database the test can reach, so that it can take the disk away. */
async function withWriter(body: (bench: Bench) => Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  const keyed = keyedHeadSealer()
  let groups = 0
  const sealer: HeadSealer = {
    openHead: (sealed) => keyed.openHead(sealed),
    sealHead(head) {
      groups++
      return keyed.sealHead(head)
    },
  }
  const database = openForWriting(databaseFile(folder.path))
  const records = RecordDigest.create()
  createSchema(database, sealStoreHead(keyed, { chain: EMPTY_CHAIN, records }))
  const mirror = new HeadMirror(headMirrorFile(folder.path))
  const { chain } = openChain(database, sealer, undefined)
  const sole = new SoleWriter(database)
  const writer = new Writer(database, sealer, mirror, sole, { chain, records })
  const reader = Reader.open(folder.path)
  const audit = EmbeddedAuditLog.open(folder.path, sealer)
  try {
    await body({ folder: folder.path, database, writer, reader, audit, groups: () => groups })
  } finally {
    reader.close()
    audit.close()
    await writer.close()
    folder.remove()
  }
}

const key = (n: number): ReturnType<typeof recordKeyOf> => recordKeyOf('t', `n${n}`)
const ALL = prefixOf('t')

test('what one turn of the event loop brings is one group', () => withWriter(async (bench) => {
  const commits = Array.from({ length: 100 }, (_, n) =>
    bench.writer.commit(changeOf({ put: [[key(n), 'absent', 'x']], audit: [`{"n":${n}}`] })))
  assert.deepEqual(bench.reader.list(ALL, { limit: 1 }), [])
  await Promise.all(commits)
  assert.equal(bench.groups(), 1)
  assert.equal(bench.reader.list(ALL, { limit: 1000 }).length, 100)
}))

test('a group has at most 256 changes, or a few megabytes', () => withWriter(async (bench) => {
  await Promise.all(Array.from({ length: 600 }, (_, n) =>
    bench.writer.commit(changeOf({ audit: [`{"n":${n}}`] }))))
  assert.equal(bench.groups(), 3)
  const big = `{"big":"${'x'.repeat(1_500_000)}"}`
  await Promise.all([1, 2, 3].map(() => bench.writer.commit(changeOf({ audit: [big] }))))
  assert.equal(bench.groups(), 5)
}))

test('a conflict refuses one change; its group lands', () => withWriter(async (bench) => {
  const outcomes = await Promise.allSettled([
    bench.writer.commit(changeOf({ put: [[key(1), 'absent', 'x']], audit: ['{"n":1}'] })),
    bench.writer.commit(changeOf({ put: [[key(1), 'absent', 'y']], audit: ['{"n":2}'] })),
    bench.writer.commit(changeOf({ put: [[key(1), 1, 'z']], audit: ['{"n":3}'] })),
  ])
  assert.deepEqual(outcomes.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled'])
  assert.equal(bench.groups(), 1)
  const entries = await bench.audit.entries(0, 9)
  assert.deepEqual(entries.map(({ entry }) => entry), ['{"n":1}', '{"n":3}'])
  assert.equal(bench.reader.read([key(1)])[0]?.version, 2)
}))

test('a full disk refuses the group; the next may land', () => withWriter(async (bench) => {
  const { writer, database, reader, audit } = bench
  await writer.commit(changeOf({ put: [[key(0), 'absent', 'x']], audit: ['{"n":0}'] }))
  const before = encodeHead(await audit.head())
  const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count'])
  database.exec(`PRAGMA max_page_count = ${pages}`)
  const outcomes = await Promise.allSettled([
    writer.commit(changeOf({ put: [[key(1), 'absent', 'small']], audit: ['{"n":1}'] })),
    writer.commit(changeOf({ put: [[key(0), 'absent', 'stale']] })),
    writer.commit(changeOf({ put: [[key(2), 'absent', new Uint8Array(100_000).fill(1)]] })),
    writer.commit(changeOf({ audit: ['{"n":2}'] })),
  ])
  for (const outcome of outcomes) {
    assert.ok(outcome.status === 'rejected' && isFault(outcome.reason, 'StoreUnavailable'))
    assert.equal(outcome.reason.detail.reason, 'database or disk is full')
  }
  assert.equal(reader.list(ALL, { limit: 9 }).length, 1)
  assert.deepEqual(encodeHead(await audit.head()), before)
  database.exec('PRAGMA max_page_count = 1000000')
  await writer.commit(changeOf({ put: [[key(1), 'absent', 'x']], audit: ['{"n":1}'] }))
  assert.deepEqual((await audit.entries(0, 9)).map(({ entry }) => entry), ['{"n":0}', '{"n":1}'])
  assert.equal(openChain(database, keyedHeadSealer(), undefined).chain.count, 2)
}))

test('a replay refuses one change of a group; a group that is refused claims nothing', () =>
  withWriter(async ({ writer, database, groups }) => {
    const [one, two] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)].map((bytes) => bytes.toString('base64url'))
    assert.ok(one !== undefined && two !== undefined)
    const claiming = (...claims: string[]): Change => ({ ...changeOf({ audit: ['{}'] }), claims })
    const outcomes = await Promise.allSettled([
      writer.commit(claiming(one)), writer.commit(claiming(one)), writer.commit(changeOf({ audit: ['{}'] })),
    ])
    assert.deepEqual(outcomes.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled'])
    assert.equal(groups(), 1)
    database.exec('PRAGMA query_only = ON')
    await assert.rejects(writer.commit(claiming(two)), (thrown) => isFault(thrown, 'StoreUnavailable'))
    database.exec('PRAGMA query_only = OFF')
    await writer.commit(claiming(two))
    await assert.rejects(writer.commit(claiming(two)), (thrown) => isFault(thrown, 'RequestReplayed'))
  }))

test('a group that failed half-way leaves nothing behind', () => withWriter(async (bench) => {
  const { writer, database, reader, audit } = bench
  database.exec(`INSERT INTO audit VALUES (2, 'foreign', x'00')`) // in the way of the second entry
  const outcomes = await Promise.allSettled([
    writer.commit(changeOf({ put: [[key(1), 'absent', 'x']], audit: ['{"n":1}'] })),
    writer.commit(changeOf({ put: [[key(2), 'absent', 'x']], audit: ['{"n":2}'] })),
  ])
  assert.deepEqual(outcomes.map(({ status }) => status), ['rejected', 'rejected'])
  assert.deepEqual(reader.list(ALL, { limit: 9 }), [])
  assert.equal((await audit.head()).count, 0)
  database.exec('DELETE FROM audit')
  await writer.commit(changeOf({ put: [[key(2), 'absent', 'x']], audit: ['{"n":2}'] }))
  assert.deepEqual((await audit.entries(0, 9)).map(({ sequence }) => sequence), [1])
}))

test('a store that has become read-only shows in the heartbeat', () => withWriter(async (bench) => {
  await bench.writer.heartbeat()
  bench.database.exec('PRAGMA query_only = ON')
  const reason = 'attempt to write a readonly database'
  await assert.rejects(bench.writer.heartbeat(), { code: 'StoreUnavailable', detail: { reason } })
  bench.database.exec('PRAGMA query_only = OFF')
  await bench.writer.heartbeat()
}))

for (const suffix of ['', '-wal']) {
  test(`nothing is acknowledged once claviger.sqlite${suffix} has gone`, () =>
    withWriter(async ({ folder, writer, audit }) => {
      const change = changeOf({ audit: ['{"n":1}'] })
      await writer.commit(change)
      const file = `${databaseFile(folder)}${suffix}`
      const gone = (thrown: unknown): boolean =>
        isFault(thrown, 'StoreUnavailable') && /deleted, moved or replaced/.test(thrown.detail.reason)
      renameSync(file, `${file}.away`)
      await assert.rejects(writer.commit(change), gone)
      await assert.rejects(writer.heartbeat(), gone)
      copyFileSync(`${file}.away`, file)
      await assert.rejects(writer.commit(change), gone)
      renameSync(`${file}.away`, file)
      // It was out of sight, so only a start that verifies it goes on with the database.
      if (suffix === '') await assert.rejects(writer.commit(change), /StoreUnavailable/)
      else await writer.commit(change)
      assert.equal((await audit.head()).count, suffix === '' ? 1 : 2)
    }))
}

test('an audit that cannot grow shows in the heartbeat', () => withWriter(async (bench) => {
  const { writer, database, audit } = bench
  database.exec(`INSERT INTO audit VALUES (1, 'foreign', x'00')`) // in the way of the first entry
  await assert.rejects(writer.heartbeat(), (thrown) => isFault(thrown, 'StoreUnavailable'))
  database.exec('DELETE FROM audit')
  await writer.heartbeat()
  assert.deepEqual(await audit.entries(0, 9), [])
}))

test('a heartbeat that was taken away is written again', () => withWriter(async (bench) => {
  bench.database.exec('DELETE FROM heartbeat')
  await bench.writer.heartbeat()
  assert.equal(bench.database.prepare('SELECT beats FROM heartbeat').get()?.['beats'], 1)
}))

const headOf = (sealed: Uint8Array | undefined): unknown =>
  openStoreHead(keyedHeadSealer(), sealed).chain

test('the copy of the head can be brought up to date at once', () => withWriter(async (bench) => {
  const { folder, writer, audit } = bench
  await writer.commit(changeOf({ audit: ['{"n":1}'] }))
  await writer.copyHead()
  const copy = headOf(readHeadMirror(headMirrorFile(folder)))
  assert.deepEqual(copy, await audit.head())
  await writer.commit(changeOf({ audit: ['{"n":2}'] }))
  await writer.copyHead()
  const newer = headOf(readHeadMirror(headMirrorFile(folder)))
  assert.deepEqual(newer, await audit.head())
}))

test('closing commits what waits and refuses what comes later', () => withWriter(async (bench) => {
  const commits = Array.from({ length: 300 }, (_, n) =>
    bench.writer.commit(changeOf({ put: [[key(n), 'absent', 'x']] })))
  const closed = bench.writer.close()
  const reason = 'the store is closed'
  const late = { code: 'StoreUnavailable', detail: { reason } }
  await assert.rejects(bench.writer.commit(changeOf({})), late)
  await assert.rejects(bench.writer.heartbeat(), late)
  await Promise.all([...commits, closed])
  assert.equal(bench.reader.list(ALL, { limit: 1000 }).length, 300)
}))

test('a long prune goes in steps and lets commits through', () => withWriter(async (bench) => {
  const { writer, audit } = bench
  await writer.commit(changeOf({ audit: Array.from({ length: 12_000 }, (_, n) => `{"n":${n}}`) }))
  const pruned = writer.prune(11_999)
  const order: string[] = []
  void pruned.then(() => order.push('pruned'))
  await writer.commit(changeOf({ audit: ['{"n":12000}'] }))
  order.push('committed')
  await pruned
  assert.deepEqual(order, ['committed', 'pruned'])
  const head = await audit.head()
  assert.deepEqual([head.first, head.count], [12_000, 12_001])
  assert.deepEqual((await audit.entries(0, 9)).map(({ sequence }) => sequence), [12_000, 12_001])
}))

test('an audit log opened for reading does not prune', () => withWriter(async ({ audit }) => {
  await assert.rejects(audit.prune(0), (thrown) => isFault(thrown, 'StoreUnavailable'))
}))

test('what is read after closing is refused', () => withWriter(async ({ reader, audit }) => {
  const closed = { code: 'StoreUnavailable', detail: { reason: 'the store is closed' } }
  audit.close()
  await assert.rejects(audit.entries(0, 1), closed)
  await assert.rejects(audit.head(), closed)
  reader.close()
  assert.throws(() => reader.read([key(1)]), closed)
  assert.throws(() => reader.list(ALL, { limit: 1 }), closed)
}))
