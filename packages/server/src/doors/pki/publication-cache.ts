import { createHash } from 'node:crypto'
import type { AccessView, Clock, EpochSeconds } from '@claviger/vault'
import { LRUCache } from 'lru-cache'

/** What an authority has said, ready to be sent. */
export interface Published {
  readonly der: Uint8Array
  /** Until when it holds; absent for what no client may keep, such as an error of OCSP. */
  readonly nextUpdate?: EpochSeconds
}

/** As it is kept; the tag is that of HTTP, made once because a revocation list may be long. */
export interface KeptPublication extends Published {
  readonly etag: string
}

interface Entry {
  readonly published: KeptPublication
  readonly epoch: AccessView['epoch']
  /** Milliseconds. */
  readonly until: number
}

interface Making {
  readonly epoch: AccessView['epoch']
  readonly published: Promise<KeptPublication>
}

/** Certificates and revocations of one vault do not wait longer than this to be seen. */
const LIFETIME_MILLISECONDS = 600_000
const MAXIMUM_BYTES = 64 * 1024 * 1024
/** What an entry costs besides its octets. */
const ENTRY_BYTES = 512

/**
 * Keeps what was signed, so that a flood of questions does not become one of signatures and audit
 * entries. A revocation touches the epoch, with which every entry from before counts no more.
 */
export class PublicationCache {
  readonly #clock: Clock
  readonly #entries: LRUCache<string, Entry>
  readonly #making = new Map<string, Making>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#entries = new LRUCache({
      maxSize: MAXIMUM_BYTES,
      sizeCalculation: ({ published }, name) =>
        published.der.byteLength + name.length + ENTRY_BYTES,
    })
  }

  /** Gives what is known under a name; who misses together makes it once. Failures are not kept. */
  async get(
    name: string,
    { epoch }: Pick<AccessView, 'epoch'>,
    make: () => Promise<Published>,
  ): Promise<KeptPublication> {
    const known = this.#entries.get(name)
    if (known?.epoch === epoch && this.#clock.now() < known.until) return known.published
    const waiting = this.#making.get(name)
    if (waiting?.epoch === epoch) return await waiting.published
    const making = { epoch, published: make().then(tagged) }
    this.#making.set(name, making)
    try {
      const published = await making.published
      this.#entries.set(name, { published, epoch, until: this.#until(published) })
      return published
    } finally {
      if (this.#making.get(name) === making) this.#making.delete(name)
    }
  }

  #until({ nextUpdate = Infinity }: Published): number {
    return Math.min(this.#clock.now() + LIFETIME_MILLISECONDS, nextUpdate * 1000)
  }
}

function tagged(published: Published): KeptPublication {
  const etag = `"${createHash('sha256').update(published.der).digest('base64url')}"`
  return { ...published, etag }
}
