import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { Fault } from '@claviger/vault'

interface Known {
  readonly path: string
  readonly device: bigint
  readonly inode: bigint
}

/**
 * The files of an open database as they were when it was opened. SQLite goes on writing to a file
 * that was deleted, moved or replaced: such a commit is gone with the process, so it must not be
 * acknowledged.
 */
export class FilesInPlace {
  readonly #files: readonly Known[]

  /** @param database opened, in WAL mode, and read from once, so that its log is there. */
  constructor(database: DatabaseSync) {
    const file = database.location()
    const paths = file === null ? [] : [file, `${file}-wal`]
    this.#files = paths.map(known).filter((found) => found !== undefined)
  }

  /** @throws Fault StoreUnavailable; the system's error when the folder cannot be looked at. */
  demand(): void {
    for (const file of this.#files) {
      const now = known(file.path)
      if (now?.inode === file.inode && now.device === file.device) continue
      const reason =
        'the database was deleted, moved or replaced while the server runs; ' +
        'put the same files back, or stop the server'
      throw new Fault('StoreUnavailable', { reason })
    }
  }
}

function known(path: string): Known | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats && { path, device: stats.dev, inode: stats.ino }
}
