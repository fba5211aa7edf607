import { RouteTable, type RouteMatch } from '../../rest/route-table.ts'
import { shorten } from '../../rest/shorten.ts'
import { GraphRefusal } from './graph-refusal.ts'
import type { GraphRoute } from './route.ts'

/** A route, with the version under which the client knows it. */
export interface GraphMatch extends RouteMatch<GraphRoute> {
  readonly version: string
  /** The path behind the version, as the client wrote it. */
  readonly path: string
}

/** Finds the route of a request; a key may stand in brackets, `users('x')`, or as a segment. */
export class GraphRouter {
  readonly #table: RouteTable<GraphRoute>

  constructor(routes: readonly GraphRoute[]) {
    this.#table = new RouteTable(routes)
  }

  /** @throws GraphRefusal 400 for a path that leads nowhere, 405 for a method that it has not. */
  find(method: string, whole: string): GraphMatch {
    const [, version, path] = /^\/+(v1\.0|beta)(\/[^#?]*)$/i.exec(whole) ?? []
    if (version === undefined || path === undefined) {
      throw new GraphRefusal(
        400,
        'BadRequest',
        'The path must begin with a version of the service: /v1.0 or /beta.',
      )
    }
    const segments = path.split('/').map(withoutBrackets).join('/')
    const found = this.#table.find(method, segments)
    if (found !== undefined) {
      return {
        route: found.route,
        params: readParams(found.params),
        version: version.toLowerCase(),
        path,
      }
    }
    const allowed = this.#table.methodsOf(segments)
    throw allowed.length > 0 ? notAllowed(allowed) : notFound(path)
  }
}

/** Before the octets of a key that is not ASCII, which the table does not take; in hexadecimal. */
const OCTETS = '~octets~'

/** `users('x')` as `users/x`, and `applications(appId='x')` as `applications/(appId='x')`. */
function withoutBrackets(segment: string): string {
  let decoded: string
  try {
    decoded = decodeURIComponent(segment)
  } catch {
    return segment
  }
  const [, name, key] = /^([a-z]+)\((.+)\)$/is.exec(decoded) ?? []
  if (name === undefined || key === undefined) return asciiOf(decoded) ?? segment
  const [, quoted] = /^'(.*)'$/s.exec(key) ?? []
  const meant = quoted === undefined ? `(${key})` : quoted.replaceAll("''", "'")
  return `${name}/${asciiOf(meant) ?? encodeURIComponent(meant)}`
}

/** @returns `undefined` for what is ASCII as it is. */
function asciiOf(text: string): string | undefined {
  if (/^[\x20-\x7e]*$/.test(text)) return undefined
  return `${OCTETS}${Buffer.from(text, 'utf8').toString('hex')}`
}

function readParams(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(params).map(([name, value]) => [name, textOf(value)] as const)
  return Object.fromEntries(entries)
}

function textOf(value: string): string {
  if (!value.startsWith(OCTETS)) return value
  return Buffer.from(value.slice(OCTETS.length), 'hex').toString('utf8')
}

function notAllowed(allowed: readonly string[]): GraphRefusal {
  const message = 'Specified HTTP method is not allowed for the request target.'
  return new GraphRefusal(405, 'Request_BadRequest', message, { Allow: allowed.join(', ') })
}

function notFound(path: string): GraphRefusal {
  const last = path.split('/').findLast((segment) => segment !== '') ?? ''
  const message = `Resource not found for the segment '${shorten(last, 64)}'.`
  return new GraphRefusal(400, 'BadRequest', message)
}
