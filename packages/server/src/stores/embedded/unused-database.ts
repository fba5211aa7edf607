import { existsSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { databaseFile } from './schema.ts'
import { storeUnavailable } from './store-unavailable.ts'

const TABLES_WITH_DATA = ['body', 'witness', 'audit'] as const

/**
 * Tells whether a data folder has no database, or one that a very first start was stopped in before
 * its first commit: nothing in it was promised to anybody. A single row of anything is data.
 * @throws Fault StoreUnavailable when it cannot be read.
 */
export function isUnusedFolder(folder: string): boolean {
  const file = databaseFile(folder)
  if (!existsSync(file)) return true
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 1000 })
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()
    const names = new Set(tables.map(({ name }) => name))
    if (names.size === 0) return true
    // A database of somebody else, or one that has lost a table, is not ours to make anew.
    if (!TABLES_WITH_DATA.every((name) => names.has(name))) return false
    const opened = database
    return TABLES_WITH_DATA.every((name) => opened.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() === undefined)
  } catch (cause) {
    throw storeUnavailable(cause)
  } finally {
    database?.close()
  }
}

/** Removes the database of an unused folder with what SQLite keeps beside it. */
export function removeUnusedDatabase(folder: string): void {
  const file = databaseFile(folder)
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}
