import { type AbortSignalLike, throwIfAborted } from '../core/abortable.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import { bounded } from './bounded.ts'
import { type CacheOptions, ValueCache } from './value-cache.ts'

/** Which version is meant; the newest unless said. */
export interface VersionOptions {
  readonly version?: string
  readonly abortSignal?: AbortSignalLike
}

/** How many are asked for at a time. */
export interface BulkOptions {
  /** 8 unless said. */
  readonly concurrency?: number
  readonly abortSignal?: AbortSignalLike
}

/** The objects of one vault by name and version. */
export class ObjectCache<Value> {
  readonly #values: ValueCache<Value>
  readonly #read: (name: string, options: OperationOptions & { version?: string }) => Promise<Value>

  constructor(
    read: (name: string, options: OperationOptions & { version?: string }) => Promise<Value>,
    options: CacheOptions,
  ) {
    this.#read = read
    this.#values = new ValueCache(options)
  }

  get(name: string, { version, abortSignal }: VersionOptions): Promise<Value> {
    const asked = version === undefined ? {} : { version }
    return this.#values.get(keyOf(name, version), () => this.#read(name, asked), abortSignal)
  }

  async getAll(names: Iterable<string>, options: BulkOptions): Promise<Map<string, Value>> {
    const { concurrency = 8, abortSignal } = options
    const call = abortSignal === undefined ? {} : { abortSignal }
    const pairs = await bounded([...new Set(names)], concurrency, async (name) => {
      throwIfAborted(abortSignal)
      return [name, await this.get(name, call)] as const
    })
    return new Map(pairs)
  }

  clear(name?: string): void {
    const start = name === undefined ? '' : keyOf(name)
    this.#values.clear((key) => key.startsWith(start))
  }
}

/** Names are the same in capital letters and small ones; no name has a slash. */
function keyOf(name: string, version = ''): string {
  return `${name.toLowerCase()}/${version}`
}
