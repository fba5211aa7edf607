import type { Reader } from './reader.ts'

/** Asks the reader, and gives what tells the asker. */
type Ask = (reader: Reader) => () => void

interface Waiting {
  readonly ask: Ask
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
  #waiting: Waiting[] = []

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /** @throws Fault StoreUnavailable, and what `query` throws. */
  ask<Result>(query: (reader: Reader) => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      const ask: Ask = (reader) => {
        try {
          const result = query(reader)
          return () => resolve(result)
        } catch (thrown) {
          return () => reject(thrown)
        }
      }
      if (this.#waiting.push({ ask, reject }) === 1) setImmediate(() => this.#flush())
    })
  }

  #flush(): void {
    const all = this.#waiting
    this.#waiting = []
    try {
      const tell = this.#reader.atOnce(() => all.map(({ ask }) => ask(this.#reader)))
      for (const one of tell) one()
    } catch (thrown) {
      for (const { reject } of all) reject(thrown)
    }
  }
}
