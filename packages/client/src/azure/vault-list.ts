import { paged, type PagedAsyncIterableIterator } from '../core/paging.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import type { VaultConnection, VaultRequest } from './vault-connection.ts'

interface ListResult {
  readonly value?: readonly unknown[] | null
  readonly nextLink?: string | null
}

/**
 * A listing of a vault: its own link to the next page is the continuation token. `itemOf` takes the
 * item that the wire has there.
 */
export function vaultList<Item>(
  connection: VaultConnection,
  path: string,
  itemOf: (item: never) => Item,
  call: OperationOptions = {},
  query: VaultRequest['query'] = {},
): PagedAsyncIterableIterator<Item> {
  return paged(async ({ continuationToken, maxPageSize }) => {
    const request: VaultRequest =
      continuationToken === undefined
        ? { method: 'GET', path, query: { ...query, maxresults: maxPageSize } }
        : { method: 'GET', path: continuationToken }
    return connection.ask(request, call, ({ value, nextLink }: ListResult) => ({
      items: (value ?? []).map((item) => itemOf(item as never)),
      continuationToken: nextLink || undefined,
    }))
  })
}
