import type { RecordKey, StoredRecord } from '@claviger/vault'
import type { Reader } from './reader.ts'
import type { RecentRecords } from './recent-records.ts'

type Records = readonly (StoredRecord | undefined)[]

interface Waiting {
  /** Set where records are asked for by their names, which may be kept. */
  readonly keys: readonly RecordKey[] | undefined
  /** Asks the reader, and gives what tells the asker. */
  readonly ask: (reader: Reader) => () => void
  readonly tell: (records: Records) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Does what one turn of the event loop asks of a reader at its end, as of one instant: opening a
 * snapshot costs as much as reading a record (3 to 5 µs), and each one reads anew what the writer
 * may have changed. The instant lies after everything was asked, so nobody is given what was true
 * before.
 */
export class GatheredReads {
  readonly #reader: Reader
  readonly #recent: RecentRecords | undefined
  #waiting: Waiting[] = []

  /** @param recent what was read before and is still true; without it, all is read anew. */
  constructor(reader: Reader, recent?: RecentRecords) {
    this.#reader = reader
    this.#recent = recent
  }

  /** Records by their names, as of one instant. @throws Fault StoreUnavailable */
  read(keys: readonly RecordKey[]): Promise<Records> {
    return this.#add(keys, (reader) => reader.read(keys))
  }

  /** @throws Fault StoreUnavailable, and what `query` throws. */
  ask<Result>(query: (reader: Reader) => Result): Promise<Result> {
    return this.#add(undefined, query)
  }

  #add<Result>(
    keys: readonly RecordKey[] | undefined,
    query: (reader: Reader) => Result,
  ): Promise<Result> {
    return new Promise((resolve, reject) => {
      const ask = (reader: Reader): (() => void) => {
        try {
          const result = query(reader)
          return () => resolve(result)
        } catch (thrown) {
          return () => reject(thrown)
        }
      }
      // Where there are keys, the result is the records of them.
      const tell = resolve as (records: Records) => void
      if (this.#waiting.push({ keys, ask, tell, reject }) === 1) setImmediate(() => this.#flush())
    })
  }

  #flush(): void {
    const waiting = this.#waiting
    this.#waiting = []
    this.#recent?.look()
    const rest = waiting.filter((one) => !this.#answered(one))
    if (rest.length === 0) return
    try {
      const [answers, read] = this.#reader.atOnce((records) =>
        [rest.map((one) => one.ask(this.#reader)), records] as const)
      this.#recent?.keep(read)
      for (const answer of answers) answer()
    } catch (thrown) {
      for (const { reject } of rest) reject(thrown)
    }
  }

  #answered({ keys, tell }: Waiting): boolean {
    const found = keys && this.#recent?.find(keys)
    if (found === undefined) return false
    tell(found)
    return true
  }
}
