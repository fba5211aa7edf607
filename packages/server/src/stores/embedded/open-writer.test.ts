import assert from 'node:assert/strict'
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { isFault, recordKeyOf } from '@claviger/vault'
import { changeOf, keyedHeadSealer } from '@claviger/vault/testing'
import { headMirrorFile } from './head-mirror.ts'
import { Reader } from './reader.ts'
import { databaseFile, openForReading } from './schema.ts'
import { doubtOf, openIn, tamper, temporaryFolder } from './testing/embedded-fixture.ts'

const KEY = recordKeyOf('t', 'one')

/** A data folder with a closed store of `entries` audit entries. */
async function withStore(entries: number, body: (folder: string) => Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  try {
    await add(folder.path, entries)
    await body(folder.path)
  } finally {
    folder.remove()
  }
}

async function add(folder: string, entries: number): Promise<void> {
  const opened = openIn(folder)
  for (let n = 0; n < entries; n++) await opened.store.commit(changeOf({ audit: [`{"n":${n}}`] }))
  await opened.close()
}

function refuses(folder: string, reason: RegExp): void {
  assert.throws(() => openIn(folder), (thrown) =>
    isFault(thrown, 'RecordCorrupt')
    && thrown.detail.record === 'audit head' && reason.test(thrown.detail.reason))
}

test('a database put back to an older state is refused, with the number of lost entries', () =>
  withStore(3, async (folder) => {
    const old = join(folder, 'old')
    cpSync(databaseFile(folder), old)
    await add(folder, 4)
    cpSync(old, databaseFile(folder))
    refuses(folder, /: 4 entries are missing$/)
  }))

test('a new database in the place of a lost one is refused', () => withStore(3, async (folder) => {
  rmSync(databaseFile(folder))
  refuses(folder, /: 3 entries are missing$/)
}))

test('a database with another history of the same length is refused', () =>
  withStore(3, async (folder) => {
    const copy = readFileSync(headMirrorFile(folder))
    rmSync(databaseFile(folder))
    rmSync(headMirrorFile(folder))
    const opened = openIn(folder)
    await opened.store.commit(changeOf({ audit: ['{"other":1}', '{}', '{}', '{}'] }))
    await opened.close()
    writeFileSync(headMirrorFile(folder), copy)
    refuses(folder, /another entry 3 than its copy$/)
  }))

test('a copy of the head that is behind is normal', () => withStore(3, async (folder) => {
  const copy = readFileSync(headMirrorFile(folder))
  await add(folder, 4)
  writeFileSync(headMirrorFile(folder), copy)
  const opened = openIn(folder)
  assert.deepEqual(opened.accepted, [])
  assert.equal((await opened.audit.head()).count, 7)
  await opened.close()
  assert.notDeepEqual(readFileSync(headMirrorFile(folder)), copy)
}))

test('a copy of the head that points into pruned entries is no reason to refuse', () =>
  withStore(3, async (folder) => {
    const copy = readFileSync(headMirrorFile(folder))
    const opened = openIn(folder)
    await opened.store.commit(changeOf({ audit: ['{}', '{}'] }))
    await opened.audit.prune(5)
    await opened.close()
    writeFileSync(headMirrorFile(folder), copy)
    await openIn(folder).close()
  }))

test('a missing copy of the head is refused, and made again where that is accepted', () =>
  withStore(3, async (folder) => {
    rmSync(headMirrorFile(folder))
    const { doubts, code } = doubtOf(() => openIn(folder))
    assert.equal(doubts.length, 1)
    assert.match(doubts[0] ?? '', /audit\.head.* after entry 3,/)
    const opened = openIn(folder, { accept: code })
    assert.deepEqual(opened.accepted, doubts)
    // The entry that says so; before it the copy is not made.
    await opened.store.commit(changeOf({ audit: ['{}'] }))
    await opened.close()
    const again = openIn(folder)
    assert.deepEqual(again.accepted, [])
    await again.close()
  }))

test('a damaged copy of the head is refused', () => withStore(3, async (folder) => {
  writeFileSync(headMirrorFile(folder), 'nonsense')
  refuses(folder, /copy beside the database does not open/)
}))

