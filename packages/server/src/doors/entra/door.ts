import type { Tenant } from '@claviger/vault'
import FindMyWay from 'find-my-way'
import type { Answer, Door, ListenerRefusal, WireRequest } from '../../door.ts'
import { faultFields } from '../../fault-fields.ts'
import { originOf } from '../../origin.ts'
import { correlationIdOf } from '../sign-in/sign-in-facts.ts'
import { tokenHeaders } from '../sign-in/token-headers.ts'
import { answerDeviceRequest } from './device-endpoint.ts'
import type { EntraDoorOptions } from './door-options.ts'
import { ENTRA_ERRORS, EntraRefusal } from './entra-error.ts'
import { errorPage } from './error-page.ts'
import { instanceDiscovery } from './instance-discovery.ts'
import { keySet } from './key-set.ts'
import { openIdConfiguration } from './openid-configuration.ts'
import { ASSETS, PAGE_ASSETS } from './page-assets.ts'
import { PAGE_ROUTES, type PageRoute } from './page-routes.ts'
import { pageVisit } from './page-visit.ts'
import { errorBody, refusalOf } from './render-error.ts'
import { tenantNamed } from './tenant-name.ts'
import { answerTokenRequest } from './token-endpoint.ts'
import { LARGEST_FORM_BYTES } from './token-form.ts'

/** What a route is given: the tenant its path names, and the name itself. */
interface Visit {
  readonly request: WireRequest
  readonly name: string
  readonly tenant: () => Promise<Tenant>
}

interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** How long clients may keep the answer; tokens not at all. */
  readonly maximumAgeSeconds: number
  answer(visit: Visit, options: EntraDoorOptions): Promise<object>
}

/** Less than the time for which a new key is published before it signs. */
const KEYS_AGE_SECONDS = 300
/** What the pages load changes with the program alone. */
const ASSETS_AGE_SECONDS = 300

interface Found {
  readonly route: Route | PageRoute
  readonly name: string
}

type Handler = FindMyWay.Handler<FindMyWay.HTTPVersion.V1>

async function metadata({ request, name, tenant }: Visit, version: 'v1' | 'v2'): Promise<object> {
  return openIdConfiguration(originOf(request), name, await tenant(), version)
}

async function token(
  { request, tenant }: Visit,
  { identity, settings }: EntraDoorOptions,
): Promise<object> {
  return answerTokenRequest(request, await tenant(), identity, settings)
}

async function device(
  { request, tenant }: Visit,
  { identity, settings }: EntraDoorOptions,
): Promise<object> {
  return answerDeviceRequest(request, await tenant(), identity, settings)
}

async function keys({ tenant }: Visit, { identity }: EntraDoorOptions): Promise<object> {
  return keySet(identity, await tenant())
}

/**
 * The login host's routes; `adfs`, `common` and `organizations` are tenants' names like any other.
 */
const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/:tenant/v2.0/.well-known/openid-configuration',
    maximumAgeSeconds: KEYS_AGE_SECONDS,
    answer: (visit) => metadata(visit, 'v2'),
  },
  {
    method: 'GET',
    path: '/:tenant/.well-known/openid-configuration',
    maximumAgeSeconds: KEYS_AGE_SECONDS,
    answer: (visit) => metadata(visit, 'v1'),
  },
  {
    method: 'GET',
    path: '/:tenant/discovery/v2.0/keys',
    maximumAgeSeconds: KEYS_AGE_SECONDS,
    answer: keys,
  },
  {
    method: 'GET',
    path: '/:tenant/discovery/keys',
    maximumAgeSeconds: KEYS_AGE_SECONDS,
    answer: keys,
  },
  {
    method: 'GET',
    path: '/:tenant/discovery/instance',
    maximumAgeSeconds: KEYS_AGE_SECONDS,
    answer: async ({ request }, { settings }) => instanceDiscovery(request, settings),
  },
  { method: 'POST', path: '/:tenant/oauth2/v2.0/token', maximumAgeSeconds: 0, answer: token },
  { method: 'POST', path: '/:tenant/oauth2/token', maximumAgeSeconds: 0, answer: token },
  { method: 'POST', path: '/:tenant/oauth2/v2.0/devicecode', maximumAgeSeconds: 0, answer: device },
  { method: 'POST', path: '/:tenant/oauth2/devicecode', maximumAgeSeconds: 0, answer: device },
]

