import type { WireRequest } from '../../door.ts'

/**
 * The port as ids, links and the challenge carry it: that of the Host header, nothing for 443.
 * Python compares it with the vault URL's, so it must be the very one the client wrote.
 */
export function portSuffix({ port }: Pick<WireRequest, 'port'>): string {
  return port === undefined || port === 443 ? '' : `:${port}`
}

/** `https://host[:port]` as the client wrote it: what ids and links begin with. */
export function originOf(request: Pick<WireRequest, 'host' | 'port'>): string {
  const host = request.host.includes(':') ? `[${request.host}]` : request.host
  return `https://${host}${portSuffix(request)}`
}
