import { closeSync, mkdtempSync, openSync, readSync, rmdirSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const BYTES = 4

/**
 * Counts the commits that change records, for every process of the server at once: four octets in a
 * file without a name, which workers inherit. Odd while such a commit is under way, so that what was
 * read beside it is not taken for what was there before. A look costs less than a microsecond; SQLite
 * itself counts every commit, and each request makes one, for its audit entry.
 */
export class ChangeCounter {
  /** Of the file; a child process gets it as it is. */
  readonly fd: number
  readonly #bytes = Buffer.alloc(BYTES)
  #value = 0

  private constructor(fd: number) {
    this.fd = fd
  }

  /** @returns `undefined` where a file cannot lose its name while it is open; nothing is kept then. */
  static create(): ChangeCounter | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'claviger-changes-'))
    const file = join(folder, 'count')
    const fd = openSync(file, 'wx+', 0o600)
    try {
      unlinkSync(file)
      rmdirSync(folder)
      writeSync(fd, Buffer.alloc(BYTES), 0, BYTES, 0)
      return new ChangeCounter(fd)
    } catch {
      closeSync(fd)
      return undefined
    }
  }

  /** The same counter in a process that has inherited it. */
  static inherited(fd: number): ChangeCounter {
    return new ChangeCounter(fd)
  }

  /** The state of the records; `undefined` while they may be changing, or when it cannot be told. */
  state(): number | undefined {
    try {
      if (readSync(this.fd, this.#bytes, 0, BYTES, 0) !== BYTES) return undefined
    } catch {
      return undefined
    }
    const value = this.#bytes.readUInt32LE(0)
    return value % 2 === 0 ? value : undefined
  }

  /** Before a commit that changes records. @throws the system's error; then it must not happen. */
  begin(): void {
    if (this.#value % 2 === 0) this.#value = (this.#value + 1) % 2 ** 32
    this.#write()
  }

  /** After it, however it ended. Should this fail, the next one tells. */
  end(): void {
    const before = this.#value
    this.#value = (this.#value + 1) % 2 ** 32
    try {
      this.#write()
    } catch {
      this.#value = before
    }
  }

  #write(): void {
    this.#bytes.writeUInt32LE(this.#value, 0)
    writeSync(this.fd, this.#bytes, 0, BYTES, 0)
  }
}
