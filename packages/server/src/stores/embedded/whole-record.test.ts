// A record that was put back whole fits itself; what was last committed does not have it.
import assert from 'node:assert/strict'
import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { test } from 'node:test'
import { EMPTY_CHAIN, encodeHead, isFault, recordKeyOf, type RecordKey } from '@claviger/vault'
import { changeOf, keyedHeadSealer } from '@claviger/vault/testing'
import { OtherWriter } from './other-writer.ts'
import { databaseFile } from './schema.ts'
import { doubtOf, openIn, tamper, temporaryFolder } from './testing/embedded-fixture.ts'

const ONE = recordKeyOf('t', 'one')
const TWO = recordKeyOf('t', 'two')
const GONE = recordKeyOf('t', 'gone')
const TABLES = ['body', 'witness'] as const

/** A closed store with three records. */
async function withStore(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  try {
    const opened = openIn(folder.path)
    await opened.store.commit(changeOf({
      put: [[ONE, 'absent', 'first'], [TWO, 'absent', 'first'], [GONE, 'absent', 'first']],
      audit: ['{}'],
    }))
    await opened.close()
    await body(folder.path)
  } finally {
    folder.remove()
  }
}

/** Takes both halves of a record, and gives what puts them back, or takes them away again. */
function taken(folder: string, key: RecordKey): () => void {
  const rows = TABLES.map((table) => ({
    table,
    row: withDatabase(folder, (database) =>
      database.prepare(`SELECT key, version, bytes FROM ${table} WHERE key = ?`).get(key)),
  }))
  return () => withDatabase(folder, (database) => {
    for (const { table, row } of rows) {
      database.prepare(`DELETE FROM ${table} WHERE key = ?`).run(key)
      if (row === undefined) continue
      const values: SQLInputValue[] = Object.values(row)
      database.prepare(`INSERT INTO ${table} VALUES (?, ?, ?)`).run(...values)
    }
  })
}

function withDatabase<Result>(folder: string, use: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(databaseFile(folder))
  try {
    return use(database)
  } finally {
    database.close()
  }
}

async function commit(folder: string, ...changes: readonly Parameters<typeof changeOf>[0][]) {
  const opened = openIn(folder)
  for (const change of changes) await opened.store.commit(changeOf(change))
  await opened.close()
}

test('a record put back whole is named, with the number of changes that are missing', () =>
  withStore(async (folder) => {
    const putBack = taken(folder, ONE)
    await commit(folder, { put: [[ONE, 1, 'second']] }, { put: [[ONE, 2, 'third']], audit: ['{}'] })
    putBack()
    assert.deepEqual(doubtOf(() => openIn(folder)).doubts, [
      'record t/one: an older state of it was put back; its last 2 changes are missing',
    ])
  }))

test('a record put back whole is found though no audit entry came with its change', () =>
  withStore(async (folder) => {
    const putBack = taken(folder, ONE)
    await commit(folder, { put: [[ONE, 1, 'second']] })
    putBack()
    assert.match(doubtOf(() => openIn(folder)).doubts.join(), /its last change is missing/)
  }))

test('each of several records that were put back is named', () => withStore(async (folder) => {
  const putBack = [taken(folder, ONE), taken(folder, TWO)]
  await commit(folder, { put: [[ONE, 1, 'second'], [TWO, 1, 'second']] })
  for (const each of putBack) each()
  const { doubts } = doubtOf(() => openIn(folder))
  const names = new Set(doubts.map((doubt) => doubt.split(':')[0]))
  assert.deepEqual(names, new Set(['record t/one', 'record t/two']))
}))

test('a deleted record that was put in again is named', () => withStore(async (folder) => {
  const putBack = taken(folder, GONE)
  await commit(folder, { delete: [[GONE, 1]] })
  putBack()
  assert.deepEqual(doubtOf(() => openIn(folder)).doubts, [
    'record t/gone: it was deleted, and was put in again',
  ])
}))

test('a record taken away whole is noticed', () => withStore(async (folder) => {
  for (const table of TABLES) tamper(folder, `DELETE FROM ${table} WHERE key = '${ONE}'`)
  assert.match(doubtOf(() => openIn(folder)).doubts.join(), /^a record was taken away, or several/)
}))

test('another version in both halves is noticed', () => withStore(async (folder) => {
  for (const table of TABLES) tamper(folder, `UPDATE ${table} SET version = 1152921504606846976`)
  assert.ok(doubtOf(() => openIn(folder)).doubts.length > 0)
}))

test('a record that lost one half is left to its seal, which names it when it is read', () =>
  withStore(async (folder) => {
    tamper(folder, `DELETE FROM body WHERE key = '${ONE}'`)
    tamper(folder, `DELETE FROM witness WHERE key = '${TWO}'`)
    const opened = openIn(folder)
    assert.deepEqual(opened.accepted, [])
    await opened.store.commit(changeOf({ put: [[ONE, 1, 'anew']], delete: [[TWO, 1]] }))
    await opened.close()
    await openIn(folder).close()
  }))

