import { abortable, type AbortSignalLike } from '../core/abortable.ts'

/** How long something is kept. All of it is kept in memory, nothing on disk. */
export interface CacheOptions {
  /** How long a value is as good as new, in milliseconds; 300,000 unless said. */
  readonly ttlMs?: number
  /**
   * For how long after that the old value is still given while a new one is fetched, in
   * milliseconds; 0 unless said. It is also what is given when the service cannot be reached.
   */
  readonly staleMs?: number
  /**
   * How long before its end a value that is asked for is fetched anew in the background, in
   * milliseconds; 0 unless said.
   */
  readonly refreshAheadMs?: number
  /** The most values that are kept, 1,000 unless said; the one least used goes first. */
  readonly maxEntries?: number
}

// While the service is down a stale value is given, and it is not asked at each read.
const PAUSE_AFTER_FAILURE_MILLISECONDS = 5000

interface Entry<Value> {
  readonly value: Value
  readonly fetchedAt: number
  /** When a fetch in the background failed. */
  failedAt?: number
}

/** Values by key, each fetched once at a time whatever many ask for it. */
export class ValueCache<Value> {
  readonly #options: Required<CacheOptions>
  // In the order of use: a Map gives its entries in the order they were put in.
  readonly #entries = new Map<string, Entry<Value>>()
  readonly #fetching = new Map<string, Promise<Value>>()

  /** @throws RangeError for a time or a number below 0, or a value that is old when it is new. */
  constructor(options: CacheOptions = {}) {
    const { ttlMs = 300_000, staleMs = 0, refreshAheadMs = 0, maxEntries = 1000 } = options
    for (const [name, value] of Object.entries({ ttlMs, staleMs, refreshAheadMs, maxEntries })) {
      if (!(value >= 0)) throw new RangeError(`${name} is a number from 0 on.`)
    }
    if (refreshAheadMs > ttlMs) throw new RangeError('refreshAheadMs is at most ttlMs.')
    this.#options = { ttlMs, staleMs, refreshAheadMs, maxEntries }
  }

  /** The value, kept or fetched. `signal` ends the caller's waiting, not that of others. */
  get(key: string, fetch: () => Promise<Value>, signal?: AbortSignalLike): Promise<Value> {
    const { ttlMs, staleMs, refreshAheadMs } = this.#options
    const entry = this.#entries.get(key)
    const age = entry === undefined ? Infinity : ageOf(entry.fetchedAt)
    if (entry === undefined || age >= ttlMs + staleMs) {
      return abortable(this.#fetch(key, fetch), signal)
    }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    const hasJustFailed = ageOf(entry.failedAt ?? -Infinity) < PAUSE_AFTER_FAILURE_MILLISECONDS
    if (age >= ttlMs - refreshAheadMs && !hasJustFailed) {
      this.#fetch(key, fetch).catch((error: unknown) => {
        entry.failedAt = Date.now()
        // Who may no longer read it, or what is no longer there, is not given from memory.
        if (isFinal(error) && this.#entries.get(key) === entry) this.#entries.delete(key)
      })
    }
    return Promise.resolve(entry.value)
  }

  /** Forgets what `isMeant` says; what is being fetched is given to who waits and not kept. */
  clear(isMeant: (key: string) => boolean = () => true): void {
    for (const map of [this.#entries, this.#fetching]) {
      for (const key of map.keys()) if (isMeant(key)) map.delete(key)
    }
  }

  #fetch(key: string, fetch: () => Promise<Value>): Promise<Value> {
    const known = this.#fetching.get(key)
    if (known !== undefined) return known
    const fetchedAt = Date.now()
    const fetching = fetch().then(
      (value) => {
        this.#settle(key, fetching, { value, fetchedAt })
        return value
      },
      (error: unknown) => {
        this.#settle(key, fetching)
        throw error
      },
    )
    this.#fetching.set(key, fetching)
    return fetching
  }

  #settle(key: string, fetching: Promise<Value>, entry?: Entry<Value>): void {
    // Cleared meanwhile: what was fetched may be what was to be forgotten.
    if (this.#fetching.get(key) !== fetching) return
    this.#fetching.delete(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#options.maxEntries) break
      this.#entries.delete(oldest)
    }
  }
}

/** A clock that was set back says nothing about the age, so what is from its future is old. */
function ageOf(time: number): number {
  const age = Date.now() - time
  return age < 0 ? Infinity : age
}

function isFinal(error: unknown): boolean {
  const { statusCode } = (error ?? {}) as { readonly statusCode?: unknown }
  return statusCode === 401 || statusCode === 403 || statusCode === 404
}
