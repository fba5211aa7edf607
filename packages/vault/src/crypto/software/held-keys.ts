import { LRUCache } from 'lru-cache'

/** A key that is ready for use and has something to give back when it leaves. */
export interface HeldKey {
  /** Called once; calls that are still under way must end well all the same. */
  leave(): void
}

/**
 * A key that nobody has used for this long leaves: a key that was deleted or withdrawn does not stay
 * in the memory of every process until a thousand others were used.
 */
const IDLE_MS = 10 * 60_000
const SWEEP_MS = 60_000

/**
 * Keys ready for use, by the id of their version: at most so many, those least recently used leave
 * first. A version is loaded once however many ask for it at the same moment.
 */
export class HeldKeys<Key extends HeldKey> {
  readonly #held: LRUCache<string, Key>
  readonly #loading = new Map<string, Promise<Key>>()
  #sweeping: NodeJS.Timeout | undefined

  /** @param limit how many keys are held, at least 1. */
  constructor(limit: number, idleMs = IDLE_MS) {
    this.#held = new LRUCache({
      max: limit,
      ttl: idleMs,
      updateAgeOnGet: true,
      dispose: (key) => key.leave(),
    })
  }

  /**
   * Uses a key, loading it when it is not held. `use` starts in the same step in which the key was
   * found, so nothing can make the key leave in between: a wiped key would still encrypt.
   */
  async use<T>(
    id: string,
    load: () => Promise<Key>,
    use: (key: Key) => T | Promise<T>,
  ): Promise<T> {
    for (;;) {
      const key = this.#held.get(id)
      if (key !== undefined) return use(key)
      await this.#load(id, load)
    }
  }

  /** Lets a key leave; one that is being loaded at this moment stays. */
  forget(id: string): void {
    this.#held.delete(id)
  }

  /** Lets all keys leave. */
  clear(): void {
    this.#held.clear()
  }

  /** Only while keys are held, so that a process with nothing else left to do can end. */
  #sweepLater(): void {
    if (this.#sweeping !== undefined) return
    this.#sweeping = setTimeout(() => {
      this.#sweeping = undefined
      this.#held.purgeStale()
      if (this.#held.size > 0) this.#sweepLater()
    }, SWEEP_MS).unref()
  }

  async #load(id: string, load: () => Promise<Key>): Promise<void> {
    const loading = this.#loading.get(id) ?? this.#start(id, load)
    await loading
  }

  #start(id: string, load: () => Promise<Key>): Promise<Key> {
    const loading = load()
      .then((key) => {
        this.#held.set(id, key)
        this.#sweepLater()
        return key
      })
      .finally(() => this.#loading.delete(id))
    this.#loading.set(id, loading)
    return loading
  }
}
