import { invalidInput } from './invalid-input.ts'

/** Most items of one page, and how many there are when the caller does not say. */
export const MAXIMUM_PAGE = 25

/** Which part of a list is wanted. */
export interface PageInput {
  /** 1 to 25. */
  readonly maximumResults?: number
  /** The `next` of the page before. */
  readonly after?: string
}

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page starts; absent on the last one. */
  readonly next?: string
}

/**
 * Checks the size that was asked for.
 * @param maximum of lists that another wire has, which asks for more at a time.
 * @throws Fault InvalidInput
 */
export function pageSize(
  { maximumResults = MAXIMUM_PAGE }: PageInput,
  maximum = MAXIMUM_PAGE,
): number {
  if (!Number.isInteger(maximumResults) || maximumResults < 1 || maximumResults > maximum) {
    throw invalidInput('maximumResults', `it must be a whole number from 1 to ${maximum}`)
  }
  return maximumResults
}

/** Cuts what was read with one more than the page holds. */
export function pageOf<Item>(
  found: readonly Item[],
  size: number,
  markerOf: (item: Item) => string,
): Page<Item> {
  const items = found.slice(0, size)
  const last = items.at(-1)
  return found.length > size && last !== undefined ? { items, next: markerOf(last) } : { items }
}
