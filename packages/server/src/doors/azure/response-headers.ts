import { isIPv4, isIPv6 } from 'node:net'
import type { WireRequest } from '../../door.ts'
import { clientRequestId } from './client-request-id.ts'
import type { AzureSettings } from './settings.ts'

/** The headers that the service sends with every answer, errors included. */
export function responseHeaders(
  request: Pick<WireRequest, 'headers' | 'host' | 'requestId' | 'clientAddress'>,
  { region, serviceVersion }: Pick<AzureSettings, 'region' | 'serviceVersion'>,
): Record<string, string> {
  const headers: Record<string, string> = {
    'Cache-Control': 'no-cache',
    Pragma: 'no-cache',
    Expires: '-1',
    'x-ms-request-id': request.requestId,
    'x-ms-keyvault-region': region,
    'x-ms-keyvault-service-version': serviceVersion,
    'x-ms-keyvault-network-info': networkInfo(request.clientAddress),
    'X-Content-Type-Options': 'nosniff',
  }
  const echoed = clientRequestId(request)
  if (echoed !== undefined) headers['x-ms-client-request-id'] = echoed
  if (!isThisMachine(request.host)) headers['Strict-Transport-Security'] = TRANSPORT_SECURITY
  return headers
}

const TRANSPORT_SECURITY = 'max-age=31536000;includeSubDomains'

/**
 * A browser that has once seen the header for `localhost` would ask every other program on this
 * machine for HTTPS too, on all ports, for a year.
 */
function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost')
}

function networkInfo(address: string): string {
  if (isIPv4(address)) return `conn_type=Ipv4;addr=${address};act_addr_fam=InterNetwork;`
  if (isIPv6(address)) return `conn_type=Ipv6;addr=${address};act_addr_fam=InterNetworkV6;`
  return 'conn_type=Unknown;'
}
