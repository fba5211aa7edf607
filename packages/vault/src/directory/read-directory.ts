import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import { isGuid } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation, type OperationContext } from '../operation.ts'
import { pageOf, pageSize, type Page, type PageInput } from '../page.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import {
  entryOfId,
  findEntry,
  objectOfEntry,
  type DirectoryEntry,
  type DirectoryPlace,
} from './directory-entry.ts'
import { directoryNamePrefix, indexedName, type DirectoryCollection } from './directory-index.ts'
import { lastSegment, relatedIds, type DirectoryRelation } from './related-ids.ts'

/** Most items of a page. */
const MAXIMUM_ITEMS = 999
const MAXIMUM_IDS = 1000
const PAGE_KEYS = 200

export interface GetDirectoryEntryInput {
  readonly place: DirectoryPlace
}

/** Everybody may read itself. */
async function isOfCaller(
  { unit, caller }: Pick<OperationContext, 'unit' | 'caller'>,
  { place }: GetDirectoryEntryInput,
): Promise<boolean> {
  if (place.by === 'id') return place.id.toLowerCase() === caller.principal.toLowerCase()
  const found = await findEntry(unit, caller.tenant, place)
  return found !== undefined && objectOfEntry(found).id === caller.principal.toLowerCase()
}

/** An object of the directory, by its id or by a name that is unique. */
export const getDirectoryEntry = operation<GetDirectoryEntryInput, DirectoryEntry>({
  name: 'DirectoryObjectGet',
  permission: 'directory/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: ({ place }) => `directoryObjects${place.by === 'id' ? `/${place.id}` : ''}`,
  orElse: { permission: 'self/read', allows: isOfCaller },

  async run({ unit, caller }, { place }) {
    if (place.by === 'id') demandGuid('id', place.id)
    if (place.by === 'appId') demandGuid('appId', place.appId)
    const found = await findEntry(unit, caller.tenant, place)
    if (found !== undefined) return found
    throw new Fault('DirectoryObjectNotFound', { type: typeOf(place), id: nameOf(place) })
  },
})

export interface ListDirectoryInput extends PageInput {
  readonly collection: DirectoryCollection
  /** The one alone that is named so. */
  readonly place?: DirectoryPlace
  /** Those alone whose name begins so, in any case. */
  readonly nameStartsWith?: string
  /** Which of them there are for the caller. */
  readonly isWanted?: ((entry: DirectoryEntry) => boolean) | undefined
  /** Says on the first page how many there are on all, which reads all of them. */
  readonly isCounted?: boolean
}

export interface DirectoryPage extends Page<DirectoryEntry> {
  readonly total?: number
}

/** A page of a collection, in the order of display names. */
export const listDirectory = operation<ListDirectoryInput, DirectoryPage>({
  name: 'DirectoryObjectList',
  permission: 'directory/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: ({ collection }) => collection,

  // Whoever may read itself may look itself up.
  orElse: {
    permission: 'self/read',
    allows: async (context, { place }) =>
      place !== undefined && (await isOfCaller(context, { place })),
  },

  async run({ unit, caller }, { collection, place, isWanted, isCounted = false, ...range }) {
    const size = pageSize(range, MAXIMUM_ITEMS)
    if (place !== undefined) {
      const found = await findEntry(unit, caller.tenant, place)
      const isHere = found?.collection === collection && isWanted?.(found) !== false
      return { items: isHere ? [found] : [], ...(isCounted ? { total: isHere ? 1 : 0 } : {}) }
    }
    const items: DirectoryEntry[] = []
    const counts = isCounted && range.after === undefined
    let total = 0
    for await (const id of idsInOrder(unit, caller.tenant, collection, range)) {
      const entry = await entryOfId(unit, caller.tenant, id, [collection])
      if (entry === undefined || isWanted?.(entry) === false) continue
      total += 1
      if (items.length <= size) items.push(entry)
      else if (!counts) break
    }
    return { ...pageOf(items, size, markerOf), ...(counts ? { total } : {}) }
  },
})

export interface ListRelatedInput extends PageInput {
  /** Object id. */
  readonly of: string
  /** An object of another collection is not found. */
  readonly collection?: DirectoryCollection
  readonly relation: DirectoryRelation
  readonly isWanted?: ((entry: DirectoryEntry) => boolean) | undefined
}

