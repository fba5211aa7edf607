import type { WireRequest } from '../../door.ts'
import { originOf } from '../../origin.ts'
import { EntraRefusal } from './entra-error.ts'
import type { EntraSettings } from './settings.ts'

/**
 * Tells a client whether a login host is a real one and where its tenant's metadata is. Clients
 * that are pointed at this server under a well-known name ask this before anything else.
 *
 * MSAL for Python drops the port of the host it asks about and MSAL for JavaScript keeps it, so a
 * missing port means the one this request came by, and both forms are among the aliases.
 * @throws EntraRefusal InstanceUnknown
 */
export function instanceDiscovery(request: WireRequest, { loginHosts }: EntraSettings): object {
  const query = new URLSearchParams(request.query)
  const apiVersion = query.get('api-version') ?? '1.0'
  if (apiVersion !== '1.0' && apiVersion !== '1.1') {
    throw new EntraRefusal('RequestMalformed', 'its api-version must be 1.0 or 1.1')
  }
  const asked = query.get('authorization_endpoint')
  if (asked === null || asked === '')
    throw new EntraRefusal('ParameterMissing', 'authorization_endpoint')
  const endpoint = URL.parse(asked)
  if (endpoint?.protocol !== 'https:' || endpoint.username !== '')
    throw new EntraRefusal('InstanceUnknown', asked)
  const host = endpoint.hostname.replace(/^\[|\]$/g, '')
  if (!loginHosts.includes(host)) throw new EntraRefusal('InstanceUnknown', endpoint.hostname)
  const port = endpoint.port === '' ? request.port : Number(endpoint.port)
  const origin = originOf({ host, port })
  const authority = origin.slice('https://'.length)
  const named = endpoint.pathname.split('/')[1] ?? ''
  const tenant = /^[\w.-]{1,128}$/.test(named) ? named : 'common'
  const version = tenant.toLowerCase() === 'adfs' ? '' : '/v2.0'
  return {
    tenant_discovery_endpoint: `${origin}/${tenant}${version}/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      {
        preferred_network: authority,
        preferred_cache: authority,
        aliases: [...new Set([authority, endpoint.hostname])],
      },
    ],
  }
}
