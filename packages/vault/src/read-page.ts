import type { Fault } from './fault.ts'
import { invalidInput } from './invalid-input.ts'
import { isObjectName, isVersion } from './object-name.ts'
import { pageOf, type Page, type PageInput } from './page.ts'
import type { RecordKey } from './store/record-key.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Where the records of a list stand, and what it shows of them. */
export interface ListPlace<Meta, Item> {
  readonly prefix: RecordKey
  /** The record that a marker names. @throws Fault InvalidInput */
  readonly keyOf: (marker: string) => RecordKey
  readonly itemOf: (meta: Meta) => Item
  readonly markerOf: (item: Item) => string
}

/**
 * Reads one page of a list.
 * @param size from `pageSize`.
 * @throws Fault InvalidInput when the page begins after a marker that is none.
 */
export async function readPage<Meta, Item>(
  unit: UnitOfWork,
  { after: marker }: PageInput,
  size: number,
  { prefix, keyOf, itemOf, markerOf }: ListPlace<Meta, Item>,
): Promise<Page<Item>> {
  const after = marker === undefined ? {} : { after: keyOf(marker) }
  const found = await unit.list<Meta>(prefix, { ...after, limit: size + 1 })
  return pageOf(found.map(({ content }) => itemOf(content.meta)), size, markerOf)
}

// A marker that this server has not made is refused before it becomes part of a key.

/** @throws Fault InvalidInput */
export function nameInMarker(marker: string): string {
  if (!isObjectName(marker)) throw badMarker()
  return marker
}

/** @throws Fault InvalidInput */
export function versionInMarker(marker: string): string {
  if (!isVersion(marker)) throw badMarker()
  return marker.toLowerCase()
}

function badMarker(): Fault<'InvalidInput'> {
  return invalidInput('after', 'take it from the page before as it was given')
}
