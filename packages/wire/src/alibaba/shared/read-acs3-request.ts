import { hash } from 'node:crypto'
import { parseAuthorization, type AuthorizationHeader } from './authorization-header.ts'
import {
  demand,
  demandAccessKeyId,
  demandTimestamp,
  readNonce,
  readSecurityToken,
} from './common-values.ts'
import { KmsRefusal } from './kms-refusal.ts'
import type { RawRequest } from './raw-request.ts'
import { answerFormat } from './read-parameters.ts'
import type { RequestParameters } from './request-parameters.ts'
import { ACS3_HASHES, type Acs3Algorithm, type Acs3Request } from './signed-request.ts'

const NONCE = 'x-acs-signature-nonce'

/** What we go by, so nobody may change it on the way; the digest's header is looked at apart. */
const SIGNED_ALWAYS = [
  'host',
  'x-acs-action',
  'x-acs-version',
  'x-acs-date',
  NONCE,
]
/** Signed when they are there: they say who asks. */
const SIGNED_WHEN_SENT = ['x-acs-accesskey-id', 'x-acs-security-token']

/** A request of the second generation: common data in headers. @throws KmsRefusal */
export function readAcs3Request(
  raw: RawRequest,
  parameters: RequestParameters,
  authorization: string,
): Acs3Request {
  const { algorithm, signedHeaders, ...parsed } = parseAuthorization(authorization)
  const header = (name: string): string | undefined => raw.headers[name]?.trim()
  const accessKeyId = demandAccessKeyId(parsed.accessKeyId, 'Credential')
  const request = {
    scheme: 'acs3',
    algorithm,
    action: demand(header('x-acs-action'), 'MissingAction', 'the header x-acs-action'),
    version: demand(header('x-acs-version'), 'MissingVersion', 'the header x-acs-version'),
    format: answerFormat(parameters),
    parameters,
    accessKeyId,
    securityToken: readSecurityToken(header('x-acs-security-token')),
    timestamp: demandTimestamp(header('x-acs-date'), 'the header x-acs-date'),
    // As it is signed, or blanks around it would make it another one.
    nonce: readNonce(demandNonce(header(NONCE)), NONCE),
    signedHeaders,
    signature: parsed.signature,
    bodyDigest: hash(ACS3_HASHES[algorithm], raw.body, 'hex'),
    raw,
  } as const
  demandSigned(raw, { algorithm, signedHeaders })
  demandDigest(raw, algorithm, request.bodyDigest)
  if ((header('x-acs-accesskey-id') ?? accessKeyId) !== accessKeyId) {
    throw incomplete('The header x-acs-accesskey-id must name the access key of Credential.')
  }
  return request
}

function demandNonce(nonce: string | undefined): string {
  return demand(nonce, 'MissingSignatureNonce', `the header ${NONCE}`)
}

function demandSigned(
  { headers }: RawRequest,
  { algorithm, signedHeaders }: Pick<AuthorizationHeader, 'algorithm' | 'signedHeaders'>,
): void {
  const sent = SIGNED_WHEN_SENT.filter((name) => headers[name] !== undefined)
  const needed = [...SIGNED_ALWAYS, digestHeader(headers, algorithm), ...sent]
  const missing = needed.find((name) => !signedHeaders.includes(name))
  if (missing !== undefined) throw incomplete(`SignedHeaders must have ${missing}.`)
}

/** What has no signature of its own is the body: its digest stands for it. */
function demandDigest({ headers }: RawRequest, algorithm: Acs3Algorithm, digest: string): void {
  const name = digestHeader(headers, algorithm)
  const claimed = headers[name]?.trim().toLowerCase()
  if (claimed === digest) return
  if (claimed === undefined) throw incomplete(`Send the header ${name}.`)
  throw new KmsRefusal('SignatureDoesNotMatch', {
    recommend: `The header ${name} is not the digest of the body that came.`,
  })
}

/** The SDKs do not agree where an SM3 digest stands. */
function digestHeader(headers: RawRequest['headers'], algorithm: Acs3Algorithm): string {
  const ofSm3 = 'x-acs-content-sm3'
  return algorithm === 'ACS3-HMAC-SM3' && headers[ofSm3] !== undefined
    ? ofSm3
    : 'x-acs-content-sha256'
}

function incomplete(recommend: string): KmsRefusal {
  return new KmsRefusal('IncompleteSignature', { recommend })
}
