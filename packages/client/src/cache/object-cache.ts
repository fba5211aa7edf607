import { type AbortSignalLike, throwIfAborted } from '../core/abortable.ts'
import { bounded } from './bounded.ts'
import { type CacheOptions, ValueCache } from './value-cache.ts'

/** Which version is meant; the newest unless said. */
export interface VersionOptions {
  /** 32 hexadecimal digits; the newest unless said. */
  readonly version?: string
  /** Ends the caller's waiting, not that of others who wait for the same. */
  readonly abortSignal?: AbortSignalLike
}

/** How many are asked for at a time. */
export interface BulkOptions {
  /** 8 unless said. */
  readonly concurrency?: number
  /** Ends the waiting for all, and begins no more reads. */
  readonly abortSignal?: AbortSignalLike
}

/** The objects of one vault by name and version. */
export class ObjectCache<Value, Asked extends VersionOptions = VersionOptions> {
  readonly #values: ValueCache<Value>
  readonly #read: (name: string, asked: Omit<Asked, 'abortSignal'>) => Promise<Value>

  constructor(
    read: (name: string, asked: Omit<Asked, 'abortSignal'>) => Promise<Value>,
    options: CacheOptions,
  ) {
    this.#read = read
    this.#values = new ValueCache(options)
  }

  /** Whatever is asked beside the name is passed on. */
  get(name: string, { abortSignal, ...asked }: Asked): Promise<Value> {
    return this.#values.get(keyOf(name, asked), () => this.#read(name, asked), abortSignal)
  }

  async getAll(names: Iterable<string>, options: BulkOptions): Promise<Map<string, Value>> {
    const { concurrency = 8, abortSignal } = options
    const call = abortSignal === undefined ? {} : { abortSignal }
    const pairs = await bounded([...new Set(names)], concurrency, async (name) => {
      throwIfAborted(abortSignal)
      return [name, await this.get(name, call as Asked)] as const
    })
    return new Map(pairs)
  }

  clear(name?: string): void {
    const start = name === undefined ? '' : `${name.toLowerCase()}/`
    this.#values.clear((key) => key.startsWith(start))
  }
}

/** Names are the same in capital letters and small ones; no name has a slash. */
function keyOf(name: string, asked: KeptApart): string {
  const { version = '', outContentType = '' } = asked
  return `${name.toLowerCase()}/${encodeURIComponent(version)}/${outContentType}`
}

/** What makes another value of the same name; other options only say how it is read. */
interface KeptApart {
  readonly version?: string | undefined
  readonly outContentType?: string | undefined
}
