import { hash } from 'node:crypto'
import { percentEncode } from './percent-encoding.ts'
import type { RawRequest } from './raw-request.ts'
import { parsePairs } from './read-parameters.ts'
import { byName } from './rpc-string-to-sign.ts'
import { ACS3_HASHES, type Acs3Algorithm } from './signed-request.ts'

export interface Acs3Signable {
  readonly algorithm: Acs3Algorithm
  /** Lower case, in the order of the header `Authorization`. */
  readonly signedHeaders: readonly string[]
  /** Lower-case hex. */
  readonly bodyDigest: string
  readonly raw: Omit<RawRequest, 'body'>
}

/**
 * What an ACS3 signature may cover: one text, or two where a name in the query needs encoding,
 * since the JavaScript SDK encodes values alone and all others encode names too.
 * @throws KmsRefusal ParseRequestParameterException when the query cannot be read.
 */
export function acs3StringsToSign(request: Acs3Signable): readonly string[] {
  const pairs = parsePairs(request.raw.query).toSorted(byName)
  const encoded = pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
  const queries = new Set([encoded.join('&')])
  if (pairs.every(([name]) => !AMBIGUOUS.test(name))) {
    queries.add(pairs.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&'))
  }
  return [...queries].map((query) => stringToSign(request, canonicalRequest(request, query)))
}

/** Bare, such a name would read as several parameters, or as another name that is encoded. */
const AMBIGUOUS = /[&=%]/

/** @param query canonical. */
function canonicalRequest({ raw, signedHeaders, bodyDigest }: Acs3Signable, query: string): string {
  // The client's own list: `constructor` may stand in it, and is no header. One that came twice
  // would be joined another way than here; no client sends such.
  const valueOf = (name: string): string =>
    Object.hasOwn(raw.headers, name) ? (raw.headers[name]?.trim() ?? '') : ''
  const headers = signedHeaders.map((name) => `${name}:${valueOf(name)}\n`)
  return [
    raw.method,
    raw.path === '' ? '/' : raw.path,
    query,
    headers.join(''), // each ends in a line break, so that an empty line follows
    signedHeaders.join(';'),
    bodyDigest,
  ].join('\n')
}

function stringToSign({ algorithm }: Acs3Signable, request: string): string {
  return `${algorithm}\n${hash(ACS3_HASHES[algorithm], request, 'hex')}`
}
