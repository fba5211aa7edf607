import { RouteTable } from '../../rest/route-table.ts'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import type { ArmRoute } from './route.ts'

/** Namespaces whose resources stand on others: the last of them in a path begins the route. */
const ON_SCOPES = /\/providers\/(?:microsoft\.authorization|microsoft\.insights|claviger\.authorization)(?=\/)/gi

/** A provider as such, or its registration, whatever versions its own resources have. */
const PROVIDER = /^(?:\/subscriptions\/[^/]+)?\/providers\/[^/]+(?:\/(?:un)?register)?\/?$/i

export interface ArmMatch {
  readonly route: ArmRoute
  readonly params: Readonly<Record<string, string>>
  readonly scope: string
}

/** What a path is about, as far as its words tell. */
export interface ResourceType {
  /** Of the last `/providers/` of the path; `Microsoft.Resources` where there is none. */
  readonly namespace: string
  readonly type: string
}

/** Finds the route of a request, on a scope or of its own. */
export class ArmRouter {
  readonly #plain: RouteTable<ArmRoute>
  readonly #onScopes: RouteTable<ArmRoute>

  constructor(routes: readonly ArmRoute[]) {
    this.#plain = new RouteTable(routes.filter(({ onScope }) => onScope !== true))
    this.#onScopes = new RouteTable(routes.filter(({ onScope }) => onScope === true))
  }

  /** @throws ArmRefusal 404 for a path that leads nowhere, 405 for a method that it has not. */
  find(method: string, path: string): ArmMatch {
    const plain = this.#plain.find(method, path)
    if (plain !== undefined) return { ...plain, scope: '' }
    const { scope, rest } = splitScope(path)
    const found = rest === undefined ? undefined : this.#onScopes.find(method, rest)
    if (found !== undefined) return { ...found, scope }
    const allowed = [
      ...this.#plain.methodsOf(path),
      ...(rest === undefined ? [] : this.#onScopes.methodsOf(rest)),
    ]
    throw allowed.length > 0 ? notAllowed(method, allowed) : notFound(typeOfPath(path))
  }
}

function splitScope(path: string): { readonly scope: string; readonly rest: string | undefined } {
  const start = [...path.matchAll(ON_SCOPES)].at(-1)?.index
  if (start === undefined) return { scope: '', rest: undefined }
  // Clients put a slash before an id that begins with one.
  const scope = path.slice(0, start).replaceAll(/\/{2,}/g, '/')
  try {
    return { scope: scope === '' ? '/' : decodeURIComponent(scope), rest: path.slice(start) }
  } catch {
    return { scope: '', rest: undefined }
  }
}

/** The namespace and type that a path names, whether there is such a thing or not. */
export function typeOfPath(path: string): ResourceType {
  if (PROVIDER.test(path)) return { namespace: 'Microsoft.Resources', type: 'providers' }
  const [, namespace = 'Microsoft.Resources', type = ''] =
    [...path.matchAll(/\/providers\/([^/]+)(?:\/([^/]+))?/gi)].at(-1) ?? []
  return { namespace, type }
}

function notAllowed(method: string, allowed: readonly string[]): ArmRefusal {
  const message = `The http method '${shorten(method, 16)}' is not supported for this resource.`
  return new ArmRefusal(405, 'HttpMethodNotSupported', message, { Allow: allowed.join(', ') })
}

function notFound({ namespace, type }: ResourceType): ArmRefusal {
  const isKnown = /^(?:microsoft\.(?:keyvault|authorization|resources|insights)|claviger\.authorization)$/i
  if (isKnown.test(namespace)) {
    const named = type === '' ? '' : ` The resource type '${shorten(type, 64)}' may be misspelt.`
    return new ArmRefusal(
      404,
      'InvalidResourceType',
      `There is nothing at this path in the namespace '${namespace}'.${named} Correct the path of the request.`,
    )
  }
  return new ArmRefusal(
    404,
    'InvalidResourceNamespace',
    `The resource namespace '${shorten(namespace, 64)}' is invalid.`,
  )
}
