import type { Change, RecordKey, Store, StoredRecord } from '@claviger/vault'
import type { Reader } from './reader.ts'

/**
 * The embedded store of one process: reads by itself, and commits through the one writer, which may
 * be in this process (`Writer`) or at the other end of a channel (`RemoteWriter`).
 */
export class EmbeddedStore implements Store {
  readonly #reader: Reader
  readonly #commit: (change: Change) => Promise<void>

  constructor(reader: Reader, commit: (change: Change) => Promise<void>) {
    this.#reader = reader
    this.#commit = commit
  }

  async read(keys: readonly RecordKey[]): Promise<readonly (StoredRecord | undefined)[]> {
    return this.#reader.read(keys)
  }

  async list(
    prefix: RecordKey,
    page: { readonly after?: RecordKey; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    return this.#reader.list(prefix, page)
  }

  async commit(change: Change): Promise<void> {
    await this.#commit(change)
  }
}
