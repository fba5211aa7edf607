/** One page of a listing. */
export type Page<Item> = Item[] & {
  /** Goes on after this page, also in another process; `undefined` on the last one. */
  readonly continuationToken?: string
}

/** How a listing is cut into pages. */
export interface PageSettings {
  /** Items on a page, at most; the service has its own limit, 25 for Key Vault. */
  readonly maxPageSize?: number
  /** That of an earlier page, to go on after it. */
  readonly continuationToken?: string
}

/** A listing: its items one by one, or by the page. Nothing is asked before the first is wanted. */
export interface PagedAsyncIterableIterator<Item> extends AsyncIterableIterator<Item> {
  /** The items, one by one. */
  [Symbol.asyncIterator](): PagedAsyncIterableIterator<Item>
  /** The pages, each with what it takes to go on after it. */
  byPage(settings?: PageSettings): AsyncIterableIterator<Page<Item>>
}

/** What one request of a listing brings. */
export interface FetchedPage<Item> {
  readonly items: Item[]
  readonly continuationToken?: string | undefined
}

/** A listing over what `fetchPage` brings, which gets the token of the page before it. */
export function paged<Item>(
  fetchPage: (settings: PageSettings) => Promise<FetchedPage<Item>>,
): PagedAsyncIterableIterator<Item> {
  async function* pages(settings: PageSettings = {}): AsyncGenerator<Page<Item>, undefined> {
    let next: PageSettings | undefined = settings
    while (next !== undefined) {
      const { items, continuationToken }: FetchedPage<Item> = await fetchPage(next)
      const page: Page<Item> =
        continuationToken === undefined ? items : Object.assign(items, { continuationToken })
      yield page
      next = continuationToken === undefined ? undefined : { ...settings, continuationToken }
    }
  }
  async function* items(): AsyncGenerator<Item, undefined> {
    for await (const page of pages()) yield* page
  }
  const iterator = items()
  return {
    next: () => iterator.next(),
    return: () => iterator.return(undefined),
    [Symbol.asyncIterator]() {
      return this
    },
    byPage: pages,
  }
}
