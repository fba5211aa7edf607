import { invalidInput } from '../invalid-input.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { directoryNamePrefix } from './directory-index.ts'
import { memberOfPrefix, memberPrefix, type Membership } from './principal.ts'
import { idsUnder } from './related-ids.ts'

/** Most groups of one principal that decisions look at, nested ones included. */
export const MAXIMUM_GROUPS = 1000

/**
 * So much of each relation is read for one membership. What lies further off is let pass: a
 * decision about whoever is in too many groups takes every denial to mean it.
 */
const MOST_READ = 20_000
/** Between so many, everybody else has a turn. */
const TURN = 200

/**
 * Refuses a membership by which the member, or somebody in it, would be in more groups than
 * decisions look at.
 * @throws Fault InvalidInput
 */
export async function demandGroupsWithin(
  unit: UnitOfWork,
  tenant: string,
  { group, member }: Membership,
): Promise<void> {
  const limit = MAXIMUM_GROUPS + 1
  // Where there are no more groups on all nobody can be in more of them.
  if ((await unit.keys(directoryNamePrefix(tenant, 'groups'), { limit })).length < limit) return
  const groups = new Related(unit, (id) => memberOfPrefix(tenant, id))
  const gained = [group, ...(await groups.followed(group))]
  const members = new Related(unit, (id) => memberPrefix(tenant, id))
  for (const one of [member, ...(await members.followed(member))]) {
    const all = new Set([...gained, ...(await groups.followed(one))])
    if (all.size <= MAXIMUM_GROUPS) continue
    const reason =
      `${one} would be in more than ${MAXIMUM_GROUPS} groups with it, nested ones included; ` +
      'take it out of others first'
    throw invalidInput('member', reason)
  }
}

/** Follows one relation of many objects, and reads what is next to each of them once. */
class Related {
  readonly #unit: UnitOfWork
  readonly #prefixOf: (id: string) => RecordKey
  readonly #read = new Map<string, readonly string[]>()
  #steps = 0

  constructor(unit: UnitOfWork, prefixOf: (id: string) => RecordKey) {
    this.#unit = unit
    this.#prefixOf = prefixOf
  }

  /** What can be reached from an object; the object itself where a cycle leads back to it. */
  async followed(from: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    const waiting = [from.toLowerCase()]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const id of await this.#nextTo(at)) {
        if (found.has(id)) continue
        found.add(id)
        waiting.push(id)
      }
    }
    return found
  }

  async #nextTo(id: string): Promise<readonly string[]> {
    const known = this.#read.get(id)
    if (known !== undefined) return known
    const ids: string[] = []
    if (this.#steps >= MOST_READ) return ids
    if (this.#read.size % TURN === 0) await new Promise((resolve) => setImmediate(resolve))
    this.#steps += 1
    for await (const found of idsUnder(this.#unit, this.#prefixOf(id))) {
      ids.push(found)
      this.#steps += 1
      if (this.#steps >= MOST_READ) break
    }
    this.#read.set(id, ids)
    return ids
  }
}
