import type {
  EcSignatureRow,
  RawRsaSignatureRow,
  RsaEncryptionRow,
  RsaSignatureRow,
  Sm2EncryptionRow,
} from '../algorithm-rows.ts'
import type { Openssl, Pointer } from './openssl.ts'

/** What a context is set up for. */
export type EvpDirection = 'sign' | 'verify' | 'encrypt' | 'decrypt'

/** Rows that OpenSSL's EVP_PKEY interface serves. */
export type EvpRow =
  | RsaSignatureRow
  | RawRsaSignatureRow
  | EcSignatureRow
  | RsaEncryptionRow
  | Sm2EncryptionRow

// Numbers of OpenSSL's header rsa.h.
const PADDINGS = { pkcs1: 1, oaep: 4, pss: 6 } as const

/**
 * A context of this key, ready for any number of calls one after the other.
 * @throws Error when OpenSSL refuses, which is a defect: the row has been checked to fit the key.
 */
export function evpContext(
  openssl: Openssl,
  key: Pointer,
  direction: EvpDirection,
  row: EvpRow,
): Pointer {
  const context = openssl.EVP_PKEY_CTX_new(key, null)
  if (context === null) throw new Error('OpenSSL made no context')
  // Its functions answer 1 for success, and 0 or a negative number otherwise.
  const isReady =
    openssl[`EVP_PKEY_${direction}_init`](context) === 1 &&
    isSetUp(openssl, context, direction, row)
  if (isReady) return context
  openssl.EVP_PKEY_CTX_free(context)
  openssl.ERR_clear_error()
  throw new Error(`OpenSSL refused to ${direction} as ${row.source} says`)
}

function isSetUp(
  openssl: Openssl,
  context: Pointer,
  direction: EvpDirection,
  row: EvpRow,
): boolean {
  // A curve says all; that of SM2 takes SM3 unless told otherwise.
  if (row.keyType === 'EC') return true
  if (openssl.EVP_PKEY_CTX_set_rsa_padding(context, PADDINGS[row.padding]) !== 1) return false
  if (row.hash === null) {
    // RFC 8017 §7.2.2, note: a bad padding must not show. OpenSSL then answers random octets.
    return (
      direction !== 'decrypt' ||
      openssl.EVP_PKEY_CTX_ctrl_str(context, 'rsa_pkcs1_implicit_rejection', '1') === 1
    )
  }
  const hash = openssl.EVP_get_digestbyname(row.hash)
  if (hash === null) return false
  // MGF1 takes the same hash unless told otherwise (RFC 7518 §3.5 and §4.3 ask for that).
  if (row.padding === 'oaep') return openssl.EVP_PKEY_CTX_set_rsa_oaep_md(context, hash) === 1
  if (openssl.EVP_PKEY_CTX_set_signature_md(context, hash) !== 1) return false
  if (row.padding !== 'pss' || !('digestBytes' in row)) return true
  return openssl.EVP_PKEY_CTX_set_rsa_pss_saltlen(context, row.digestBytes) === 1
}
