import { LRUCache } from 'lru-cache'
import type { Clock } from '../time.ts'

export interface RateLimitSettings {
  /** How many at once. */
  readonly burst: number
  readonly perSecond: number
  /** Names remembered at a time; one that is forgotten starts with a full burst. */
  readonly maximumNames: number
}

interface Bucket {
  tokens: number
  /** Milliseconds. */
  at: number
}

/** A token bucket for each name, bounded in memory. */
export class RateLimit {
  readonly #settings: RateLimitSettings
  readonly #clock: Clock
  readonly #buckets: LRUCache<string, Bucket>

  constructor(settings: RateLimitSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
    this.#buckets = new LRUCache({ max: settings.maximumNames })
  }

  /** Takes one; 0 when there was one, else the whole seconds until there is. */
  take(name: string): number {
    const bucket = this.#fill(name)
    const seconds = this.#secondsUntilOne(bucket)
    if (seconds === 0) bucket.tokens--
    return seconds
  }

  /** As `take`, and takes none. */
  wait(name: string): number {
    // A name that is not known costs nothing, and is not remembered for having been asked about.
    return this.#buckets.has(name) ? this.#secondsUntilOne(this.#fill(name)) : 0
  }

  /** Gives one back that was taken in vain. */
  giveBack(name: string): void {
    const bucket = this.#fill(name)
    bucket.tokens = Math.min(this.#settings.burst, bucket.tokens + 1)
  }

  #secondsUntilOne({ tokens }: Bucket): number {
    if (tokens >= 1) return 0
    return Math.max(1, Math.ceil((1 - tokens) / this.#settings.perSecond))
  }

  #fill(name: string): Bucket {
    const { burst, perSecond } = this.#settings
    const now = this.#clock.now()
    const bucket = this.#buckets.get(name) ?? { tokens: burst, at: now }
    // A clock set back fills nothing and takes nothing away.
    const seconds = Math.max(0, now - bucket.at) / 1000
    bucket.tokens = Math.min(burst, bucket.tokens + seconds * perSecond)
    bucket.at = now
    this.#buckets.set(name, bucket)
    return bucket
  }
}
