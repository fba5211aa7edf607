import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { Fault } from '@claviger/vault'

/**
 * Tells when another program has written to a database since this was made. SQLite counts the
 * commits of other connections (`PRAGMA data_version`), those of this one do not count. Emptying the
 * log by another program counts too.
 */
export class SoleWriter {
  readonly #statement: StatementSync
  readonly #version: unknown

  /** @param database the writer's own connection, before what it holds is verified. */
  constructor(database: DatabaseSync) {
    this.#statement = database.prepare('PRAGMA data_version')
    this.#version = this.#now()
  }

  /** @throws Fault StoreUnavailable, from the first foreign commit on for good. */
  demand(): void {
    if (this.#now() === this.#version) return
    const reason =
      'another program has written to the database while the server runs; the server starts again ' +
      'and verifies every record'
    throw new Fault('StoreUnavailable', { reason })
  }

  #now(): unknown {
    return this.#statement.get()?.['data_version']
  }
}