test('a head sealed by another key is refused', () => withStore(3, async (folder) => {
  assert.throws(
    () => openIn(folder, { sealer: keyedHeadSealer('another') }),
    (thrown) => isFault(thrown, 'RecordCorrupt'),
  )
}))

for (const [what, sql] of [
  ['a damaged head', `UPDATE audit_head SET sealed = x'00'`],
  ['a missing head', 'DELETE FROM audit_head'],
  ['a cut tail', 'DELETE FROM audit WHERE sequence = 3'],
  ['an entry after the head', `INSERT INTO audit VALUES (4, '{}', x'00')`],
  ['a changed last hash', `UPDATE audit SET hash = zeroblob(32) WHERE sequence = 3`],
  ['a lost chain', 'DELETE FROM audit'],
] as const) {
  test(`${what} is refused when the store is opened`, () => withStore(3, async (folder) => {
    tamper(folder, sql)
    refuses(folder, /./)
  }))
}

test('a database of a newer version is refused, and says so', () => withStore(1, async (folder) => {
  tamper(folder, 'PRAGMA user_version = 2')
  const newer = (thrown: unknown): boolean =>
    isFault(thrown, 'StoreUnavailable') && /version 2.*newer.*knows 1/.test(thrown.detail.reason)
  assert.throws(() => openIn(folder), newer)
  assert.throws(() => Reader.open(folder), newer)
}))

test('a database that somebody else has made is refused', async () => {
  const folder = temporaryFolder()
  try {
    tamper(folder.path, 'CREATE TABLE notes (text TEXT)')
    assert.throws(() => openIn(folder.path), (thrown) =>
      isFault(thrown, 'StoreUnavailable') && /not made by this program/.test(thrown.detail.reason))
  } finally {
    folder.remove()
  }
})

test('a file that is no database is refused without naming its path', async () => {
  const folder = temporaryFolder()
  try {
    writeFileSync(databaseFile(folder.path), 'x'.repeat(10_000))
    assert.throws(() => openIn(folder.path), (thrown) =>
      isFault(thrown, 'StoreUnavailable') && thrown.detail.reason === 'file is not a database')
  } finally {
    folder.remove()
  }
})

test('reading where there is no store is refused', () => {
  const folder = temporaryFolder()
  try {
    assert.throws(() => Reader.open(folder.path), (thrown) => isFault(thrown, 'StoreUnavailable'))
  } finally {
    folder.remove()
  }
})

test('damaged pages make the store unavailable, not the process', async () => {
  const folder = temporaryFolder()
  try {
    const opened = openIn(folder.path)
    const change = changeOf({ put: [[KEY, 'absent', new Uint8Array(50_000).fill(7)]] })
    await opened.store.commit(change)
    await opened.close()
    const bytes = readFileSync(databaseFile(folder.path))
    bytes.fill(0xff, 8192) // all but the first page, which has the schema
    writeFileSync(databaseFile(folder.path), bytes)
    const database = openForReading(databaseFile(folder.path))
    const reader = new Reader(database)
    assert.throws(() => reader.read([KEY]), (thrown) =>
      isFault(thrown, 'StoreUnavailable') && /malformed/.test(thrown.detail.reason))
    assert.throws(() => reader.read([KEY, KEY]), (thrown) => isFault(thrown, 'StoreUnavailable'))
    reader.close()
  } finally {
    folder.remove()
  }
})

test('the database and its copy of the head are readable by the owner alone', () =>
  withStore(1, async (folder) => {
    const opened = openIn(folder)
    await opened.store.commit(changeOf({ audit: ['{}'] }))
    const files = [databaseFile(folder), `${databaseFile(folder)}-wal`, headMirrorFile(folder)]
    for (const file of files) assert.equal(statSync(file).mode & 0o077, 0, file)
    await opened.close()
  }))

test('the database is set up to be durable', () => withStore(1, async (folder) => {
  const opened = openIn(folder)
  const database = new DatabaseSync(databaseFile(folder))
  const value = (pragma: string): unknown =>
    Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]
  assert.deepEqual([value('journal_mode'), value('page_size')], ['wal', 8192])
  database.close()
  await opened.close()
}))
