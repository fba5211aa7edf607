import { fromBER, ObjectIdentifier } from 'asn1js'
import type { OpensslMemory } from './openssl-memory.ts'
import type { OpensslPkcs12, Pointer } from './openssl-pkcs12.ts'
import { membersOf, pbeIterations } from './pbe-iterations.ts'
import { Pkcs12Effort } from './pkcs12-effort.ts'
import type { ReadPkcs12 } from './read-pkcs12.ts'

// Numbers of OpenSSL's header obj_mac.h.
const PKCS7_DATA = 21
const BAGS = { key: 150, shroudedKey: 151, certificate: 152, safeContents: 155 } as const

const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
const PBMAC1 = '1.2.840.113549.1.5.14'

/** More than anybody takes; what comes after them is left out. */
const MOST_CERTIFICATES = 100
/** Bags in bags; tools write none. */
const MAXIMUM_DEPTH = 8

/** A password as OpenSSL takes it: none and an empty one are different keys to older ciphers. */
interface Password {
  readonly octets: Uint8Array | null
  readonly bytes: number
}

const NONE: Password = { octets: null, bytes: 0 }

/**
 * One PKCS #12 file that is being opened, layer by layer: what a layer asks for is read and counted
 * before it is opened, and each is opened once.
 */
export class Pkcs12File {
  readonly #openssl: OpensslPkcs12
  readonly #memory: OpensslMemory
  readonly #given: Password
  readonly #effort = new Pkcs12Effort()
  readonly #certificates: Uint8Array[] = []
  #privateKey: Uint8Array | undefined

  /** @param password ends with a zero; it is kept alive, and wiped, by the caller. */
  constructor(openssl: OpensslPkcs12, memory: OpensslMemory, password: Uint8Array) {
    this.#openssl = openssl
    this.#memory = memory
    this.#given = { octets: password, bytes: password.byteLength - 1 }
  }