/** A page of what is related to an object, in the order of ids. */
export const listRelated = operation<ListRelatedInput, Page<DirectoryEntry>>({
  name: 'DirectoryRelationList',
  permission: 'directory/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: ({ of, relation }) => `directoryObjects/${of}/${relation}`,
  orElse: {
    permission: 'self/read',
    allows: async ({ caller }, { of }) => of.toLowerCase() === caller.principal.toLowerCase(),
  },

  async run({ unit, caller }, { of, collection, relation, isWanted, ...page }) {
    const { tenant } = caller
    demandGuid('id', of)
    const size = pageSize(page, MAXIMUM_ITEMS)
    let { after } = page
    if (after !== undefined && !isGuid(after)) throw badMarker()
    if ((await entryOfId(unit, tenant, of, collection && [collection])) === undefined) {
      throw new Fault('DirectoryObjectNotFound', { type: 'principal', id: of })
    }
    const items: DirectoryEntry[] = []
    for (;;) {
      const ids = await relatedIds(unit, tenant, of, relation, { after, limit: size + 1 })
      for (const id of ids) {
        const entry = await entryOfId(unit, tenant, id)
        if (entry !== undefined && isWanted?.(entry) !== false) items.push(entry)
      }
      after = ids.at(-1)
      if (items.length > size || ids.length <= size) break
    }
    return pageOf(items, size, (entry) => objectOfEntry(entry).id)
  },
})

export interface GetDirectoryEntriesInput {
  /** At most 1000. */
  readonly ids: readonly string[]
  readonly collections?: readonly DirectoryCollection[]
}

/** Those of many objects that there are. */
export const getDirectoryEntries = operation<GetDirectoryEntriesInput, readonly DirectoryEntry[]>({
  name: 'DirectoryObjectGetMany',
  permission: 'directory/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: () => 'directoryObjects',

  async run({ unit, caller }, { ids, collections }) {
    if (ids.length > MAXIMUM_IDS) throw invalidInput('ids', `there may be ${MAXIMUM_IDS} at most`)
    for (const id of ids) demandGuid('ids', id)
    const found: DirectoryEntry[] = []
    for (const id of new Set(ids.map((one) => one.toLowerCase()))) {
      const entry = await entryOfId(unit, caller.tenant, id, collections)
      if (entry !== undefined) found.push(entry)
    }
    return found
  },
})

async function* idsInOrder(
  unit: UnitOfWork,
  tenant: string,
  collection: DirectoryCollection,
  { nameStartsWith = '', after: marker }: Pick<ListDirectoryInput, 'nameStartsWith' | 'after'>,
): AsyncGenerator<string> {
  const beginning = indexedName(nameStartsWith)
  const prefix = directoryNamePrefix(tenant, collection)
  if (marker !== undefined && !/^[0-9a-f]+\/[0-9a-f-]{36}$/.test(marker)) throw badMarker()
  // A slash sorts before every digit, so the beginning alone stands before all names that have it.
  const start = marker ?? beginning
  for (let after = (start === '' ? undefined : `${prefix}${start}`) as RecordKey | undefined; ;) {
    const limit = PAGE_KEYS
    const keys = await unit.keys(prefix, after === undefined ? { limit } : { after, limit })
    for (const key of keys) {
      if (!key.startsWith(`${prefix}${beginning}`)) return
      yield lastSegment(key)
    }
    after = keys.at(-1)
    if (keys.length < limit) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function markerOf(entry: DirectoryEntry): string {
  const { id, displayName } = objectOfEntry(entry)
  return `${indexedName(displayName)}/${id.toLowerCase()}`
}

function badMarker(): Fault<'InvalidInput'> {
  return invalidInput('after', 'take it from the page before as it was given')
}

function typeOf(place: DirectoryPlace): 'application' | 'principal' {
  return 'collection' in place && place.collection === 'applications' ? 'application' : 'principal'
}

function nameOf(place: DirectoryPlace): string {
  switch (place.by) {
    case 'id':
      return place.id
    case 'appId':
      return place.appId
    case 'identifierUri':
      return place.uri
    case 'userPrincipalName':
      return place.userPrincipalName
  }
}
