import { OCSPRequest, type CertID } from '@peculiar/asn1-ocsp'
import { AsnConvert } from '@peculiar/asn1-schema'

/** What a client asks of one certificate. */
export interface OcspQuestion {
  /** As it was asked, for the answer. */
  readonly certificate: CertID
  /** Object id of the hash in which the authority is named. */
  readonly hash: string
  /** The hash of the bits of the authority's public key. */
  readonly keyHash: Uint8Array
  /** Lower-case hexadecimal digits, two for each octet. */
  readonly serial: string
}

/** One certificate takes some hundred octets, with a nonce and a signature some thousand. */
const MAXIMUM_BYTES = 4_096

/**
 * Reads a request by OCSP (RFC 6960 §4.1) for one certificate, as RFC 5019 §2.1.1 has it; a
 * signature on it is not looked at, because anybody may ask.
 * @returns `undefined` for anything else; it comes from who likes to send it.
 */
export function readOcspRequest(der: Uint8Array): OcspQuestion | undefined {
  if (der.byteLength > MAXIMUM_BYTES) return undefined
  try {
    const { tbsRequest } = AsnConvert.parse(Uint8Array.from(der), OCSPRequest)
    const [request, ...others] = tbsRequest.requestList
    if (request === undefined || others.length > 0) return undefined
    const { reqCert: certificate, singleRequestExtensions = [] } = request
    const extensions = [...(tbsRequest.requestExtensions ?? []), ...singleRequestExtensions]
    // RFC 6960 §4.4: what is critical must be understood, and here nothing is.
    if (extensions.some(({ critical }) => critical)) return undefined
    return {
      certificate,
      hash: certificate.hashAlgorithm.algorithm,
      keyHash: new Uint8Array(certificate.issuerKeyHash.buffer),
      serial: new Uint8Array(certificate.serialNumber).toHex(),
    }
  } catch {
    return undefined
  }
}
