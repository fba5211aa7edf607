import { constants, hash, sign, type KeyObject } from 'node:crypto'
import {
  ACCESS_KEY_ID_HEADER,
  API_NAME_HEADER,
  API_VERSION_HEADER,
  KEY_VERSION_HEADER,
  SIGNATURE_METHOD_HEADER,
} from './header-names.ts'
import { formatHttpDate } from './http-date.ts'
import type { Operation } from './operations.ts'
import { API_VERSION, CONTENT_TYPE, SIGNATURE_METHOD } from './protocol.ts'
import { stringToSign } from './string-to-sign.ts'

export interface RequestToSign {
  readonly operation: Operation
  readonly body: Uint8Array
  /** The id of the client key, `KAAP.…`. */
  readonly accessKeyId: string
  /** The private key of the client key: RSA. */
  readonly privateKey: KeyObject
  /** Epoch seconds; a request is good for 15 minutes around it. */
  readonly date: number
  readonly keyVersionId?: string
}

/**
 * The headers of a `POST /` with this body, all but host, content-length and user-agent, which the
 * signature does not cover.
 */
export function signRequest(request: RequestToSign): Record<string, string> {
  const { keyVersionId } = request
  const headers = {
    accept: CONTENT_TYPE,
    'content-type': CONTENT_TYPE,
    date: formatHttpDate(request.date),
    'content-sha256': hash('sha256', request.body, 'hex').toUpperCase(),
    [API_VERSION_HEADER]: API_VERSION,
    [API_NAME_HEADER]: request.operation,
    [SIGNATURE_METHOD_HEADER]: SIGNATURE_METHOD,
    [ACCESS_KEY_ID_HEADER]: request.accessKeyId,
    ...(keyVersionId === undefined ? {} : { [KEY_VERSION_HEADER]: keyVersionId }),
  }
  const text = Buffer.from(stringToSign('POST', headers))
  const key = { key: request.privateKey, padding: constants.RSA_PKCS1_PADDING }
  return { ...headers, authorization: `Bearer ${sign('sha256', text, key).toString('base64')}` }
}
