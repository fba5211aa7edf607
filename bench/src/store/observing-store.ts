import { Fault, type Change, type RecordKey, type Store, type StoredRecord } from '@claviger/vault'

/** How an operation uses the store. */
export interface Traffic {
  /** Keys that were read together, call by call. */
  readonly reads: readonly (readonly RecordKey[])[]
  readonly lists: readonly Listing[]
  /** Every record that was found. */
  readonly found: readonly StoredRecord[]
  /** What it wanted committed, besides its audit entry. */
  readonly change: Change | undefined
}

export interface Listing {
  readonly prefix: RecordKey
  readonly page: { readonly after?: RecordKey; readonly limit: number }
}

/** Lets reads through, keeps commits back, and tells what it has seen of both. */
export class ObservingStore implements Store {
  readonly #store: Store
  #reads: (readonly RecordKey[])[] = []
  #lists: Listing[] = []
  #found: StoredRecord[] = []
  #change: Change | undefined

  constructor(store: Store) {
    this.#store = store
  }

  async read(keys: readonly RecordKey[]): Promise<readonly (StoredRecord | undefined)[]> {
    const records = await this.#store.read(keys)
    this.#reads.push(keys)
    this.#found.push(...records.filter((record) => record !== undefined))
    return records
  }

  async list(
    prefix: RecordKey,
    page: { readonly after?: RecordKey; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    const records = await this.#store.list(prefix, page)
    this.#lists.push({ prefix, page })
    this.#found.push(...records)
    return records
  }

  /** @throws Fault Conflict for a second change of one operation, which nothing here is made for */
  async commit(change: Change): Promise<void> {
    if (change.puts.length === 0 && change.deletes.length === 0) return
    if (this.#change !== undefined) throw new Fault('Conflict', {})
    this.#change = change
  }

  /** What `act` does with the store; one at a time. */
  async observe(act: () => Promise<unknown>): Promise<Traffic> {
    this.#reads = []
    this.#lists = []
    this.#found = []
    this.#change = undefined
    await act()
    return { reads: this.#reads, lists: this.#lists, found: this.#found, change: this.#change }
  }
}
