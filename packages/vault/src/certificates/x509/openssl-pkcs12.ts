// PKCS #12 by the OpenSSL that the runtime carries and exports (ADR 7). node:crypto reads such files
// but writes none, and has RC2 and 3DES under PKCS #12's own key derivation only when the whole
// process is started with the legacy provider; here a library context of its own has it.
import type { LibraryHandle } from 'koffi'
import type { PoolDone } from '../../crypto/software/pool-call.ts'
import { Fault } from '../../fault.ts'

/** An address in OpenSSL's memory. */
export type Pointer = bigint

/** Gives what OpenSSL has made back to it. */
export type Free = (made: Pointer) => void

/** Writes DER and moves the pointer; without one, tells the length. */
export type Encode = (item: Pointer, into: BigUint64Array | null) => number

/** A call on this thread, or on the thread pool; the FFI keeps none of its arguments alive there. */
export interface OnPool<Arguments extends readonly unknown[], Result> {
  (...given: Arguments): Result
  async(...given: [...Arguments, done: PoolDone<Result>]): void
}

/** Octets that end with a zero, and how many there are before it. */
type Password = [octets: Uint8Array | null, bytes: number]

/** What is used of OpenSSL's interface, by OpenSSL's names; see its manual pages. */
export interface OpensslPkcs12 {
  addressOf(octets: Uint8Array): Pointer
  /** With the default and the legacy provider; made once, never freed. */
  readonly context: Pointer
  PKCS12_init_ex(mode: number, context: Pointer, properties: null): Pointer | null
  d2i_PKCS12(into: BigUint64Array, from: BigUint64Array, length: number): Pointer | null
  PKCS12_mac_present(file: Pointer): number
  PKCS12_get0_mac(
    mac: null,
    algorithm: BigUint64Array,
    salt: null,
    iterations: BigUint64Array,
    file: Pointer,
  ): void
  readonly PKCS12_verify_mac: OnPool<[file: Pointer, ...Password], number>
  /** -1 for what does not fit. */
  ASN1_INTEGER_get(number: Pointer): number | bigint
  readonly i2d_X509_ALGOR: Encode
  PKCS12_unpack_authsafes(file: Pointer): Pointer | null
  PKCS12_unpack_p7data(content: Pointer): Pointer | null
  readonly i2d_PKCS7: Encode
  readonly PKCS12_unpack_p7encdata: OnPool<[content: Pointer, ...Password], Pointer | null>
  PKCS12_SAFEBAG_get_nid(bag: Pointer): number
  PKCS12_SAFEBAG_get1_cert(bag: Pointer): Pointer | null
  PKCS12_SAFEBAG_get0_p8inf(bag: Pointer): Pointer | null
  PKCS12_SAFEBAG_get0_pkcs8(bag: Pointer): Pointer | null
  PKCS12_SAFEBAG_get0_safes(bag: Pointer): Pointer | null
  X509_SIG_get0(shrouded: Pointer, algorithm: BigUint64Array, octets: null): void
  readonly PKCS12_decrypt_skey_ex: OnPool<
    [bag: Pointer, ...Password, context: Pointer, properties: null],
    Pointer | null
  >
  readonly PKCS12_SAFEBAG_free: Free
  readonly PKCS7_free: Free
  PKCS12_create(
    password: Uint8Array,
    name: null,
    key: Pointer | null,
    certificate: Pointer | null,
    others: Pointer | null,
    keyCipher: number,
    certificateCipher: number,
    iterations: number,
    macIterations: number,
    keyType: number,
  ): Pointer | null
  /** -1 for an error before there was one; else 1 or 0. */
  PKCS12_set_mac(
    file: Pointer,
    password: Uint8Array,
    bytes: number,
    salt: null,
    saltBytes: number,
    iterations: number,
    hash: Pointer,
  ): number
  EVP_sha1(): Pointer | null
  readonly i2d_PKCS12: Encode
  readonly PKCS12_free: Free
  d2i_AutoPrivateKey(into: null, from: BigUint64Array, length: number): Pointer | null
  readonly i2d_PKCS8_PRIV_KEY_INFO: Encode
  readonly PKCS8_PRIV_KEY_INFO_free: Free
  readonly EVP_PKEY_free: Free
  d2i_X509(into: null, from: BigUint64Array, length: number): Pointer | null
  readonly i2d_X509: Encode
  readonly X509_free: Free
  OPENSSL_sk_new_null(): Pointer | null
  OPENSSL_sk_push(stack: Pointer, item: Pointer): number
  OPENSSL_sk_num(stack: Pointer): number
  OPENSSL_sk_value(stack: Pointer, index: number): Pointer | null
  readonly OPENSSL_sk_free: Free
  /** After every failure: the next call of node:crypto would report what is left behind. */
  ERR_clear_error(): void
}

let loaded: Promise<OpensslPkcs12> | undefined

/**
 * Looked up once in a process.
 * @throws Fault ProviderUnavailable where the FFI or a symbol is missing.
 */
export function loadOpensslPkcs12(): Promise<OpensslPkcs12> {
  loaded ??= find()
  return loaded
}

