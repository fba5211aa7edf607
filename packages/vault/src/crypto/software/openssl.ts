// The one file that knows the FFI. node:crypto always hashes what it signs, and a vault is given
// ready digests, so these calls go to the OpenSSL that the runtime carries and exports (ADR 11).
import type { LibraryHandle } from 'koffi'
import { Fault } from '../../fault.ts'

/** An address in OpenSSL's memory. */
export type Pointer = bigint

type Init = (context: Pointer) => number

/** Calls that fill `output` and its length, on this thread or on the thread pool. */
export interface Transform {
  (
    context: Pointer,
    output: Uint8Array,
    outputBytes: BigUint64Array,
    input: Uint8Array,
    inputBytes: number,
  ): number
  /**
   * The FFI keeps none of the arrays alive: the caller must hold all three until `done` is called,
   * or the thread writes into memory that the garbage collector has given to somebody else.
   */
  async(
    context: Pointer,
    output: Uint8Array,
    outputBytes: BigUint64Array,
    input: Uint8Array,
    inputBytes: number,
    done: (error: unknown, result: number) => void,
  ): void
}

/** A look at a signature, on this thread or on the thread pool; arrays as with `Transform`. */
export interface Verification {
  (
    context: Pointer,
    signature: Uint8Array,
    signatureBytes: number,
    digest: Uint8Array,
    digestBytes: number,
  ): number
  async(
    context: Pointer,
    signature: Uint8Array,
    signatureBytes: number,
    digest: Uint8Array,
    digestBytes: number,
    done: (error: unknown, result: number) => void,
  ): void
}

/** A look at the key of a context, on the thread pool. */
export interface PoolCheck {
  async(context: Pointer, done: (error: unknown, result: number) => void): void
}

/** What is used of OpenSSL's interface, by OpenSSL's names; see its manual pages. */
export interface Openssl {
  addressOf(octets: Uint8Array): Pointer
  d2i_AutoPrivateKey(into: null, from: BigUint64Array, length: number): Pointer | null
  d2i_PUBKEY(into: null, from: BigUint64Array, length: number): Pointer | null
  EVP_PKEY_free(key: Pointer): void
  EVP_PKEY_get_bits(key: Pointer): number
  EVP_PKEY_is_a(key: Pointer, type: string): number
  EVP_PKEY_CTX_new(key: Pointer, engine: null): Pointer | null
  EVP_PKEY_CTX_free(context: Pointer): void
  readonly EVP_PKEY_sign_init: Init
  readonly EVP_PKEY_verify_init: Init
  readonly EVP_PKEY_encrypt_init: Init
  readonly EVP_PKEY_decrypt_init: Init
  readonly EVP_PKEY_sign: Transform
  readonly EVP_PKEY_encrypt: Transform
  readonly EVP_PKEY_decrypt: Transform
  readonly EVP_PKEY_verify: Verification
  readonly EVP_PKEY_check: PoolCheck
  EVP_PKEY_CTX_set_rsa_padding(context: Pointer, padding: number): number
  EVP_PKEY_CTX_set_signature_md(context: Pointer, hash: Pointer): number
  EVP_PKEY_CTX_set_rsa_pss_saltlen(context: Pointer, bytes: number): number
  EVP_PKEY_CTX_set_rsa_oaep_md(context: Pointer, hash: Pointer): number
  EVP_PKEY_CTX_ctrl_str(context: Pointer, name: string, value: string): number
  EVP_get_digestbyname(name: string): Pointer | null
  ERR_clear_error(): void
}

type Koffi = typeof import('koffi').default

let loaded: Promise<Openssl> | undefined

/**
 * The OpenSSL of this runtime, looked up once in a process.
 * @throws Fault ProviderUnavailable where the FFI or a symbol is missing.
 */
export function loadOpenssl(): Promise<Openssl> {
  loaded ??= findOpenssl(async () => (await import('koffi')).default)
  return loaded
}

/** As `loadOpenssl`, by an FFI of the caller's; for tests. */
export async function findOpenssl(load: () => Promise<Koffi>): Promise<Openssl> {
  try {
    const koffi = await load()
    return { addressOf: (octets) => koffi.address(octets), ...bind(koffi.load(null)) }
  } catch (cause) {
    const missing = cause instanceof Error ? cause.message : String(cause)
    const reason =
      'keys in software need a runtime that exports its OpenSSL, such as the pinned Node.js, ' +
      `and the native part of the package koffi (${missing})`
    throw new Fault('ProviderUnavailable', { reason }, { cause })
  }
}

function bind(library: LibraryHandle): Omit<Openssl, 'addressOf'> {
  const p = 'void *'
  const transform = [p, p, p, p, 'size_t']
  return {
    d2i_AutoPrivateKey: library.func('d2i_AutoPrivateKey', p, [p, p, 'long']),
    d2i_PUBKEY: library.func('d2i_PUBKEY', p, [p, p, 'long']),
    EVP_PKEY_free: library.func('EVP_PKEY_free', 'void', [p]),
    EVP_PKEY_get_bits: library.func('EVP_PKEY_get_bits', 'int', [p]),
    EVP_PKEY_is_a: library.func('EVP_PKEY_is_a', 'int', [p, 'str']),
    EVP_PKEY_CTX_new: library.func('EVP_PKEY_CTX_new', p, [p, p]),
    EVP_PKEY_CTX_free: library.func('EVP_PKEY_CTX_free', 'void', [p]),
    EVP_PKEY_sign_init: library.func('EVP_PKEY_sign_init', 'int', [p]),
    EVP_PKEY_verify_init: library.func('EVP_PKEY_verify_init', 'int', [p]),
    EVP_PKEY_encrypt_init: library.func('EVP_PKEY_encrypt_init', 'int', [p]),
    EVP_PKEY_decrypt_init: library.func('EVP_PKEY_decrypt_init', 'int', [p]),
    EVP_PKEY_sign: library.func('EVP_PKEY_sign', 'int', transform),
    EVP_PKEY_encrypt: library.func('EVP_PKEY_encrypt', 'int', transform),
    EVP_PKEY_decrypt: library.func('EVP_PKEY_decrypt', 'int', transform),
    EVP_PKEY_verify: library.func('EVP_PKEY_verify', 'int', [p, p, 'size_t', p, 'size_t']),
    EVP_PKEY_check: library.func('EVP_PKEY_check', 'int', [p]),
    EVP_PKEY_CTX_set_rsa_padding: library.func('EVP_PKEY_CTX_set_rsa_padding', 'int', [p, 'int']),
    EVP_PKEY_CTX_set_signature_md: library.func('EVP_PKEY_CTX_set_signature_md', 'int', [p, p]),
    EVP_PKEY_CTX_set_rsa_pss_saltlen: library.func('EVP_PKEY_CTX_set_rsa_pss_saltlen', 'int', [
      p,
      'int',
    ]),
    EVP_PKEY_CTX_set_rsa_oaep_md: library.func('EVP_PKEY_CTX_set_rsa_oaep_md', 'int', [p, p]),
    EVP_PKEY_CTX_ctrl_str: library.func('EVP_PKEY_CTX_ctrl_str', 'int', [p, 'str', 'str']),
    EVP_get_digestbyname: library.func('EVP_get_digestbyname', p, ['str']),
    ERR_clear_error: library.func('ERR_clear_error', 'void', []),
  }
}
