import { randomInt } from 'node:crypto'
import { isFault, type Fault } from './fault.ts'
import type { Content, Seal } from './seal/seal.ts'
import type { RecordKey } from './store/record-key.ts'
import type { Change, Put, Store, StoredRecord } from './store/store.ts'

interface Write {
  readonly content: Content | undefined
}

/** One page of opened records. */
export interface Listed<Meta> {
  readonly key: RecordKey
  readonly content: Content<Meta>
}

/** A record that was found and does not open. */
export interface Damaged {
  readonly key: RecordKey
  readonly damage: Fault<'RecordCorrupt'>
}

/** What an operation was decided under. */
export interface DecidedUnder {
  readonly tenant: string
  /** The version of the epoch of all tenants. */
  readonly epoch: number | 'absent'
}

/**
 * Remembers what one call has read and gathers what it wants written. What was read becomes the
 * checks of the change, so operations never mention versions; a record must be read before it is
 * written or deleted, because a write that does not know what it replaces could lose an update.
 */
export class UnitOfWork {
  readonly #store: Store
  readonly #seal: Seal
  readonly #versions = new Map<RecordKey, number | 'absent'>()
  readonly #writes = new Map<RecordKey, Write>()
  readonly #decidedUnder: DecidedUnder | undefined

  constructor(store: Store, seal: Seal, decidedUnder?: DecidedUnder) {
    this.#store = store
    this.#seal = seal
    this.#decidedUnder = decidedUnder
  }

