/** One page of a list; `nextLink` is absolute, and null (not absent) on the last page. */
export interface ListResult<Item> {
  readonly value: readonly Item[]
  readonly nextLink: string | null
}
