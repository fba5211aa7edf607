import type { OpensslPkcs12, Pointer } from './openssl-pkcs12.ts'

/** What OpenSSL has made during one piece of work, to be freed at its end, however that comes. */
export class OpensslMemory {
  readonly #openssl: OpensslPkcs12
  readonly #frees: (() => void)[] = []

  constructor(openssl: OpensslPkcs12) {
    this.#openssl = openssl
  }

  /** @throws Error for null, which is how OpenSSL says that a call has failed. */
  keep(made: Pointer | null, free: (made: Pointer) => void): Pointer {
    if (made === null || made === 0n) throw new Error('OpenSSL failed')
    this.#frees.push(() => free(made))
    return made
  }

  /** A pointer that reading functions move, to the beginning of these octets. */
  cursor(octets: Uint8Array): BigUint64Array {
    return BigUint64Array.of(this.#openssl.addressOf(octets))
  }

  /** The DER of something, by its `i2d` function. */
  der(item: Pointer, encode: (item: Pointer, into: BigUint64Array | null) => number): Uint8Array {
    const length = encode(item, null)
    if (length <= 0) throw new Error('OpenSSL failed')
    const octets = new Uint8Array(length)
    if (encode(item, this.cursor(octets)) !== length) throw new Error('OpenSSL failed')
    return octets
  }

  free(): void {
    for (const free of this.#frees.reverse()) free()
    this.#openssl.ERR_clear_error()
  }
}

/** C's end of a text. @returns `undefined` for one that has it inside. */
export function terminated(text: string): Uint8Array | undefined {
  return text.includes('\0') ? undefined : Buffer.from(`${text}\0`)
}
