import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { Fault } from '@claviger/vault'
import { OtherWriter } from './other-writer.ts'

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

  /** @throws Fault StoreUnavailable, caused by `OtherWriter`, from the first foreign commit on. */
  demand(): void {
    if (this.#now() === this.#version) return
    const reason =
      'another program has written to the database while the server uses it; the next start ' +
      'verifies every record'
    throw new Fault('StoreUnavailable', { reason }, { cause: new OtherWriter() })
  }

  #now(): unknown {
    return this.#statement.get()?.['data_version']
  }
}
