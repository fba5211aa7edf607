import type { Encode, Free, OpensslPkcs12, Pointer } from './openssl-pkcs12.ts'

/** What OpenSSL has made during one piece of work, to be freed at its end, however that comes. */
export class OpensslMemory {
  readonly #openssl: OpensslPkcs12
  readonly #frees: (() => void)[] = []

  constructor(openssl: OpensslPkcs12) {
    this.#openssl = openssl
  }

  /** @throws Error for null, which is how OpenSSL says that a call has failed. */
  required(made: Pointer | null): Pointer {
    if (made === null || made === 0n) throw new Error('OpenSSL failed')
    return made
  }

  /** @throws Error for null. */
  keep(made: Pointer | null, free: Free): Pointer {
    const kept = this.required(made)
    this.#frees.push(() => free(kept))
    return kept
  }

  /** Keeps a stack and all that is in it. */
  keepStack(stack: Pointer, free: Free): readonly Pointer[] {
    this.keep(stack, this.#openssl.OPENSSL_sk_free)
    return this.itemsOf(stack).map((item) => this.keep(item, free))
  }

  /** @param der of a private key in any of its forms. @throws Error for what is none. */
  privateKey(der: Uint8Array): Pointer {
    const openssl = this.#openssl
    const key = openssl.d2i_AutoPrivateKey(null, this.cursor(der), der.byteLength)
    return this.keep(key, openssl.EVP_PKEY_free)
  }

  /** @throws Error for what is no certificate. */
  certificate(der: Uint8Array): Pointer {
    const openssl = this.#openssl
    const certificate = openssl.d2i_X509(null, this.cursor(der), der.byteLength)
    return this.keep(certificate, openssl.X509_free)
  }

  /** What is in a stack that belongs to something else. */
  itemsOf(stack: Pointer): readonly Pointer[] {
    const openssl = this.#openssl
    const length = openssl.OPENSSL_sk_num(stack)
    return Array.from({ length }, (_, at) => this.required(openssl.OPENSSL_sk_value(stack, at)))
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
