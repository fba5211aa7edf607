import type {
  DirectoryCollection,
  DirectoryEntry,
  DirectoryPage,
  DirectoryRelation,
  ListRelatedInput,
} from '@claviger/vault'
import { azure } from '@claviger/wire'
import { parseFilter } from './filter-expression.ts'
import { demandFilterable, lookupOf, matches } from './filter-match.ts'
import { badRequest, unsupportedQuery } from './graph-refusal.ts'
import { renderObject, renderTyped, type GraphObject } from './render-object.ts'
import type { GraphReply, GraphRequest } from './route.ts'
import { selectOf, type Select } from './select.ts'

const STANDARD_PAGE = 100
const LARGEST_PAGE = 999
/** Those that would change what a list holds, or its order. */
const UNSERVED = ['$orderby', '$search', '$skip', '$apply', '$expand'] as const

/** A page of a collection, as `$filter`, `$top`, `$count`, `$select` and `$skiptoken` say. */
export async function listCollection(
  request: GraphRequest,
  collection: DirectoryCollection,
): Promise<GraphReply> {
  const { vault, call, query, settings, tenant } = request
  demandServed(query)
  const filter = query.get('$filter')
  const expression = filter === null ? undefined : parseFilter(filter)
  if (expression !== undefined) demandFilterable(expression, collection)
  const show = (entry: DirectoryEntry): GraphObject => renderObject(entry, settings, tenant.id)
  const select = selectOf(query)
  const page = await vault.directory.list(call, {
    collection,
    ...pageOf(query),
    ...(expression === undefined ? {} : lookupOf(expression, collection)),
    isWanted: expression && ((entry) => matches(expression, show(entry))),
    isCounted: query.get('$count') === 'true',
  })
  return answer(request, collection, page, (entry) => select(show(entry)), select)
}

/** A page of what is related to an object; objects of all kinds, each with its type. */
export async function listRelation(
  request: GraphRequest,
  place: Pick<ListRelatedInput, 'of' | 'collection'>,
  relation: DirectoryRelation,
): Promise<GraphReply> {
  const { vault, call, query, settings, tenant } = request
  demandServed(query)
  if (query.get('$count') === 'true' || query.has('$filter')) {
    throw unsupportedQuery('$filter and $count are served for whole collections alone.')
  }
  const select = selectOf(query)
  const page = await vault.directory.listRelated(call, { ...place, relation, ...pageOf(query) })
  const show = (entry: DirectoryEntry): GraphObject =>
    select(renderTyped(entry, settings, tenant.id))
  return answer(request, 'directoryObjects', page, show, select)
}

function answer(
  { base, path, query }: GraphRequest,
  set: string,
  { items, next, total }: DirectoryPage,
  show: (entry: DirectoryEntry) => GraphObject,
  { context }: Select,
): GraphReply {
  const more = new URLSearchParams(query)
  if (next !== undefined) more.set('$skiptoken', azure.encodeSkipToken(next))
  return {
    status: 200,
    body: {
      '@odata.context': `${base}/$metadata#${set}${context}`,
      ...(total === undefined ? {} : { '@odata.count': total }),
      ...(next === undefined ? {} : { '@odata.nextLink': `${base}${path}?${more.toString()}` }),
      value: items.map(show),
    },
  }
}

function pageOf(query: URLSearchParams): {
  readonly maximumResults: number
  readonly after?: string
} {
  const top = query.get('$top')
  const size = top === null ? STANDARD_PAGE : /^\d{1,4}$/.test(top) ? Number(top) : 0
  if (size < 1 || size > LARGEST_PAGE) {
    throw badRequest(
      `Invalid page size specified: $top must be a number from 1 to ${LARGEST_PAGE}.`,
    )
  }
  const token = query.get('$skiptoken')
  if (token === null) return { maximumResults: size }
  const after = azure.decodeSkipToken(token)
  if (after === undefined) throw badRequest('The $skiptoken is not one that this server has given.')
  return { maximumResults: size, after }
}

function demandServed(query: URLSearchParams): void {
  const unserved = UNSERVED.find((name) => query.has(name))
  if (unserved !== undefined) throw unsupportedQuery(`The query option ${unserved} is not served.`)
}
