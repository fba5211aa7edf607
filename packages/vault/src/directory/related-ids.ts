import type { UnitOfWork } from '../unit-of-work.ts'
import type { RecordKey } from '../store/record-key.ts'
import { ownedPrefix, ownerPrefix } from './owner.ts'
import { memberOfPrefix, memberPrefix } from './principal.ts'

/** How objects of a directory can belong together. */
export type DirectoryRelation =
  'members' | 'transitiveMembers' | 'memberOf' | 'transitiveMemberOf' | 'owners' | 'ownedObjects'

type PrefixOf = (tenant: string, id: string) => RecordKey

interface Row {
  readonly prefix: PrefixOf
  readonly isTransitive?: true
}

const RELATIONS = {
  members: { prefix: memberPrefix },
  transitiveMembers: { prefix: memberPrefix, isTransitive: true },
  memberOf: { prefix: memberOfPrefix },
  transitiveMemberOf: { prefix: memberOfPrefix, isTransitive: true },
  owners: { prefix: ownerPrefix },
  ownedObjects: { prefix: ownedPrefix },
} as const satisfies Record<DirectoryRelation, Row>

/** Groups in groups in groups: so many are followed, cycles end by themselves. */
const MAXIMUM_TRANSITIVE = 10_000
const PAGE_RECORDS = 500
/** Between so many, everybody else has a turn. */
const TURN = 200

/**
 * Ids of what is related to an object, in their order: a page's worth, or, where a relation is
 * followed further, all of them.
 */
export async function relatedIds(
  unit: UnitOfWork,
  tenant: string,
  of: string,
  relation: DirectoryRelation,
  page: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly string[]> {
  const { prefix, isTransitive }: Row = RELATIONS[relation]
  const { after, limit } = page
  if (isTransitive !== true) {
    const place = prefix(tenant, of)
    const start = after === undefined ? {} : { after: `${place}${after}` as RecordKey }
    return (await unit.keys(place, { ...start, limit })).map(lastSegment)
  }
  const all = [...(await followed(unit, tenant, of, prefix))].toSorted()
  return (after === undefined ? all : all.filter((id) => id > after)).slice(0, limit)
}

async function followed(
  unit: UnitOfWork,
  tenant: string,
  of: string,
  prefix: PrefixOf,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const waiting = [of.toLowerCase()]
  let seen = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    seen += 1
    if (seen % TURN === 0) await new Promise((resolve) => setImmediate(resolve))
    for await (const id of idsUnder(unit, prefix(tenant, next))) {
      if (found.has(id) || found.size >= MAXIMUM_TRANSITIVE) continue
      found.add(id)
      waiting.push(id)
    }
  }
  // Two groups that hold each other are each a member of themselves; nobody asks for that.
  found.delete(of.toLowerCase())
  return found
}

/** The ids at the ends of all keys under a place, in their order. */
export async function* idsUnder(unit: UnitOfWork, place: RecordKey): AsyncGenerator<string> {
  for (let after: RecordKey | undefined; ;) {
    const limit = PAGE_RECORDS
    const keys = await unit.keys(place, after === undefined ? { limit } : { after, limit })
    for (const key of keys) yield lastSegment(key)
    after = keys.at(-1)
    if (keys.length < limit) return
  }
}

/** The id at the end of a key. */
export function lastSegment(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}
