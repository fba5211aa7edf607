import type { NewKey } from '../provider.ts'

/** How long the filling waits before it looks again whether there is nothing better to do. */
const PAUSE_MS = 50

export interface SpareKeysOptions {
  /** How many keys to keep; none when 0. */
  readonly size: number
  make(): Promise<NewKey>
  /** Whether nothing else would like the thread that making a key takes. */
  isIdle(): boolean
}

/**
 * Keys made before they are asked for, in memory alone, one after the other while there is nothing
 * else to do: an RSA key takes 20 to 300 ms to make, a ready one none.
 */
export class SpareKeys {
  readonly #options: SpareKeysOptions
  readonly #keys: NewKey[] = []
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: SpareKeysOptions) {
    this.#options = options
    this.#fillLater()
  }

  /** How many keys are ready. */
  get count(): number {
    return this.#keys.length
  }

  /** A key nobody else gets; `undefined` when there is none ready. */
  take(): NewKey | undefined {
    const key = this.#keys.pop()
    this.#fillLater()
    return key
  }

  /** Makes no more keys and wipes those that were not taken. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    for (const { material } of this.#keys.splice(0)) material.wipe()
  }

  #fillLater(): void {
    const isFull = this.#keys.length >= this.#options.size
    if (this.#isClosed || this.#timer !== undefined || isFull) return
    this.#timer = setTimeout(() => void this.#fill(), PAUSE_MS)
    // A process that has nothing else left to do need not stay for this.
    this.#timer.unref()
  }

  async #fill(): Promise<void> {
    if (this.#options.isIdle()) {
      // Whoever asks for a key when there is none learns why it cannot be made.
      const key = await this.#options.make().catch(() => undefined)
      if (this.#isClosed) key?.material.wipe()
      else if (key !== undefined) this.#keys.push(key)
    }
    this.#timer = undefined
    this.#fillLater()
  }
}
