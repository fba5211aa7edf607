import { OpensslMemory, terminated } from './openssl-memory.ts'
import { loadOpensslPkcs12 } from './openssl-pkcs12.ts'

export interface OlderPkcs12Content {
  /** PKCS #8 in DER. */
  readonly privateKey: Uint8Array
  /** DER. */
  readonly certificate: Uint8Array
  /** Has no zero inside. */
  readonly password: string
}

/** NID_pbe_WithSHA1And3_Key_TripleDES_CBC of OpenSSL's header obj_mac.h. */
const TRIPLE_DES = 146
const ITERATIONS = 2048
const NO_MAC = -1

/**
 * Writes a PKCS #12 file (RFC 7292) that programs read which know nothing newer: certificate first,
 * both under 3DES, with a MAC of SHA-1. Go's x/crypto takes nothing else. The MAC has one round, as
 * such programs demand, so a password can be tried at the speed of SHA-1: it must be a good one.
 * @throws Fault ProviderUnavailable; TypeError for a password that has a zero inside.
 */
export async function writeOlderPkcs12(content: OlderPkcs12Content): Promise<Uint8Array> {
  const openssl = await loadOpensslPkcs12()
  const password = terminated(content.password)
  if (password === undefined) throw new TypeError('a password with a zero inside')
  const memory = new OpensslMemory(openssl)
  try {
    const made = openssl.PKCS12_create(
      password,
      null,
      memory.privateKey(content.privateKey),
      memory.certificate(content.certificate),
      null,
      TRIPLE_DES,
      TRIPLE_DES,
      ITERATIONS,
      NO_MAC,
      0,
    )
    const file = memory.keep(made, openssl.PKCS12_free)
    const sha1 = memory.required(openssl.EVP_sha1())
    const bytes = password.byteLength - 1
    // By `create` the MAC would be of SHA-256.
    const done = openssl.PKCS12_set_mac(file, password, bytes, null, 0, 1, sha1)
    if (done !== 1) throw new Error('OpenSSL failed')
    return memory.der(file, openssl.i2d_PKCS12)
  } finally {
    password.fill(0)
    memory.free()
  }
}
