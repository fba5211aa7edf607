import type { WireRequest } from '../../door.ts'
import { clientRequestId } from '../../rest/request-facts.ts'

/** The headers of every answer of this door, errors included. */
export function responseHeaders(request: WireRequest): Record<string, string> {
  const headers: Record<string, string> = {
    'Cache-Control': 'no-cache',
    Pragma: 'no-cache',
    Expires: '-1',
    'x-ms-request-id': request.requestId,
    'x-ms-correlation-request-id': correlationIdOf(request),
    'X-Content-Type-Options': 'nosniff',
  }
  const echoed = clientRequestId(request)
  if (echoed !== undefined) headers['x-ms-client-request-id'] = echoed
  if (request.host !== 'localhost' && !request.host.endsWith('.localhost')) {
    headers['Strict-Transport-Security'] = 'max-age=31536000; includeSubDomains'
  }
  return headers
}

function correlationIdOf({ headers, requestId }: WireRequest): string {
  const given = headers['x-ms-correlation-request-id'] ?? ''
  return /^[0-9a-f-]{36}$/i.test(given) ? given : requestId
}
