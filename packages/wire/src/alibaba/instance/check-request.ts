import { hash } from 'node:crypto'
import {
  ACCESS_KEY_ID_HEADER,
  API_NAME_HEADER,
  API_VERSION_HEADER,
  KEY_VERSION_HEADER,
  SIGNATURE_METHOD_HEADER,
} from './header-names.ts'
import { parseHttpDate } from './http-date.ts'
import { isOperation, type Operation } from './operations.ts'
import {
  API_VERSION,
  BODY_MAX_BYTES,
  CLOCK_SKEW_SECONDS,
  CONTENT_TYPE,
  SIGNATURE_METHOD,
} from './protocol.ts'
import { readAuthorization } from './read-authorization.ts'
import { Refusal } from './refusal.ts'
import { stringToSign, type Headers } from './string-to-sign.ts'

export interface RequestHead {
  readonly method: string
  readonly headers: Headers
}

export interface Request extends RequestHead {
  readonly body: Uint8Array
}

/** What a well-formed request says; whether the signature is right is still open. */
export interface CheckedRequest {
  readonly operation: Operation
  readonly accessKeyId: string
  readonly signature: Uint8Array
  readonly stringToSign: string
  /** As the header names it, whatever its form. */
  readonly keyVersionId: string | undefined
}

/**
 * All that can be said of a request without its client's key, in the order in which the gateway
 * looks. What follows is the caller's: the key by its id (AccessKeyUnknown), `isSignedBy`
 * (SignatureNotMatched), the permission, and the message in the body.
 * @param now epoch seconds.
 * @throws Refusal
 */
export function checkRequest(request: Request, now: number): CheckedRequest {
  demandContentType(request.headers)
  if (request.body.length > BODY_MAX_BYTES) throw new Refusal('BodyTooLarge', {})
  const checked = checkHead(request, now)
  demandDigest(request)
  return checked
}

/**
 * The same without the body, for a server that has not read it yet.
 * @param now epoch seconds.
 * @throws Refusal
 */
export function checkHead({ method, headers }: RequestHead, now: number): CheckedRequest {
  demandContentType(headers)
  demandApiVersion(headers)
  const operation = readOperation(headers)
  demandDate(headers, now)
  demandSignatureMethod(headers)
  return {
    operation,
    accessKeyId: readAccessKeyId(headers),
    signature: readAuthorization(headers['authorization'] ?? ''),
    stringToSign: stringToSign(method, headers),
    keyVersionId: given(headers, KEY_VERSION_HEADER) || undefined,
  }
}

function given(headers: Headers, name: string): string {
  return headers[name]?.trim() ?? ''
}

function demandContentType(headers: Headers): void {
  const contentType = given(headers, 'content-type')
  const [mediaType = ''] = contentType.split(';', 1)
  if (mediaType.trim().toLowerCase() === CONTENT_TYPE) return
  throw new Refusal('ContentTypeUnsupported', { contentType })
}

function demandApiVersion(headers: Headers): void {
  const apiVersion = given(headers, API_VERSION_HEADER)
  if (apiVersion !== API_VERSION) throw new Refusal('ApiVersionInvalid', { apiVersion })
}

function readOperation(headers: Headers): Operation {
  const apiName = given(headers, API_NAME_HEADER)
  if (isOperation(apiName)) return apiName
  throw new Refusal('ApiNameInvalid', { apiName })
}

function demandDate(headers: Headers, now: number): void {
  const date = parseHttpDate(given(headers, 'date'))
  if (date === undefined) throw new Refusal('DateInvalid', {})
  if (Math.abs(now - date) > CLOCK_SKEW_SECONDS) throw new Refusal('DateSkewed', {})
}

function demandSignatureMethod(headers: Headers): void {
  const signatureMethod = given(headers, SIGNATURE_METHOD_HEADER)
  if (signatureMethod === SIGNATURE_METHOD) return
  throw new Refusal('SignatureMethodInvalid', { signatureMethod })
}

function readAccessKeyId(headers: Headers): string {
  const accessKeyId = given(headers, ACCESS_KEY_ID_HEADER)
  if (accessKeyId !== '') return accessKeyId
  throw new Refusal('ParameterMissing', { parameter: ACCESS_KEY_ID_HEADER })
}

/** Clients send upper case; the signature covers the text as it was sent, whichever case it has. */
function demandDigest({ headers, body }: Request): void {
  const digest = hash('sha256', body, 'hex').toUpperCase()
  if (given(headers, 'content-sha256').toUpperCase() === digest) return
  throw new Refusal('ContentDigestInvalid', {})
}
