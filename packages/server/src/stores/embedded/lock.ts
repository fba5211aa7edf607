import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Fault } from '@claviger/vault'
import { storeUnavailable } from './store-unavailable.ts'

const SQLITE_BUSY = 5

/**
 * Keeps a data folder to one process: an exclusive transaction on a file of its own, whose lock the
 * operating system takes back however the process ends. Nothing else in the process may open that
 * file: closing it would drop the lock (POSIX record locks belong to the process, not the handle).
 */
export class DataFolderLock {
  readonly folder: string
  readonly #database: DatabaseSync

  private constructor(folder: string, database: DatabaseSync) {
    this.folder = folder
    this.#database = database
  }

  /**
   * Locks the folder, and makes it (mode 0700) when there is none.
   * @throws Fault StoreUnavailable at once when another process has it, naming its process id.
   */
  static take(folder: string): DataFolderLock {
    let database: DatabaseSync | undefined
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const file = join(folder, 'lock.sqlite')
      // SQLite would let others read it, and whoever can read it can hold its lock.
      if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
      database = new DatabaseSync(file, { timeout: 0 })
      database.exec('BEGIN EXCLUSIVE')
      writeFileSync(join(folder, 'lock.pid'), `${process.pid}\n`, { mode: 0o600 })
      return new DataFolderLock(folder, database)
    } catch (cause) {
      database?.close()
      if (!isBusy(cause)) throw storeUnavailable(cause)
      const reason = `the data folder is in use by another process${ownerOf(folder)}`
      throw new Fault('StoreUnavailable', { reason }, { cause })
    }
  }

  release(): void {
    this.#database.close()
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'errcode' in thrown && thrown.errcode === SQLITE_BUSY
}

/** For the message only: the file may not be there yet, or be left over. */
function ownerOf(folder: string): string {
  try {
    const pid = readFileSync(join(folder, 'lock.pid'), 'utf8').trim()
    return /^\d+$/.test(pid) ? ` (process ${pid})` : ''
  } catch {
    return ''
  }
}
