import { readFileSync } from 'node:fs'
import { HttpsClient, type RawAnswer, type RawRequest } from './https-client.ts'
import { objectOf, textOf } from './json.ts'
import { caFile } from './start-server.ts'
import { tenantOf } from './tenant-of.ts'
import type { TestServer } from './test-server.ts'

/** An application that signs in with its secret. */
export interface ApplicationSignIn {
  readonly tenant: string
  readonly clientId: string
  readonly clientSecret: string
}

/** Bare requests to the resource manager, as the administrator application unless said. */
export interface Manager {
  readonly subscription: string
  readonly tenant: string
  readonly token: string
  /** @param path with its query, but for the version. */
  send(method: string, path: string, options?: RawRequest, version?: string): Promise<RawAnswer>
  close(): void
}

const VERSION = '2022-12-01'

/**
 * @param application the administrator application of the default tenant when absent.
 * @throws Error when nobody signs in, or there is not one subscription.
 */
export async function managerClient(
  server: TestServer,
  application?: ApplicationSignIn,
): Promise<Manager> {
  const { place } = server
  const ca = readFileSync(caFile(place), 'utf8')
  const host = `management.${place.domain}`
  const client = new HttpsClient({ host, port: place.port, ca, connections: 4 })
  const as = application ?? administrator(server, await tenantOf(server))
  const { tenant } = as
  const port = place.port === 443 ? '' : `:${place.port}`
  const token = await applicationToken(server, as, `https://${host}${port}`)
  const send: Manager['send'] = (method, path, options = {}, version = VERSION) => {
    const query = `${path.includes('?') ? '&' : '?'}api-version=${version}`
    return client.send(method, version === '' ? path : path + query, { token, ...options })
  }
  const { status, body } = await send('GET', '/subscriptions')
  const { value } = objectOf(JSON.parse(body))
  const [one] = Array.isArray(value) ? value : []
  const subscription = textOf(objectOf(one), 'subscriptionId')
  if (subscription === '') throw new Error(`/subscriptions answered ${status}: ${body}`)
  return { subscription, tenant, token, send, close: () => client.close() }
}

/** A token of the administrator application for a service, planted like every other. */
export function administratorToken(
  server: TestServer,
  tenant: string,
  resource: string,
): Promise<string> {
  return applicationToken(server, administrator(server, tenant), resource)
}

function administrator(server: TestServer, tenant: string): ApplicationSignIn {
  const { AZURE_CLIENT_ID = '', AZURE_CLIENT_SECRET = '' } = server.variables(
    'connect-service-principal.env',
  )
  return { tenant, clientId: AZURE_CLIENT_ID, clientSecret: AZURE_CLIENT_SECRET }
}

/** A token of an application for a service, planted like every other. */
export async function applicationToken(
  server: TestServer,
  { tenant, clientId, clientSecret }: ApplicationSignIn,
  resource: string,
): Promise<string> {
  const { place } = server
  const ca = readFileSync(caFile(place), 'utf8')
  const host = `login.${place.domain}`
  const client = new HttpsClient({ host, port: place.port, ca, connections: 1 })
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${resource}/.default`,
  })
  const { status, body } = await client.send('POST', `/${tenant}/oauth2/v2.0/token`, {
    text: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  client.close()
  const token = textOf(objectOf(JSON.parse(body)), 'access_token')
  if (token === '') throw new Error(`The login host answered ${status}: ${body}`)
  server.plant('an access token', token.slice(-40))
  return token
}
