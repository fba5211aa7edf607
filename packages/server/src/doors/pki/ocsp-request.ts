import type { WireRequest } from '../../door.ts'
import { PkiRefusal } from './pki-refusal.ts'

const MEDIA_TYPE = 'application/ocsp-request'

/** A request for one certificate has some 100 octets; signed, with a chain, a few thousand. */
export const MAXIMUM_OCSP_REQUEST_BYTES = 16_384

/**
 * The OCSP request in DER, out of the body of a POST or the path of a GET (RFC 6960 appendix A.1).
 * @param encoded what follows `/ocsp/` in the path, percent-encoded.
 * @throws PkiRefusal that says what to send.
 */
export function ocspRequest(request: WireRequest, encoded: string | undefined): Uint8Array {
  if (request.method === 'POST') {
    if (encoded !== undefined) {
      throw new PkiRefusal(404, 'Send a POST to the path that ends in /ocsp.')
    }
    const [type = ''] = (request.headers['content-type'] ?? '').split(';')
    if (type.trim().toLowerCase() !== MEDIA_TYPE) {
      throw new PkiRefusal(415, `Send an OCSP request in DER with Content-Type: ${MEDIA_TYPE}.`)
    }
    return request.body
  }
  if (encoded === undefined || encoded === '') {
    throw new PkiRefusal(
      400,
      'Send an OCSP request with POST, or with GET in base64 at the end of the path.',
    )
  }
  const bytes = fromEncoded(encoded)
  if (bytes === undefined || bytes.byteLength > MAXIMUM_OCSP_REQUEST_BYTES) {
    throw new PkiRefusal(400, 'What follows /ocsp/ is not an OCSP request in base64.')
  }
  return bytes
}

function fromEncoded(encoded: string): Uint8Array | undefined {
  try {
    return Uint8Array.fromBase64(decodeURIComponent(encoded))
  } catch {
    return undefined
  }
}
