import type { Encode, Free, OpensslPkcs12, Pointer } from './openssl-pkcs12.ts'

/** What OpenSSL has made during one piece of work, to be freed at its end, however that comes. */
export class OpensslMemory {
  readonly #openssl: OpensslPkcs12
  readonly #frees: (() => void)[] = []

  constructor(openssl: OpensslPkcs12) {
    this.#openssl = openssl
  }

  /** @throws Error for null, which is how OpenSSL says that a call has failed. */
  keep(made: Pointer | null, free: Free): Pointer {
    if (made === null || made === 0n) throw new Error('OpenSSL failed')
    this.#frees.push(() => free(made))
    return made
  }

  /** Keeps a stack and all that is in it; an empty one for null. */
  keepStack(stack: Pointer | null, free: Free): readonly Pointer[] {
    if (stack === null || stack === 0n) return []
    const openssl = this.#openssl
    this.keep(stack, openssl.OPENSSL_sk_free)
    const count = openssl.OPENSSL_sk_num(stack)
    const items = Array.from({ length: count }, (_, at) => openssl.OPENSSL_sk_value(stack, at))
    return items.map((item) => this.keep(item, free))
  }

  /** A pointer that reading functions move, to the beginning of these octets. */
  cursor(octets: Uint8Array): BigUint64Array {
    return BigUint64Array.of(this.#openssl.addressOf(octets))
  }

  /** The DER of something, by its `i2d` function. */
  der(item: Pointer, encode: Encode): Uint8Array {
    const length = encode(item, null)
    if (length <= 0) throw new Error('OpenSSL failed')
    const octets = new Uint8Array(length)
    if (encode(item, this.cursor(octets)) !== length) throw new Error('OpenSSL failed')
    return octets
  }

  free(): void {
    for (const free of this.#frees.toReversed()) free()
    this.#openssl.ERR_clear_error()
  }
}

/** C's end of a text. @returns `undefined` for one that has it inside. */
export function terminated(text: string): Uint8Array | undefined {
  return text.includes('\0') ? undefined : Buffer.from(`${text}\0`)
}
