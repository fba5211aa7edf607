import type { WireRequest } from '../../door.ts'

/**
 * `https://host[:port]` as the client wrote it. Every URL the door gives begins with it: clients
 * compare the host of the issuer and of the endpoints with the one they asked.
 */
export function requestOrigin({ host, port }: Pick<WireRequest, 'host' | 'port'>): string {
  const name = host.includes(':') ? `[${host}]` : host
  return `https://${name}${port === undefined || port === 443 ? '' : `:${port}`}`
}