async function find(): Promise<OpensslPkcs12> {
  try {
    const { default: koffi } = await import('koffi')
    const library = koffi.load(null)
    return {
      addressOf: (octets) => koffi.address(octets),
      context: contextOf(library),
      ...bind(library),
    }
  } catch (cause) {
    const reason = 'PKCS #12 needs a runtime that exports its OpenSSL, such as the pinned Node.js'
    throw new Fault('ProviderUnavailable', { reason }, { cause })
  }
}

function contextOf(library: LibraryHandle): Pointer {
  const make: () => Pointer | null = library.func('OSSL_LIB_CTX_new', 'void *', [])
  const load: (context: Pointer, name: string) => Pointer | null = library.func(
    'OSSL_PROVIDER_load',
    'void *',
    ['void *', 'str'],
  )
  const context = make()
  if (context === null) throw new Error('OpenSSL gave no library context')
  for (const name of ['default', 'legacy']) {
    if (load(context, name) === null) throw new Error(`OpenSSL has no provider ${name}`)
  }
  return context
}

function bind(library: LibraryHandle): Omit<OpensslPkcs12, 'addressOf' | 'context'> {
  const p = 'void *'
  return {
    PKCS12_init_ex: library.func('PKCS12_init_ex', p, ['int', p, p]),
    d2i_PKCS12: library.func('d2i_PKCS12', p, [p, p, 'long']),
    PKCS12_mac_present: library.func('PKCS12_mac_present', 'int', [p]),
    PKCS12_get0_mac: library.func('PKCS12_get0_mac', 'void', [p, p, p, p, p]),
    PKCS12_verify_mac: library.func('PKCS12_verify_mac', 'int', [p, p, 'int']),
    ASN1_INTEGER_get: library.func('ASN1_INTEGER_get', 'long', [p]),
    i2d_X509_ALGOR: library.func('i2d_X509_ALGOR', 'int', [p, p]),
    PKCS12_unpack_authsafes: library.func('PKCS12_unpack_authsafes', p, [p]),
    PKCS12_unpack_p7data: library.func('PKCS12_unpack_p7data', p, [p]),
    i2d_PKCS7: library.func('i2d_PKCS7', 'int', [p, p]),
    PKCS12_unpack_p7encdata: library.func('PKCS12_unpack_p7encdata', p, [p, p, 'int']),
    PKCS12_SAFEBAG_get_nid: library.func('PKCS12_SAFEBAG_get_nid', 'int', [p]),
    PKCS12_SAFEBAG_get1_cert: library.func('PKCS12_SAFEBAG_get1_cert', p, [p]),
    PKCS12_SAFEBAG_get0_p8inf: library.func('PKCS12_SAFEBAG_get0_p8inf', p, [p]),
    PKCS12_SAFEBAG_get0_pkcs8: library.func('PKCS12_SAFEBAG_get0_pkcs8', p, [p]),
    PKCS12_SAFEBAG_get0_safes: library.func('PKCS12_SAFEBAG_get0_safes', p, [p]),
    X509_SIG_get0: library.func('X509_SIG_get0', 'void', [p, p, p]),
    PKCS12_decrypt_skey_ex: library.func('PKCS12_decrypt_skey_ex', p, [p, p, 'int', p, p]),
    PKCS12_SAFEBAG_free: library.func('PKCS12_SAFEBAG_free', 'void', [p]),
    PKCS7_free: library.func('PKCS7_free', 'void', [p]),
    PKCS12_create: library.func('PKCS12_create', p, [
      p,
      p,
      p,
      p,
      p,
      'int',
      'int',
      'int',
      'int',
      'int',
    ]),
    PKCS12_set_mac: library.func('PKCS12_set_mac', 'int', [p, p, 'int', p, 'int', 'int', p]),
    EVP_sha1: library.func('EVP_sha1', p, []),
    i2d_PKCS12: library.func('i2d_PKCS12', 'int', [p, p]),
    PKCS12_free: library.func('PKCS12_free', 'void', [p]),
    d2i_AutoPrivateKey: library.func('d2i_AutoPrivateKey', p, [p, p, 'long']),
    i2d_PKCS8_PRIV_KEY_INFO: library.func('i2d_PKCS8_PRIV_KEY_INFO', 'int', [p, p]),
    PKCS8_PRIV_KEY_INFO_free: library.func('PKCS8_PRIV_KEY_INFO_free', 'void', [p]),
    EVP_PKEY_free: library.func('EVP_PKEY_free', 'void', [p]),
    d2i_X509: library.func('d2i_X509', p, [p, p, 'long']),
    i2d_X509: library.func('i2d_X509', 'int', [p, p]),
    X509_free: library.func('X509_free', 'void', [p]),
    OPENSSL_sk_new_null: library.func('OPENSSL_sk_new_null', p, []),
    OPENSSL_sk_push: library.func('OPENSSL_sk_push', 'int', [p, p]),
    OPENSSL_sk_num: library.func('OPENSSL_sk_num', 'int', [p]),
    OPENSSL_sk_value: library.func('OPENSSL_sk_value', p, [p, 'int']),
    OPENSSL_sk_free: library.func('OPENSSL_sk_free', 'void', [p]),
    ERR_clear_error: library.func('ERR_clear_error', 'void', []),
  }
}
