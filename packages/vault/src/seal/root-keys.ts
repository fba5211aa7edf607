import { createSecretKey, type KeyObject } from 'node:crypto'
import { isFault, type Fault } from '../fault.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { Put, StoredRecord } from '../store/store.ts'
import { DATA_KEY, envelopeGeneration, sealEnvelope } from './envelope.ts'
import { mintSealed } from './mint-sealed.ts'
import { openStored } from './open-stored.ts'
import { recordIdentity } from './record-identity.ts'
import type { RootSet } from './root-set.ts'

/**
 * The root keys as this process knows them, and how it learns of newer ones: the process that
 * unsealed reads them from the seal record, a worker asks that process.
 */
export class RootKeys {
  #set: RootSet
  readonly #newest: () => Promise<RootSet>
  #reloading: Promise<void> | undefined

  constructor(set: RootSet, newest: () => Promise<RootSet>) {
    this.#set = set
    this.#newest = newest
  }

  get set(): RootSet {
    return this.#set
  }

  /** Takes a set unless it is older than the one known: answers may overtake each other. */
  adopt(set: RootSet): void {
    if (set.sealVersion >= this.#set.sealVersion) this.#set = set
  }

  /** Learns the newest set; callers at the same time share one question. */
  reload(): Promise<void> {
    this.#reloading ??= this.#newest()
      .then((set) => this.adopt(set))
      .finally(() => {
        this.#reloading = undefined
      })
    return this.#reloading
  }

  /** Whether this data key's root generation is one that this process has not heard of. */
  lacksRootOf(record: StoredRecord): boolean {
    const generation = envelopeGeneration(DATA_KEY, record.body)
    return generation !== undefined && !this.#set.keys.has(generation)
  }

  /** Whether this data key is wrapped under the current root key. */
  isCurrent(record: StoredRecord): boolean {
    return envelopeGeneration(DATA_KEY, record.body) === this.#set.current
  }

  /** Wraps a data key as the record to write. */
  wrap(key: RecordKey, version: number, dataKey: KeyObject): Put {
    const { current, keys } = this.#set
    const rootKey = keys.get(current)
    if (rootKey === undefined) throw new TypeError('a root set holds its current key')
    const bytes = dataKey.export()
    const parent = { generation: current, key: rootKey }
    const { body, tag } = sealEnvelope(DATA_KEY, parent, recordIdentity(key, version), bytes)
    bytes.fill(0)
    return { key, version, body: mintSealed(body), witness: tag }
  }

  /** The data key, or the fault RecordCorrupt that says why it does not open. */
  unwrap(record: StoredRecord): KeyObject | Fault<'RecordCorrupt'> {
    try {
      const bytes = openStored(DATA_KEY, (generation) => this.#set.keys.get(generation), record)
      const key = createSecretKey(bytes)
      bytes.fill(0)
      return key
    } catch (thrown) {
      if (isFault(thrown, 'RecordCorrupt')) return thrown
      throw thrown
    }
  }
}
