import { KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { Fault, isFault } from '../fault.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { Store, StoredRecord } from '../store/store.ts'
import { dataKeyGeneration, dataKeyPrefix, dataKeyRecord } from './data-key-record.ts'
import { recordCorrupt } from './open-stored.ts'
import type { RootKeys } from './root-keys.ts'
import { randomKey } from './root-set.ts'
import type { Scope } from './scope.ts'
import { SEAL_RECORD } from './seal-record.ts'

/** One generation of a data key. */
export interface DataKey {
  readonly generation: number
  readonly key: KeyObject
}

/** All generations of a scope's data key: those that open, and the fault of each that does not. */
export type DataKeySet = ReadonlyMap<number, KeyObject | Fault<'RecordCorrupt'>>

/** Scopes held unwrapped in one process; a scope takes about a kilobyte. */
const HELD_SCOPES = 10_000
const PAGE = 100
const ATTEMPTS = 10

/** Loads, makes, rotates and destroys data keys, and holds the unwrapped ones, bounded. */
export class DataKeys {
  readonly #store: Store
  readonly #roots: RootKeys
  readonly #held = new LRUCache<Scope, DataKeySet>({ max: HELD_SCOPES })
  // Never evicted: the head of the audit chain is sealed under it, synchronously, with each commit.
  #system: DataKeySet | undefined

  constructor(store: Store, roots: RootKeys) {
    this.#store = store
    this.#roots = roots
  }

  held(scope: Scope): DataKeySet | undefined {
    return scope === 'system' ? this.#system : this.#held.get(scope)
  }

  /** Reads all generations of a scope; an empty set when the scope has no data key. */
  async load(scope: Scope): Promise<DataKeySet> {
    const records = await this.#records(scope)
    if (records.some((record) => this.#roots.lacksRootOf(record))) await this.#roots.reload()
    // What is held already stays: a load that another one overtook must not take a generation away.
    const set = new Map(this.held(scope))
    for (const record of records) {
      const generation = dataKeyGeneration(record.key)
      if (generation === undefined || set.get(generation) instanceof KeyObject) continue
      set.set(generation, this.#roots.unwrap(record))
    }
    this.#hold(scope, set)
    return set
  }

  /** Reads all generations of a scope, and makes the first where there is none. */
  async loadOrCreate(scope: Scope): Promise<DataKeySet> {
    const loaded = await this.load(scope)
    return loaded.size > 0 ? loaded : this.#add(scope, 'unless there is one', [])
  }

  /** Makes the next generation; what the earlier ones sealed stays readable. */
  async rotate(scope: Scope, audit: readonly string[]): Promise<void> {
    await this.#add(scope, 'always', audit)
  }

  /**
   * Deletes every generation: what they sealed can be read no more.
   * @throws TypeError for the system's, which the server itself needs.
   */
  async destroy(scope: Scope, audit: readonly string[]): Promise<void> {
    if (scope === 'system') throw new TypeError('the data key of the system cannot be destroyed')
    for (let attempt = 1; ; attempt++) {
      const records = await this.#records(scope)
      const checks = records.map(({ key, version }) => ({ key, version }))
      const deletes = records.map(({ key }) => key)
      if (await this.#committed({ checks, puts: [], deletes, audit }, attempt)) break
    }
    this.forget(scope)
  }

  /** Drops a scope's unwrapped keys from this process. */
  forget(scope: Scope): void {
    this.#held.delete(scope)
  }

  async #add(
    scope: Scope,
    when: 'always' | 'unless there is one',
    audit: readonly string[],
  ): Promise<DataKeySet> {
    for (let attempt = 1; ; attempt++) {
      const set = await this.load(scope)
      if (set.size > 0 && when === 'unless there is one') return set
      const generation = Math.max(0, ...set.keys()) + 1
      const dataKey = randomKey()
      const put = this.#roots.wrap(dataKeyRecord(scope, generation), 1, dataKey)
      // Without the second check a key could be wrapped under a root key that a rotation, having
      // rewrapped all it found, is about to drop.
      const checks = [
        { key: put.key, version: 'absent' as const },
        { key: SEAL_RECORD, version: this.#roots.set.sealVersion },
      ]
      if (!(await this.#committed({ checks, puts: [put], deletes: [], audit }, attempt))) continue
      const grown = new Map(this.held(scope)).set(generation, dataKey)
      this.#hold(scope, grown)
      return grown
    }
  }

  /** Commits; false when another process was faster, after learning what it may have changed. */
  async #committed(change: Parameters<Store['commit']>[0], attempt: number): Promise<boolean> {
    try {
      await this.#store.commit(change)
      return true
    } catch (thrown) {
      if (attempt >= ATTEMPTS || !isFault(thrown, 'Conflict')) throw thrown
      await this.#roots.reload()
      return false
    }
  }

  async #records(scope: Scope): Promise<readonly StoredRecord[]> {
    const prefix = dataKeyPrefix(scope)
    const records: StoredRecord[] = []
    for (let after: RecordKey | undefined; ; ) {
      const page = await this.#store.list(prefix, { limit: PAGE, ...(after && { after }) })
      records.push(...page)
      after = page.at(-1)?.key
      if (page.length < PAGE) return records
    }
  }

  #hold(scope: Scope, set: DataKeySet): void {
    if (scope === 'system') this.#system = set
    else this.#held.set(scope, set)
  }
}

/**
 * The newest generation, to seal with; `undefined` when the scope has none.
 * @throws Fault RecordCorrupt when the newest does not open: sealing under an older one, or a new
 * one, would hide that.
 */
export function newestDataKey(set: DataKeySet | undefined): DataKey | undefined {
  if (set === undefined || set.size === 0) return undefined
  const generation = Math.max(...set.keys())
  const key = set.get(generation)
  if (key instanceof Fault) throw key
  return key && { generation, key }
}

/**
 * Looks up the generation that sealed something, for opening it.
 * @throws Fault RecordCorrupt, naming `record`, when that data key does not open; its cause names
 *   the data key.
 */
export function dataKeyIn(
  set: DataKeySet,
  record: string,
): (generation: number) => KeyObject | undefined {
  return (generation) => {
    const key = set.get(generation)
    if (key instanceof Fault) throw recordCorrupt(record, 'key generation unknown', key)
    return key
  }
}
