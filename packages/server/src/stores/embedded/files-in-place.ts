import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { Fault } from '@claviger/vault'
import { OtherWriter } from './other-writer.ts'

interface Known {
  readonly path: string
  readonly device: bigint
  readonly inode: bigint
  /** When its content or its attributes last changed; the kernel's own, nobody can set it back. */
  readonly changedAt: bigint
}

/**
 * The files of an open database as they were when it was opened. SQLite goes on writing to a file
 * that was deleted, moved or replaced: such a commit is gone with the process, so it must not be
 * acknowledged. And it does not notice when somebody writes into the database beneath it; in WAL mode
 * the file changes at a checkpoint alone, which the writer makes itself (`checkpointed`).
 */
export class FilesInPlace {
  readonly #log: Known | undefined
  #database: Known | undefined

  /** @param database opened, in WAL mode, and read from once, so that its log is there. */
  constructor(database: DatabaseSync) {
    const file = database.location()
    this.#database = file === null ? undefined : known(file)
    this.#log = file === null ? undefined : known(`${file}-wal`)
  }

  /**
   * @throws Fault StoreUnavailable, caused by `OtherWriter` where the database was written to; the
   *   system's error when the folder cannot be looked at.
   */
  demand(): void {
    demandSameFile(this.#log)
    const now = demandSameFile(this.#database)
    if (now?.changedAt === this.#database?.changedAt) return
    const reason =
      'the database file was changed by something else while the server uses it; the next start ' +
      'verifies every record'
    throw new Fault('StoreUnavailable', { reason }, { cause: new OtherWriter() })
  }

  /** The writer itself has just changed the database file. */
  checkpointed(): void {
    this.#database = this.#database && known(this.#database.path)
  }
}

function demandSameFile(file: Known | undefined): Known | undefined {
  if (file === undefined) return undefined
  const now = known(file.path)
  if (now?.inode === file.inode && now.device === file.device) return now
  const reason =
    'the database was deleted, moved or replaced while the server runs; ' +
    'put the same files back, or stop the server'
  throw new Fault('StoreUnavailable', { reason })
}

function known(path: string): Known | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats && { path, device: stats.dev, inode: stats.ino, changedAt: stats.ctimeNs }
}