  /** @throws Error when it does not open; Fault as `Pkcs12Effort`. */
  async read(file: Uint8Array): Promise<ReadPkcs12> {
    const memory = this.#memory
    const openssl = this.#openssl
    try {
      const parsed = memory.keep(this.#decode(file), openssl.PKCS12_free)
      const password = await this.#passwordOf(parsed)
      const contents = memory.required(openssl.PKCS12_unpack_authsafes(parsed))
      for (const content of memory.keepStack(contents, openssl.PKCS7_free)) {
        for (const bag of await this.#bagsOf(content, password)) await this.#take(bag, password, 0)
      }
      return { privateKey: this.#privateKey, certificates: this.#certificates }
    } catch (thrown) {
      this.#privateKey?.fill(0)
      throw thrown
    }
  }

  /** OpenSSL frees what it was given when it cannot read. */
  #decode(file: Uint8Array): Pointer | null {
    const openssl = this.#openssl
    const into = openssl.PKCS12_init_ex(PKCS7_DATA, openssl.context, null)
    if (into === null) return null
    return openssl.d2i_PKCS12(BigUint64Array.of(into), this.#memory.cursor(file), file.byteLength)
  }

  /** The form of the password that the file's seal was made with. */
  async #passwordOf(file: Pointer): Promise<Password> {
    const openssl = this.#openssl
    const [first, ...others] = this.#given.bytes === 0 ? [NONE, this.#given] : [this.#given]
    if (openssl.PKCS12_mac_present(file) !== 1) return first ?? NONE
    const iterations = this.#macIterations(file)
    for (const form of [first ?? NONE, ...others]) {
      const verify = openssl.PKCS12_verify_mac
      const { octets, bytes } = form
      if ((await this.#effort.call(iterations, verify, file, octets, bytes)) === 1) return form
      openssl.ERR_clear_error()
    }
    throw new Error('the password is wrong')
  }

  #macIterations(file: Pointer): number | undefined {
    const openssl = this.#openssl
    const [algorithm, count] = [new BigUint64Array(1), new BigUint64Array(1)]
    openssl.PKCS12_get0_mac(null, algorithm, null, count, file)
    const [at = 0n] = algorithm
    const { result } = fromBER(Uint8Array.from(this.#memory.der(at, openssl.i2d_X509_ALGOR)))
    const [id] = membersOf(result)
    if (id instanceof ObjectIdentifier && id.getValue() === PBMAC1) return pbeIterations(result)
    const [countAt = 0n] = count
    if (countAt === 0n) return 1
    const iterations = Number(openssl.ASN1_INTEGER_get(countAt))
    return iterations < 1 ? undefined : iterations
  }

  async #bagsOf(content: Pointer, password: Password): Promise<readonly Pointer[]> {
    const memory = this.#memory
    const openssl = this.#openssl
    const plain = openssl.PKCS12_unpack_p7data(content)
    if (plain !== null) return memory.keepStack(plain, openssl.PKCS12_SAFEBAG_free)
    // What OpenSSL says of its being no plain data must not wait for what comes next.
    openssl.ERR_clear_error()
    const { result } = fromBER(Uint8Array.from(memory.der(content, openssl.i2d_PKCS7)))
    const [id, tagged] = membersOf(result)
    const isEncrypted = id instanceof ObjectIdentifier && id.getValue() === ENCRYPTED_DATA
    if (!isEncrypted) throw new Error('neither data nor encrypted data')
    const [, encrypted] = membersOf(membersOf(tagged)[0])
    const iterations = pbeIterations(membersOf(encrypted)[1])
    const unpack = openssl.PKCS12_unpack_p7encdata
    const { octets, bytes } = password
    const bags = await this.#effort.call(iterations, unpack, content, octets, bytes)
    return memory.keepStack(memory.required(bags), openssl.PKCS12_SAFEBAG_free)
  }

  async #take(bag: Pointer, password: Password, depth: number): Promise<void> {
    const memory = this.#memory
    const openssl = this.#openssl
    switch (openssl.PKCS12_SAFEBAG_get_nid(bag)) {
      case BAGS.certificate: {
        if (this.#certificates.length >= MOST_CERTIFICATES) return
        const certificate = memory.keep(openssl.PKCS12_SAFEBAG_get1_cert(bag), openssl.X509_free)
        this.#certificates.push(memory.der(certificate, openssl.i2d_X509))
        return
      }
      case BAGS.key:
        this.#privateKey ??= this.#derOfKey(openssl.PKCS12_SAFEBAG_get0_p8inf(bag))
        return
      case BAGS.shroudedKey:
        this.#privateKey ??= await this.#unshrouded(bag, password)
        return
      case BAGS.safeContents: {
        if (depth >= MAXIMUM_DEPTH) throw new Error('bags in bags in bags')
        const bags = memory.itemsOf(memory.required(openssl.PKCS12_SAFEBAG_get0_safes(bag)))
        for (const inner of bags) await this.#take(inner, password, depth + 1)
        return
      }
    }
  }

  async #unshrouded(bag: Pointer, { octets, bytes }: Password): Promise<Uint8Array> {
    const memory = this.#memory
    const openssl = this.#openssl
    const algorithm = new BigUint64Array(1)
    const shrouded = memory.required(openssl.PKCS12_SAFEBAG_get0_pkcs8(bag))
    openssl.X509_SIG_get0(shrouded, algorithm, null)
    const [at = 0n] = algorithm
    const { result } = fromBER(Uint8Array.from(memory.der(at, openssl.i2d_X509_ALGOR)))
    const decrypt = openssl.PKCS12_decrypt_skey_ex
    const { context } = openssl
    const iterations = pbeIterations(result)
    const key = await this.#effort.call(iterations, decrypt, bag, octets, bytes, context, null)
    return this.#derOfKey(memory.keep(key, openssl.PKCS8_PRIV_KEY_INFO_free))
  }

  #derOfKey(key: Pointer | null): Uint8Array {
    const { i2d_PKCS8_PRIV_KEY_INFO } = this.#openssl
    return this.#memory.der(this.#memory.required(key), i2d_PKCS8_PRIV_KEY_INFO)
  }
}
