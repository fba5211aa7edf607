import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from './write-durably.ts'

const INTERVAL_MILLISECONDS = 1000

/** Where the copy of the sealed head lies, unless the operator wants it somewhere else. */
export function headMirrorFile(folder: string): string {
  return join(folder, 'audit.head')
}

/** The copy of the sealed head; `undefined` when there is none. */
export function readHeadMirror(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
}

/**
 * Keeps a copy of the sealed audit head in a file of its own, so that a database put back to an
 * older state, or a new one in its place, shows. The copy is written after the commit, at most once
 * a second, so it may be behind the database and never ahead of it.
 */
export class HeadMirror {
  readonly #file: string
  #wanted: Uint8Array | undefined
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()
  #failure: unknown

  constructor(file: string) {
    this.#file = file
  }

  /** Why the last copy could not be written; `undefined` when it could. */
  get failure(): unknown {
    return this.#failure
  }

  /** Makes this the head that is copied next. */
  follow(sealed: Uint8Array): void {
    this.#wanted = sealed
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#writing = this.#writing.then(() => this.#write())
    }, INTERVAL_MILLISECONDS).unref()
  }

  /** Writes what is still to be written now instead of later; `failure` says whether it could. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write())
    await this.#writing
  }

  /** Writes what is still to be written; on failure the copy stays behind by what it missed. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#writing
    await this.#write()
  }

  async #write(): Promise<void> {
    const sealed = this.#wanted
    if (sealed === undefined) return
    this.#wanted = undefined
    try {
      await writeDurably(this.#file, sealed)
      this.#failure = undefined
    } catch (cause) {
      this.#failure = cause
      // The next second tries again, with a newer head if there is one.
      this.follow(this.#wanted ?? sealed)
    }
  }
}
