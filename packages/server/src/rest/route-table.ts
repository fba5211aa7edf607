import FindMyWay from 'find-my-way'

export type RestMethod = 'DELETE' | 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT'

/** What the table needs of a route. */
export interface RestRoute {
  readonly method: RestMethod
  /** In the words of the router, such as `/subscriptions/:subscription`. */
  readonly path: string
}

export interface RouteMatch<Route> {
  readonly route: Route
  /** Percent-decoded, by the names in the route's path. */
  readonly params: Readonly<Record<string, string>>
}

type Handler = FindMyWay.Handler<FindMyWay.HTTPVersion.V1>

const METHODS: readonly RestMethod[] = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT']
const LONGEST_SEGMENT = 1024

/** Finds the route of a path; words match in any case, and a slash at the end counts for nothing. */
export class RouteTable<Route extends RestRoute> {
  readonly #router = FindMyWay({
    caseSensitive: false,
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    maxParamLength: LONGEST_SEGMENT,
  })
  readonly #routes = new Map<Handler, Route>()

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      // The router only gives the function back; nothing ever calls it.
      const handler: Handler = () => undefined
      this.#routes.set(handler, route)
      this.#router.on(route.method, route.path, handler)
    }
  }

  /** @returns `undefined` for a path that leads nowhere or cannot be read. */
  find(method: string, path: string): RouteMatch<Route> | undefined {
    const known = METHODS.find((one) => one === method)
    if (known === undefined || !isReadable(path)) return undefined
    const found = this.#router.find(known, path)
    const route = found === null ? undefined : this.#routes.get(found.handler)
    if (found === null || route === undefined) return undefined
    const params: Record<string, string> = {}
    for (const [name, value] of Object.entries(found.params)) params[name] = value ?? ''
    return { route, params }
  }

  /** The methods that a path has; none for one that leads nowhere. */
  methodsOf(path: string): readonly RestMethod[] {
    return METHODS.filter((method) => this.find(method, path) !== undefined)
  }
}

/** The router would cut a path at `#` and `?`, and compares what is not ASCII in lower case. */
function isReadable(path: string): boolean {
  if (!/^\/[^#?]*$/.test(path)) return false
  try {
    return decodeURIComponent(path)
      .split('/')
      .every((segment) => segment.length <= LONGEST_SEGMENT && /^[\x20-\x7e]*$/.test(segment))
  } catch {
    return false
  }
}
