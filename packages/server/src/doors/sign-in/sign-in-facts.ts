import type { RequestFacts } from '@claviger/vault'
import { clientInfo, printable } from '../../client-info.ts'
import type { WireRequest } from '../../door.ts'

const LONGEST_PATH = 200
const CORRELATION_ID = /^[0-9a-f-]{36}$/i

/**
 * What the audit records of a sign-in: no query and no form, because those hold what it is made of.
 * @param origin scheme, host and port as the client wrote them.
 */
export function signInFacts(
  request: WireRequest,
  origin: string,
  statusOf: (thrown: unknown) => number,
): RequestFacts {
  return {
    correlationId: correlationIdOf(request),
    clientAddress: request.clientAddress,
    clientInfo: clientInfo(request),
    requestUri: `${origin}${printable(request.path).slice(0, LONGEST_PATH)}`,
    apiVersion: '',
    successStatus: 200,
    statusOf,
  }
}

/** The client's own id for the request, in a header or, by MSAL for JavaScript, in the query. */
export function correlationIdOf({ headers, query, requestId }: WireRequest): string {
  const given =
    headers['client-request-id'] ?? new URLSearchParams(query).get('client-request-id') ?? ''
  return CORRELATION_ID.test(given) ? given.toLowerCase() : requestId
}