/** The login host: tokens, the pages on which people sign in, and what clients ask before. */
export function entraDoor(options: EntraDoorOptions): Door {
  const { identity, clock, log } = options
  const router = FindMyWay({
    caseSensitive: false,
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    maxParamLength: 256,
  })
  const routes = new Map<Handler, Route | PageRoute>()
  for (const route of [...ROUTES, ...PAGE_ROUTES]) {
    // The router only gives the function back; nothing ever calls it.
    const handler: Handler = () => undefined
    routes.set(handler, route)
    const methods = 'methods' in route ? route.methods : [route.method]
    for (const method of methods) router.on(method, route.path, handler)
  }

  function find(method: string, path: string): Found {
    const match = (one: 'GET' | 'POST') => {
      const found = path.includes('?') || path.includes('#') ? null : router.find(one, path)
      const route = found === null ? undefined : routes.get(found.handler)
      const name = found?.params['tenant'] ?? 'common'
      return route === undefined ? undefined : { route, name }
    }
    const wanted = method === 'HEAD' ? 'GET' : method
    const found = wanted === 'GET' || wanted === 'POST' ? match(wanted) : undefined
    if (found !== undefined) return found
    const allowed = (['GET', 'POST'] as const).filter((one) => match(one) !== undefined)
    if (allowed.length === 0) throw new EntraRefusal('NotFound')
    throw new EntraRefusal('MethodNotAllowed', method, { Allow: allowed.join(', ') })
  }

  async function perform(request: WireRequest): Promise<Answer> {
    const asset = assetAt(request)
    if (asset !== undefined) return asset
    const { route, name } = find(request.method, request.path)
    const tenant = async (): Promise<Tenant> => tenantNamed(name, await identity.view())
    if ('methods' in route) return await showPage(request, route, tenant)
    const body = await route.answer({ request, name, tenant }, options)
    const headers = tokenHeaders(request.requestId)
    if (route.maximumAgeSeconds > 0) {
      delete headers['Pragma']
      headers['Cache-Control'] = `max-age=${route.maximumAgeSeconds}, private`
    }
    return { status: 200, headers, body: JSON.stringify(body) }
  }

  /** What goes wrong on a page is told on a page. */
  async function showPage(
    request: WireRequest,
    route: PageRoute,
    tenant: () => Promise<Tenant>,
  ): Promise<Answer> {
    const visit = pageVisit(request, options)
    try {
      return await route.answer(visit, tenant)
    } catch (thrown) {
      const refusal = refusalOf(thrown)
      tellLog(request, refusal, thrown)
      return errorPage(visit, refusal)
    }
  }

  function tellLog({ requestId }: WireRequest, { row }: EntraRefusal, thrown: unknown): void {
    if (ENTRA_ERRORS[row].status < 500 || row === 'ExternalProviderFailed') return
    const told = { requestId, ...faultFields(thrown) }
    log.error('A sign-in failed through no fault of the client.', told)
  }

  function errorAnswer(request: WireRequest, thrown: unknown): Answer {
    const refusal = refusalOf(thrown)
    const { status } = ENTRA_ERRORS[refusal.row]
    const { requestId } = request
    tellLog(request, refusal, thrown)
    const place = {
      origin: originOf(request),
      requestId,
      correlationId: correlationIdOf(request),
      now: clock.now(),
    }
    // RFC 6749 §5.2: who tried by the Authorization header is told of it there.
    const isBasic = status === 401 && /^basic /i.test(request.headers['authorization'] ?? '')
    const challenge = isBasic ? { 'WWW-Authenticate': 'Basic realm="token endpoint"' } : {}
    return {
      status,
      headers: { ...tokenHeaders(requestId), ...refusal.headers, ...challenge },
      body: errorBody(refusal, place),
    }
  }

  return {
    name: 'entra',
    bodyLimitBytes: (_head, standardBytes) => Math.min(standardBytes, LARGEST_FORM_BYTES),

    async answer(request: WireRequest): Promise<Answer> {
      try {
        return await perform(request)
      } catch (thrown) {
        return errorAnswer(request, thrown)
      }
    },

    refuse(request: WireRequest, refusal: ListenerRefusal): Answer {
      return errorAnswer(request, listenerRefusal(refusal))
    },
  }
}

/** Style and scripts of the pages. */
function assetAt({ method, path, requestId }: WireRequest): Answer | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  if (!path.startsWith(`${ASSETS}/`)) return undefined
  const asset = PAGE_ASSETS.get(path.slice(ASSETS.length + 1))
  if (asset === undefined) return undefined
  const headers = {
    'Content-Type': asset.type,
    'Cache-Control': `max-age=${ASSETS_AGE_SECONDS}`,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'x-ms-request-id': requestId,
  }
  return { status: 200, headers, body: asset.text }
}

function listenerRefusal(refusal: ListenerRefusal): EntraRefusal {
  switch (refusal.reason) {
    case 'BodyTooLarge':
      return new EntraRefusal('BodyTooLarge', String(refusal.limitBytes))
    case 'BodyIncomplete':
      return new EntraRefusal('BodyIncomplete')
    case 'Overloaded':
      return new EntraRefusal('Unavailable', '', { 'Retry-After': '1' })
  }
}
