// Beside the records, a database holds programs and shortcuts of its own; all of them must be ours.
import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { isFault, recordKeyOf } from '@claviger/vault'
import { changeOf } from '@claviger/vault/testing'
import { databaseFile } from './schema.ts'
import { openIn, tamper, temporaryFolder } from './testing/embedded-fixture.ts'

const ONE = recordKeyOf('t', 'one')

/** A closed store, in which one record has a second state. */
async function withStore(body: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  try {
    const { store, close } = openIn(folder.path)
    await store.commit(changeOf({ put: [[ONE, 'absent', 'first']], audit: ['{}'] }))
    await store.commit(changeOf({ put: [[ONE, 1, 'second']], audit: ['{}'] }))
    await close()
    await body(folder.path)
  } finally {
    folder.remove()
  }
}

function assertRefused(folder: string, record: string, reason: RegExp): void {
  assert.throws(() => openIn(folder), (thrown) =>
    isFault(thrown, 'RecordCorrupt') &&
    thrown.detail.record === record &&
    reason.test(thrown.detail.reason))
}

/** Runs SQL that SQLite lets nobody run by accident. */
function rewriteSchema(folder: string, sql: string): void {
  const database = new DatabaseSync(databaseFile(folder), { defensive: false })
  try {
    database.exec(`PRAGMA writable_schema = ON; ${sql}`)
  } finally {
    database.close()
  }
}

test('a trigger, which would put records back in commits of the server itself, is refused', () =>
  withStore((folder) => {
    tamper(folder, `
      CREATE TRIGGER t AFTER UPDATE ON heartbeat BEGIN
        UPDATE body SET version = 1 WHERE key = '${ONE}';
      END`)
    assertRefused(folder, 'the database', /^it holds what the server did not make: trigger "t"$/)
    tamper(folder, 'DROP TRIGGER t')
    return openIn(folder).close()
  }))

test('an index, from which other versions could be read than a read finds, is refused', () =>
  withStore((folder) => {
    tamper(folder, 'CREATE INDEX x ON body (key, version)')
    assertRefused(folder, 'the database', /index "x"$/)
  }))

test('a table or view besides, and a table made otherwise, are refused and quoted', () =>
  withStore((folder) => {
    tamper(folder, 'CREATE TABLE "a\nb" (c); CREATE VIEW v AS SELECT 1; ALTER TABLE audit ADD d TEXT')
    assertRefused(folder, 'the database', /: table "audit", table "a\\nb", view "v"$/)
  }))

test('a key that stands there twice, so that it cancels out, is refused by name', () =>
  withStore((folder) => {
    rewriteSchema(folder, `
      CREATE TABLE kept AS SELECT sql FROM sqlite_schema WHERE name = 'body';
      UPDATE sqlite_schema SET sql = 'CREATE TABLE body (key TEXT, version INTEGER NOT NULL,
        bytes BLOB NOT NULL, PRIMARY KEY (key, version, bytes)) STRICT, WITHOUT ROWID'
      WHERE name = 'body'`)
    tamper(folder, `INSERT INTO body VALUES ('${ONE}', 1, x'01'), ('${ONE}', 1, x'02')`)
    rewriteSchema(folder, `UPDATE sqlite_schema SET sql = (SELECT sql FROM kept) WHERE name = 'body'`)
    tamper(folder, 'DROP TABLE kept')
    assertRefused(folder, ONE, /^it stands in the database twice/)
  }))

test('what ANALYZE and VACUUM leave is no reason to refuse', () => withStore((folder) => {
  tamper(folder, 'ANALYZE; VACUUM')
  return openIn(folder).close()
}))
