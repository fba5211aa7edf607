import type { Change, RecordKey, Store, StoredRecord } from '@claviger/vault'
import { GatheredReads } from './gathered-reads.ts'
import type { Reader } from './reader.ts'

/**
 * The embedded store of one process: reads by itself, a turn's worth at a time, and commits through
 * the one writer, which may be in this process (`Writer`) or at the other end of a channel
 * (`RemoteWriter`).
 */
export class EmbeddedStore implements Store {
  readonly #reads: GatheredReads
  readonly #commit: (change: Change) => Promise<void>

  constructor(reader: Reader, commit: (change: Change) => Promise<void>) {
    this.#reads = new GatheredReads(reader)
    this.#commit = commit
  }

  read(keys: readonly RecordKey[]): Promise<readonly (StoredRecord | undefined)[]> {
    return this.#reads.ask((reader) => reader.read(keys))
  }

  list(
    prefix: RecordKey,
    page: { readonly after?: RecordKey; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    return this.#reads.ask((reader) => reader.list(prefix, page))
  }

  commit(change: Change): Promise<void> {
    return this.#commit(change)
  }
}
