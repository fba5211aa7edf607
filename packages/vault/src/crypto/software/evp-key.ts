import type { CallQueue } from './call-queue.ts'
import { evpContext, type EvpDirection, type EvpRow } from './evp-context.ts'
import type { Openssl, Pointer } from './openssl.ts'
import { poolCall } from './pool-call.ts'

// What is read by its address, which keeps nothing alive.
const parsing = new Set<Uint8Array>()

/**
 * An RSA or EC key inside OpenSSL. Its contexts are kept for the next call of the same kind; one
 * serves one call at a time, because OpenSSL's contexts are not safe between threads. The memory is
 * given back by `leave()`, after the last call that is still on a thread.
 */
export class EvpKey {
  readonly #openssl: Openssl
  readonly #key: Pointer
  readonly #idle: { readonly [D in EvpDirection]: Map<EvpRow, Pointer[]> } = {
    sign: new Map(),
    verify: new Map(),
    encrypt: new Map(),
    decrypt: new Map(),
  }
  readonly #outputBytes = new BigUint64Array(1)
  #calls = 0
  #state: 'here' | 'leaving' | 'gone' = 'here'

  private constructor(openssl: Openssl, key: Pointer) {
    this.#openssl = openssl
    this.#key = key
  }

  /** A private key from PKCS#8 in DER; `undefined` when it is none. */
  static fromPrivate(openssl: Openssl, pkcs8: Uint8Array): EvpKey | undefined {
    return EvpKey.#parse(openssl, 'd2i_AutoPrivateKey', pkcs8)
  }

  /** A public key from a SubjectPublicKeyInfo in DER; `undefined` when it is none. */
  static fromPublic(openssl: Openssl, spki: Uint8Array): EvpKey | undefined {
    return EvpKey.#parse(openssl, 'd2i_PUBKEY', spki)
  }

  static #parse(
    openssl: Openssl,
    parse: 'd2i_AutoPrivateKey' | 'd2i_PUBKEY',
    der: Uint8Array,
  ): EvpKey | undefined {
    const from = BigUint64Array.of(openssl.addressOf(der))
    parsing.add(der)
    const key = openssl[parse](null, from, der.byteLength)
    parsing.delete(der)
    // Also after success: the decoders leave what they tried first, and TLS reads this queue.
    openssl.ERR_clear_error()
    return key === null ? undefined : new EvpKey(openssl, key)
  }

  /** Bits of the modulus of an RSA key, of the order of the curve of an EC key. */
  get bits(): number {
    return this.#openssl.EVP_PKEY_get_bits(this.#key)
  }

  /** Whether OpenSSL signs and encrypts by SM2 with it: on the same curve it could do ECDSA too. */
  get isSm2(): boolean {
    return this.#openssl.EVP_PKEY_is_a(this.#key, 'SM2') === 1
  }

  /**
   * Signs or encrypts on this thread.
   * @returns how many octets of `output` were written.
   */
  transform(
    direction: 'sign' | 'encrypt',
    row: EvpRow,
    input: Uint8Array,
    output: Uint8Array,
  ): number {
    const context = this.#take(direction, row)
    const outputBytes = this.#outputBytes
    outputBytes[0] = BigInt(output.byteLength)
    const call = this.#openssl[`EVP_PKEY_${direction}`]
    const result = call(context, output, outputBytes, input, input.byteLength)
    this.#giveBack(direction, row, context, result === 1)
    if (result !== 1) throw new Error(`OpenSSL failed to ${direction} (${result})`)
    return Number(outputBytes[0])
  }

  /** Works on the thread pool; `undefined` when OpenSSL refuses the input. */
  async transformOnPool(
    queue: CallQueue,
    direction: 'sign' | 'encrypt' | 'decrypt',
    row: EvpRow,
    input: Uint8Array,
    output: Uint8Array,
  ): Promise<number | undefined> {
    const outputBytes = BigUint64Array.of(BigInt(output.byteLength))
    const call = this.#openssl[`EVP_PKEY_${direction}`]
    const isGood = await this.#onPool(queue, direction, row, (context) =>
      poolCall([output, outputBytes, input], (done) =>
        call.async(context, output, outputBytes, input, input.byteLength, done),
      ),
    )
    return isGood ? Number(outputBytes[0]) : undefined
  }

  /** Tells whether the signature is right; one that cannot even be read is not. */
  verify(row: EvpRow, digest: Uint8Array, signature: Uint8Array): boolean {
    const context = this.#take('verify', row)
    const call = this.#openssl.EVP_PKEY_verify
    const result = call(context, signature, signature.byteLength, digest, digest.byteLength)
    this.#giveBack('verify', row, context, result === 1)
    return result === 1
  }

  /** As `verify`, on the thread pool. */
  verifyOnPool(
    queue: CallQueue,
    row: EvpRow,
    digest: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> {
    const call = this.#openssl.EVP_PKEY_verify
    return this.#onPool(queue, 'verify', row, (context) =>
      poolCall([signature, digest], (done) =>
        call.async(context, signature, signature.byteLength, digest, digest.byteLength, done),
      ),
    )
  }

  /**
   * OpenSSL's own check of the numbers of a private key, on the thread pool: primes are prime, the
   * point is on the curve, the two halves and all between them belong together.
   */
  async isConsistent(queue: CallQueue): Promise<boolean> {
    const context = this.#openssl.EVP_PKEY_CTX_new(this.#key, null)
    if (context === null) throw new Error('OpenSSL made no context')
    const call = this.#openssl.EVP_PKEY_check
    const check = (): Promise<number> => poolCall([], (done) => call.async(context, done))
    this.#calls++
    try {
      return (await queue.run(check)) === 1
    } finally {
      this.#calls--
      this.#openssl.EVP_PKEY_CTX_free(context)
      if (this.#state === 'leaving') this.leave()
    }
  }

  /** Gives the memory back, at once or after the last call in flight. No call may follow. */
  leave(): void {
    if (this.#state === 'here') this.#state = 'leaving'
    if (this.#state === 'gone' || this.#calls > 0) return
    this.#state = 'gone'
    for (const contexts of Object.values(this.#idle).flatMap((rows) => [...rows.values()])) {
      for (const context of contexts) this.#openssl.EVP_PKEY_CTX_free(context)
    }
    this.#openssl.EVP_PKEY_free(this.#key)
  }

  /** One call with a context of its own; whether OpenSSL says that it went well. */
  async #onPool(
    queue: CallQueue,
    direction: EvpDirection,
    row: EvpRow,
    call: (context: Pointer) => Promise<number>,
  ): Promise<boolean> {
    // Counted before the wait: the key may leave the cache while the call stands in the queue.
    this.#calls++
    try {
      return await queue.run(async () => {
        const context = this.#take(direction, row)
        let isGood = false
        try {
          isGood = (await call(context)) === 1
        } finally {
          this.#giveBack(direction, row, context, isGood)
        }
        return isGood
      })
    } finally {
      this.#calls--
      if (this.#state === 'leaving') this.leave()
    }
  }

  #take(direction: EvpDirection, row: EvpRow): Pointer {
    if (this.#state === 'gone') throw new Error('the key has left OpenSSL')
    const idle = this.#idle[direction].get(row)?.pop()
    return idle ?? evpContext(this.#openssl, this.#key, direction, row)
  }

  #giveBack(direction: EvpDirection, row: EvpRow, context: Pointer, isGood: boolean): void {
    if (isGood && this.#state === 'here') {
      const idle = this.#idle[direction].get(row)
      if (idle === undefined) this.#idle[direction].set(row, [context])
      else idle.push(context)
      return
    }
    this.#openssl.EVP_PKEY_CTX_free(context)
    // The queue of errors is one for each thread, and TLS decides on what stands in this one's.
    if (!isGood) this.#openssl.ERR_clear_error()
  }
}
