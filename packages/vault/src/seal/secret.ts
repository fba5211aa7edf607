import { timingSafeEqual } from 'node:crypto'
import { inspect } from 'node:util'

/**
 * Bytes that must not be printed, logged or serialised by accident.
 * The bytes are reached by `reveal()` alone, whose callers stand in one list (the test
 * `secret-reveal`); adding one is a security review.
 */
export class Secret {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** A secret from text, as UTF-8. */
  static fromText(text: string): Secret {
    return new Secret(Buffer.from(text, 'utf8'))
  }

  get byteLength(): number {
    return this.#bytes.byteLength
  }

  reveal(): Uint8Array {
    return this.#bytes
  }

  /** Tells whether another holds the same bytes, in a time that depends on their number alone. */
  equals(other: Secret): boolean {
    return this.byteLength === other.byteLength && timingSafeEqual(this.#bytes, other.#bytes)
  }

  /** Overwrites the bytes; best effort, since the runtime may have copied them before. */
  wipe(): void {
    this.#bytes.fill(0)
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): never {
    throw new TypeError('a Secret does not serialise; seal it or render it')
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
