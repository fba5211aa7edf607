import { azure } from '@claviger/wire'
import FindMyWay from 'find-my-way'
import type { AzureMethod, AzureRoute, UnservedRoute } from './route.ts'
import { shorten } from '../../rest/shorten.ts'
import { WireRefusal } from './wire-refusal.ts'

type Handler = FindMyWay.Handler<FindMyWay.HTTPVersion.V1>

const METHODS: readonly AzureMethod[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']
const LONGEST_SEGMENT = 1024
/** Nothing in it to decode, to cut or to refuse: nearly every path. */
const PLAIN_PATH = /^\/(?!\/)[\w./~-]{0,1000}$/

/** A route, and what it has found in the path. */
export interface RouteMatch {
  readonly route: AzureRoute | UnservedRoute
  /** Percent-decoded; `undefined` where the route has no name. */
  readonly name: string | undefined
  /** `undefined` where there is none or an empty one. */
  readonly version: string | undefined
}

/**
 * Finds the route of a request. Path words match in any case; a trailing slash and an empty version
 * segment, or none, say "latest"; slashes before the first word are ignored, because a vault URL
 * that ends in one gives `//secrets`.
 */
export class AzureRouter {
  readonly #router = FindMyWay({
    caseSensitive: false,
    ignoreTrailingSlash: true,
    maxParamLength: LONGEST_SEGMENT,
  })
  readonly #routes = new Map<Handler, AzureRoute | UnservedRoute>()

  constructor(routes: readonly (AzureRoute | UnservedRoute)[]) {
    const named = new Set(routes.map(({ method, path }) => `${method} ${path}`))
    for (const route of routes) {
      const { method, path } = route
      // The router only gives the function back; nothing ever calls it.
      const handler: Handler = () => undefined
      this.#routes.set(handler, route)
      this.#router.on(method, path, handler)
      // The SDK for Go leaves the segment out where other SDKs leave it empty.
      const latest = path.replace('/:version/', '/')
      if (!named.has(`${method} ${latest}`)) this.#router.on(method, latest, handler)
    }
  }

  /**
   * @throws WireRefusal 400 for a path that cannot be read, 404 for one that leads nowhere, 405 for
   *   a method that it does not have.
   */
  find(method: string, path: string, version: azure.ApiVersion): RouteMatch {
    const wanted = readPath(path)
    const found = this.#match(method, wanted)
    if (found === undefined) throw this.#noRoute(method, wanted)
    // Recorded of the service for POST /certificates//create.
    if (found.name === '' && method === 'POST') throw notAllowed(method, [])
    if (azure.isApiVersionAtLeast(version, found.route.since)) return found
    throw notFound(`This operation needs api-version ${found.route.since} or later.`)
  }

  #noRoute(method: string, path: string): WireRefusal {
    const allowed = METHODS.filter((other) => this.#match(other, path) !== undefined)
    return allowed.length > 0
      ? notAllowed(method, allowed)
      : notFound('There is nothing at this path. Correct the path of the request URI.')
  }

  #match(method: string, path: string): RouteMatch | undefined {
    const known = METHODS.find((one) => one === method)
    const found = known === undefined ? null : this.#router.find(known, path)
    const route = found === null ? undefined : this.#routes.get(found.handler)
    if (found === null || route === undefined) return undefined
    const { name, version = '' } = found.params
    return { route, name, version: version === '' ? undefined : version }
  }
}

/**
 * The path as the router takes it. Names, versions and words are ASCII, so anything else is a wrong
 * name; the router would compare it in lower case, where some characters become others.
 */
function readPath(path: string): string {
  if (PLAIN_PATH.test(path)) return path
  const segments = decode(path).split('/')
  const wrong = segments.find((one) => one.length > LONGEST_SEGMENT || !/^[\x20-\x7e]*$/.test(one))
  if (wrong === undefined) return path.replace(/^\/+/, '/')
  const shown = shorten(wrong, LONGEST_SEGMENT)
  throw new WireRefusal(400, 'BadParameter', `The request URI contains an invalid name: ${shown}`)
}

/** A `#` or `?` belongs to no path; the router would cut it there and find another object. */
function decode(path: string): string {
  const decoded = /^\/[^#?]*$/.test(path) ? decodeOrNothing(path) : undefined
  if (decoded !== undefined) return decoded
  throw new WireRefusal(
    400,
    'BadParameter',
    'The path of the request URI cannot be read. ' +
      'It must begin with a slash and have other characters escaped as %XX of their UTF-8 octets.',
  )
}

function decodeOrNothing(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

function notAllowed(method: string, allowed: readonly string[]): WireRefusal {
  const message = `HTTP ${shorten(method, 16)} not allowed`
  return new WireRefusal(405, 'MethodNotAllowed', message, { Allow: allowed.join(', ') })
}

function notFound(message: string): WireRefusal {
  return new WireRefusal(404, 'ResourceNotFound', message)
}
