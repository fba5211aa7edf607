import { OpensslMemory } from './openssl-memory.ts'
import { loadOpensslPkcs12, type OpensslPkcs12, type Pointer } from './openssl-pkcs12.ts'

export interface Pkcs12Content {
  /** PKCS #8 in DER; absent for a key that must not leave. */
  readonly privateKey?: Uint8Array
  /** DER. */
  readonly leaf: Uint8Array
  /** DER, in the order in which they are written. */
  readonly others: readonly Uint8Array[]
}

/** The empty password protects nothing, so these only cost; the number is OpenSSL's own. */
const ITERATIONS = 2048
const EMPTY = new Uint8Array(1)

/**
 * Writes a PKCS #12 file with an empty password, as the service gives it: AES-256 and HMAC-SHA-256,
 * which are OpenSSL's standard and open with '' and with no password.
 * @throws Fault ProviderUnavailable
 */
export async function writePkcs12(content: Pkcs12Content): Promise<Uint8Array> {
  const openssl = await loadOpensslPkcs12()
  const memory = new OpensslMemory(openssl)
  try {
    const { privateKey, leaf, others } = content
    const file = openssl.PKCS12_create(
      EMPTY,
      null,
      privateKey === undefined ? null : memory.privateKey(privateKey),
      memory.certificate(leaf),
      stackOf(openssl, memory, others),
      0,
      0,
      ITERATIONS,
      ITERATIONS,
      0,
    )
    return memory.der(memory.keep(file, openssl.PKCS12_free), openssl.i2d_PKCS12)
  } finally {
    memory.free()
  }
}

function stackOf(
  openssl: OpensslPkcs12,
  memory: OpensslMemory,
  certificates: readonly Uint8Array[],
): Pointer {
  const stack = memory.keep(openssl.OPENSSL_sk_new_null(), openssl.OPENSSL_sk_free)
  for (const der of certificates) openssl.OPENSSL_sk_push(stack, memory.certificate(der))
  return stack
}
