import { isIPv4, isIPv6 } from 'node:net'
import type { WireRequest } from '../../door.ts'
import { clientRequestId } from './client-request-id.ts'
import type { AzureSettings } from './settings.ts'

/** The headers that the service sends with every answer, errors included. */
export function responseHeaders(
  request: Pick<WireRequest, 'headers' | 'host' | 'requestId' | 'clientAddress'>,
  { region, serviceVersion }: Pick<AzureSettings, 'region' | 'serviceVersion'>,
): Record<string, string> {
  const echoed = clientRequestId(request)
  return {
    'Cache-Control': 'no-cache',
    Pragma: 'no-cache',
    Expires: '-1',
    'x-ms-request-id': request.requestId,
    ...(echoed === undefined ? {} : { 'x-ms-client-request-id': echoed }),
    'x-ms-keyvault-region': region,
    'x-ms-keyvault-service-version': serviceVersion,
    'x-ms-keyvault-network-info': networkInfo(request.clientAddress),
    ...transportSecurity(request.host),
    'X-Content-Type-Options': 'nosniff',
  }
}

/**
 * Not for `localhost`: a browser that has seen it there once would ask every other program on this
 * machine for HTTPS too, on all ports, for a year.
 */
function transportSecurity(host: string): Record<string, string> {
  if (host === 'localhost' || host.endsWith('.localhost')) return {}
  return { 'Strict-Transport-Security': 'max-age=31536000;includeSubDomains' }
}

/** An IPv4 client of a dual-stack socket is shown by its own address, not as `::ffff:…`. */
function networkInfo(clientAddress: string): string {
  const address = clientAddress.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(address)) return `conn_type=Ipv4;addr=${address};act_addr_fam=InterNetwork;`
  if (isIPv6(address)) return `conn_type=Ipv6;addr=${address};act_addr_fam=InterNetworkV6;`
  return 'conn_type=Unknown;'
}
