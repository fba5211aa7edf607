import { KmsRefusal } from './kms-refusal.ts'
import { ACS3_HASHES, type Acs3Algorithm } from './signed-request.ts'

/** `ACS3-HMAC-SHA256 Credential=<AccessKeyId>,SignedHeaders=<a;b>,Signature=<hex>` */
export interface AuthorizationHeader {
  readonly algorithm: Acs3Algorithm
  readonly accessKeyId: string
  /** Lower case, in the client's order. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

/** The parts may stand in any order, with blanks after their commas. @throws KmsRefusal */
export function parseAuthorization(header: string): AuthorizationHeader {
  const [name = '', ...rest] = header.trim().split(' ')
  if (!isAlgorithm(name)) {
    throw malformed(`The algorithm must be one of ${Object.keys(ACS3_HASHES).join(', ')}.`)
  }
  const parts = partsOf(rest.join(' '))
  const accessKeyId = parts.get('Credential')
  const signature = parts.get('Signature')
  const signed = parts.get('SignedHeaders')
  if (!accessKeyId || !signature || !signed) {
    throw malformed('The header Authorization needs Credential, SignedHeaders and Signature.')
  }
  const signedHeaders = signed.toLowerCase().split(';')
  if (new Set(signedHeaders).size !== signedHeaders.length) {
    throw malformed('SignedHeaders names a header more than once.')
  }
  return { algorithm: name, accessKeyId, signedHeaders, signature }
}

export function formatAuthorization(header: AuthorizationHeader): string {
  const { algorithm, accessKeyId, signedHeaders, signature } = header
  const signed = signedHeaders.join(';')
  return `${algorithm} Credential=${accessKeyId},SignedHeaders=${signed},Signature=${signature}`
}

function partsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map((part) => {
      const mark = part.indexOf('=')
      if (mark === -1) throw malformed('The parts of the header Authorization are name=value.')
      return [part.slice(0, mark).trim(), part.slice(mark + 1).trim()]
    }),
  )
}

function isAlgorithm(name: string): name is Acs3Algorithm {
  return Object.hasOwn(ACS3_HASHES, name)
}

function malformed(recommend: string): KmsRefusal {
  return new KmsRefusal('IncompleteSignature', { recommend })
}
