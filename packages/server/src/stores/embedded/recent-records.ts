import { LRUCache } from 'lru-cache'
import type { RecordKey, StoredRecord } from '@claviger/vault'
import type { ChangeCounter } from './change-counter.ts'

/** Octets of bodies that a process keeps, each counted with what surrounds it. */
const MAXIMUM_BYTES = 16 * 1024 * 1024
const OVERHEAD_BYTES = 512

interface Kept {
  /** `undefined`: there is no such record. */
  readonly record: StoredRecord | undefined
}

/**
 * Records as they were read, sealed, for as long as no record has changed anywhere. Every commit, of
 * audit entries too, empties SQLite's own cache; without this a read costs several reads of the file.
 */
export class RecentRecords {
  readonly #counter: ChangeCounter
  readonly #kept = new LRUCache<RecordKey, Kept>({
    maxSize: MAXIMUM_BYTES,
    sizeCalculation: ({ record }) => OVERHEAD_BYTES + (record?.body.byteLength ?? 0),
  })
  #state: number | undefined

  constructor(counter: ChangeCounter) {
    this.#counter = counter
  }

  /** What is kept is true from here to the end of this turn; nothing is, while records change. */
  look(): void {
    const state = this.#counter.state()
    if (state !== undefined && state === this.#state) return
    this.#kept.clear()
    this.#state = state
  }

  /** All of these, as of one instant, or `undefined` where one is not kept. */
  find(keys: readonly RecordKey[]): readonly (StoredRecord | undefined)[] | undefined {
    if (this.#state === undefined) return undefined
    const found: (StoredRecord | undefined)[] = []
    for (const key of keys) {
      const kept = this.#kept.get(key)
      if (kept === undefined) return undefined
      found.push(kept.record)
    }
    return found
  }

  /** @param read since `look`, by key. Kept only if no record has changed since then. */
  keep(read: Iterable<readonly [RecordKey, StoredRecord | undefined]>): void {
    if (this.#state === undefined || this.#counter.state() !== this.#state) return
    for (const [key, record] of read) this.#kept.set(key, { record })
  }
}
