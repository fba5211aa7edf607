import type { WireRequest } from './door.ts'

const STANDARD_PORTS = { https: 443, http: 80 } as const

/** Where a request was sent to, as its Host header has it. */
export type RequestPlace = Pick<WireRequest, 'host' | 'port'>

/**
 * The port as URLs carry it: the very one that the client wrote, nothing for the scheme's own.
 * Python compares that of the challenge with the vault URL's.
 */
export function portSuffix(
  { port }: Pick<RequestPlace, 'port'>,
  scheme: keyof typeof STANDARD_PORTS = 'https',
): string {
  return port === undefined || port === STANDARD_PORTS[scheme] ? '' : `:${port}`
}

/**
 * `https://host[:port]` as the client wrote it. Ids, links and the endpoints of the login begin with
 * it: clients compare their host with the one they asked.
 */
export function originOf(
  place: RequestPlace,
  scheme: keyof typeof STANDARD_PORTS = 'https',
): string {
  const host = place.host.includes(':') ? `[${place.host}]` : place.host
  return `${scheme}://${host}${portSuffix(place, scheme)}`
}
