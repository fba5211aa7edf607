import type { Change, RecordKey, Store, StoredRecord } from '@claviger/vault'
import type { ChangeCounter } from './change-counter.ts'
import { GatheredReads } from './gathered-reads.ts'
import type { Reader } from './reader.ts'
import { RecentRecords } from './recent-records.ts'

/**
 * The embedded store of one process: reads by itself, a turn's worth at a time, and commits through
 * the one writer, which may be in this process (`Writer`) or at the other end of a channel
 * (`RemoteWriter`).
 */
export class EmbeddedStore implements Store {
  readonly #reads: GatheredReads
  readonly #commit: (change: Change) => Promise<void>

  /** @param counter of the writer's process; with it what was read is kept while nothing changes. */
  constructor(
    reader: Reader,
    commit: (change: Change) => Promise<void>,
    counter?: ChangeCounter,
  ) {
    this.#reads = new GatheredReads(reader, counter && new RecentRecords(counter))
    this.#commit = commit
  }

  read(keys: readonly RecordKey[]): Promise<readonly (StoredRecord | undefined)[]> {
    return this.#reads.read(keys)
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
