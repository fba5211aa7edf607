import type { WireRequest } from '../../door.ts'
import { clientRequestId } from '../../rest/request-facts.ts'

/** The headers of every answer of this door, errors included. */
export function responseHeaders(request: WireRequest): Record<string, string> {
  const headers: Record<string, string> = {
    'Cache-Control': 'no-cache',
    'request-id': request.requestId,
    'client-request-id': clientRequestId(request) ?? request.requestId,
    'OData-Version': '4.0',
    'X-Content-Type-Options': 'nosniff',
  }
  if (request.host !== 'localhost' && !request.host.endsWith('.localhost')) {
    headers['Strict-Transport-Security'] = 'max-age=31536000; includeSubDomains'
  }
  return headers
}
