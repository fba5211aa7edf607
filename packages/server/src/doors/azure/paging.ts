import { Fault, type Page, type PageInput } from '@claviger/vault'
import { azure } from '@claviger/wire'
import type { RouteRequest } from './route.ts'

/** What this wire calls the members of `PageInput`, for faults about them. */
export const PAGE_MEMBERS: Readonly<Record<string, string>> = {
  maximumResults: 'maxresults',
  after: '$skiptoken',
} satisfies Record<keyof PageInput, string>

/**
 * Which page of a list is asked for.
 * @throws Fault InvalidInput when `maxresults` is no number or `$skiptoken` none of ours; the
 *   operation holds their limits.
 */
export function pageInput({ query }: Pick<RouteRequest, 'query'>): PageInput {
  const size = query.get('maxresults')
  const token = query.get('$skiptoken')
  return azure.omitUndefined({
    maximumResults: size === undefined ? undefined : pageSize(size),
    after: token === undefined ? undefined : marker(token),
  })
}

/** One page as it is answered; the link stays on the host and port of the request. */
export function listResult<Found, Item>(
  { origin, apiVersion, query }: Pick<RouteRequest, 'origin' | 'apiVersion' | 'query'>,
  path: string,
  page: Page<Found>,
  render: (found: Found) => Item,
): azure.ListResult<Item> {
  const value = page.items.map(render)
  if (page.next === undefined) return { value, nextLink: null }
  const size = query.get('maxresults')
  const pendingToo = query.get('includePending')
  const nextLink =
    `${origin}${path}?api-version=${encodeURIComponent(apiVersion)}` +
    `&$skiptoken=${azure.encodeSkipToken(page.next)}` +
    (size === undefined ? '' : `&maxresults=${encodeURIComponent(size)}`) +
    (pendingToo === undefined ? '' : `&includePending=${encodeURIComponent(pendingToo)}`)
  return { value, nextLink }
}

/** Digits alone: `1e1` or ` 5` would pass as numbers. */
function pageSize(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
}

function marker(token: string): string {
  const found = azure.decodeSkipToken(token)
  if (found !== undefined) return found
  throw new Fault('InvalidInput', {
    property: 'after',
    reason: 'take it from the page before as it was given',
  })
}
