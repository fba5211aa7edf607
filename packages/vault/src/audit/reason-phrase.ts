/** Reason phrases (RFC 9110 §15) of the statuses that the doors answer with. */
const PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
}

/** The phrase an audit entry's `resultSignature` has; the number itself where there is none. */
export function reasonPhrase(status: number): string {
  return PHRASES[status] ?? String(status)
}