  /** @throws TypeError for a unit of work that no operation was given. */
  get decidedUnder(): DecidedUnder {
    if (this.#decidedUnder !== undefined) return this.#decidedUnder
    throw new TypeError('nothing was decided for this unit of work')
  }

  /** Adds a check for a version that somebody else has read for this call. */
  check(key: RecordKey, version: number | 'absent'): void {
    this.#versions.set(key, version)
  }

  async get<Meta>(key: RecordKey): Promise<Content<Meta> | undefined> {
    const [content] = await this.getMany<Meta>([key])
    return content
  }

  /** Reads records as of one instant, and its own writes; `undefined` where there is none. */
  async getMany<Meta>(keys: readonly RecordKey[]): Promise<readonly (Content<Meta> | undefined)[]> {
    const records = await this.#store.read(keys)
    const loading = this.#seal.prepare(records.filter((record) => record !== undefined))
    if (loading !== undefined) await loading
    return records.map((record, index) => {
      const key = keys[index]
      if (key === undefined) return undefined
      this.#remember(key, record?.version ?? 'absent')
      const written = this.#writes.get(key)
      if (written !== undefined) return written.content as Content<Meta> | undefined
      return record === undefined ? undefined : this.#open<Meta>(record)
    })
  }

  /** Records under a prefix, opened; listing adds no checks. */
  async list<Meta>(
    prefix: RecordKey,
    page: { readonly after?: RecordKey; readonly limit: number },
  ): Promise<readonly Listed<Meta>[]> {
    const records = await this.#store.list(prefix, page)
    const loading = this.#seal.prepare(records)
    if (loading !== undefined) await loading
    return records.map((record) => ({ key: record.key, content: this.#open<Meta>(record) }))
  }

  /** As `list`, for who must get past a damaged record: it is given as such, never left out. */
  async listEach<Meta>(
    prefix: RecordKey,
    page: { readonly after?: RecordKey; readonly limit: number },
  ): Promise<readonly (Listed<Meta> | Damaged)[]> {
    const records = await this.#store.list(prefix, page)
    const loading = this.#seal.prepare(records)
    if (loading !== undefined) await loading
    return records.map((record) => {
      const { key } = record
      try {
        return { key, content: this.#open<Meta>(record) }
      } catch (thrown) {
        if (isFault(thrown, 'RecordCorrupt')) return { key, damage: thrown }
        throw thrown
      }
    })
  }

  /**
   * Takes one record for deletion without opening it, so that a damaged one can still be removed;
   * tells whether it is there.
   */
  async claimOne(key: RecordKey): Promise<boolean> {
    const [record] = await this.#store.read([key])
    this.#remember(key, record?.version ?? 'absent')
    return record !== undefined
  }

  /**
   * Takes records under a prefix for deletion without opening them, so that a damaged one can still be
   * removed; gives their keys.
   */
  async claim(
    prefix: RecordKey,
    page: { readonly after?: RecordKey; readonly limit: number },
  ): Promise<readonly RecordKey[]> {
    const records = await this.#store.list(prefix, page)
    for (const { key, version } of records) this.#remember(key, version)
    return records.map(({ key }) => key)
  }

  /** Takes every record under a prefix, page by page. */
  async claimAll(prefix: RecordKey): Promise<readonly RecordKey[]> {
    const all: RecordKey[] = []
    const limit = 500
    for (;;) {
      const after = all.at(-1)
      const page = await this.claim(prefix, after === undefined ? { limit } : { after, limit })
      all.push(...page)
      if (page.length < limit) return all
    }
  }

  /** Every record under a prefix, page by page; for what is bounded by its nature. */
  async listAll<Meta>(prefix: RecordKey): Promise<readonly Listed<Meta>[]> {
    const all: Listed<Meta>[] = []
    const limit = 500
    for (;;) {
      const after = all.at(-1)?.key
      const page = await this.list<Meta>(prefix, after === undefined ? { limit } : { after, limit })
      all.push(...page)
      if (page.length < limit) return all
    }
  }

  /** The keys of records under a prefix; none is opened, and no checks are added. */
  async keys(
    prefix: RecordKey,
    page: { readonly after?: RecordKey; readonly limit: number },
  ): Promise<readonly RecordKey[]> {
    return (await this.#store.list(prefix, page)).map(({ key }) => key)
  }

  /** How many records there are under a prefix; none is opened, and no checks are added. */
  async count(prefix: RecordKey): Promise<number> {
    const limit = 500
    let count = 0
    for (let after: RecordKey | undefined; ; ) {
      const page = await this.#store.list(prefix, after === undefined ? { limit } : { after, limit })
      count += page.length
      after = page.at(-1)?.key
      if (page.length < limit) return count
    }
  }

  /** Writes a record whose random name cannot be in use; should it be, the change is a conflict. */
  create<Meta>(key: RecordKey, content: Content<Meta>): void {
    this.#remember(key, 'absent')
    this.put(key, content)
  }

  put<Meta>(key: RecordKey, content: Content<Meta>): void {
    this.#demandRead(key)
    this.#writes.set(key, { content })
  }

  delete(key: RecordKey): void {
    if (this.#demandRead(key) === 'absent') this.#writes.delete(key)
    else this.#writes.set(key, { content: undefined })
  }

  get hasWrites(): boolean {
    return this.#writes.size > 0
  }

  /** The change that lands all of it, with the audit entries of the call. */
  async change(audit: readonly string[]): Promise<Change> {
    if (!this.hasWrites) return { checks: [], puts: [], deletes: [], audit }
    const loading = this.#seal.prepare([...this.#writes.keys()])
    if (loading !== undefined) await loading
    const puts: Put[] = []
    const deletes: RecordKey[] = []
    for (const [key, { content }] of this.#writes) {
      if (content === undefined) {
        deletes.push(key)
        continue
      }
      const before = this.#demandRead(key)
      const version = before === 'absent' ? firstVersion() : before + 1
      puts.push({ key, version, ...this.#seal.seal(key, version, content) })
    }
    const checks = [...this.#versions].map(([key, version]) => ({ key, version }))
    return { checks, puts, deletes, audit }
  }

  /** Two reads of one record that differ would make the check meaningless; the first one counts. */
  #remember(key: RecordKey, version: number | 'absent'): void {
    if (!this.#versions.has(key)) this.#versions.set(key, version)
  }

  #demandRead(key: RecordKey): number | 'absent' {
    const version = this.#versions.get(key)
    if (version === undefined) throw new TypeError('a record is written that was not read')
    return version
  }

  /** The meta was sealed by this program and is authenticated, so its type is trusted. */
  #open<Meta>(record: StoredRecord): Content<Meta> {
    return this.#seal.open(record) as Content<Meta>
  }
}

/**
 * Versions of a record begin at a random number: were it always 1, a check could not tell a record
 * from one that was deleted and made anew under the same name meanwhile.
 */
function firstVersion(): number {
  return 1 + randomInt(2 ** 40)
}