test('a store is accepted by the code of its very state, and no other', () =>
  withStore(async (folder) => {
    const putBackOne = taken(folder, ONE)
    const putBackTwo = taken(folder, TWO)
    await commit(folder, { put: [[ONE, 1, 'second'], [TWO, 1, 'second']], audit: ['{}'] })
    putBackOne()
    const first = doubtOf(() => openIn(folder))
    assert.equal(doubtOf(() => openIn(folder, { accept: '0'.repeat(16) })).code, first.code)
    putBackTwo()
    assert.notEqual(doubtOf(() => openIn(folder, { accept: first.code })).code, first.code)
    const { code } = doubtOf(() => openIn(folder))
    const opened = openIn(folder, { accept: code })
    assert.equal(opened.accepted.length, 2)
    await opened.store.commit(changeOf({ put: [[ONE, 1, 'again']], audit: ['{}'] }))
    await opened.close()
    const again = openIn(folder)
    assert.deepEqual(again.accepted, [])
    await again.close()
  }))

test('what another program writes while the store is open refuses every commit from then on', () =>
  withStore(async (folder) => {
    const putBack = taken(folder, ONE)
    const opened = openIn(folder)
    let told = 0
    opened.writer.onOtherWriter = () => (told += 1)
    await opened.store.commit(changeOf({ put: [[ONE, 1, 'second']], audit: ['{}'] }))
    putBack()
    // As a read of the record would: its answer waits for this.
    const entry = opened.store.commit(changeOf({ audit: ['{"read":1}'] }))
    const isRefused = (thrown: unknown): boolean =>
      isFault(thrown, 'StoreUnavailable') && thrown.cause instanceof OtherWriter
    await assert.rejects(entry, isRefused)
    await assert.rejects(opened.writer.heartbeat(), isRefused)
    assert.equal(told, 1)
    await opened.close()
    assert.match(doubtOf(() => openIn(folder)).doubts.join(), /record t\/one/)
  }))

test('a program that only reads is not in the way', () => withStore(async (folder) => {
  const opened = openIn(folder)
  const rows = withDatabase(folder, (database) => database.prepare('SELECT key FROM body').all())
  assert.equal(rows.length, 3)
  await opened.store.commit(changeOf({ audit: ['{}'] }))
  await opened.close()
}))

test('the store of a release without a digest is taken when that is accepted', () =>
  withStore(async (folder) => {
    const opened = openIn(folder)
    const chain = await opened.audit.head()
    await opened.close()
    const sealed = keyedHeadSealer().sealHead(encodeHead(chain))
    withDatabase(folder, (database) => database.prepare('UPDATE audit_head SET sealed = ?').run(sealed))
    const { doubts, code } = doubtOf(() => openIn(folder))
    assert.match(doubts.join(), /kept no digest/)
    const adopted = openIn(folder, { accept: code })
    assert.deepEqual(adopted.accepted, doubts)
    await adopted.store.commit(changeOf({ audit: ['{}'] }))
    await adopted.close()
    const again = openIn(folder)
    assert.deepEqual(again.accepted, [])
    await again.close()
    assert.notDeepEqual(chain, EMPTY_CHAIN)
  }))

test('bytes changed in the file beneath the open store refuse every commit from then on', () =>
  withStore(async (folder) => {
    const opened = openIn(folder)
    let told = 0
    opened.writer.onOtherWriter = () => (told += 1)
    for (let n = 0; n < 50; n++) await opened.store.commit(changeOf({ audit: [`{"n":${n}}`] }))
    const file = openSync(databaseFile(folder), 'r+')
    writeSync(file, 'x', 100)
    closeSync(file)
    await assert.rejects(opened.store.commit(changeOf({ audit: ['{}'] })), (thrown) =>
      isFault(thrown, 'StoreUnavailable') && /changed by something else/.test(thrown.detail.reason))
    assert.equal(told, 1)
    await opened.close()
  }))

test('the writer’s own checkpoints are its own doing', () => withStore(async (folder) => {
  const opened = openIn(folder)
  const before = statSync(databaseFile(folder), { bigint: true }).ctimeNs
  for (let n = 0; n < 600; n++) {
    await opened.store.commit(changeOf({
      put: [[recordKeyOf('t', `filler-${n}`), 'absent', 'x'.repeat(4000)]], audit: ['{}'],
    }))
  }
  assert.notEqual(statSync(databaseFile(folder), { bigint: true }).ctimeNs, before)
  assert.ok(statSync(`${databaseFile(folder)}-wal`).size < 30_000_000)
  await opened.close()
  await openIn(folder).close()
}))
