import { demandGuid } from '../demand-guid.ts'
import { operation } from '../operation.ts'
import type { Page } from '../page.ts'
import type { AccessView } from './access-cache.ts'
import {
  assignmentRanges,
  badMarker,
  markerOf,
  placeOfMarker,
  type AssignmentRanges,
} from './assignment-ranges.ts'
import { scopeCovers } from './decide.ts'
import { demandScopeForm } from './demand-scope.ts'
import type { RoleAssignment } from './role.ts'

/** Most assignments of one page, and most that are looked at for it. */
const PAGE = { items: 500, records: 2000 } as const

export interface SelectRoleAssignmentsInput {
  readonly scope: string
  /** Those at the scope and above it alone, which are those that hold there. */
  readonly isAtScope?: boolean
  /** Those of this principal alone. */
  readonly principal?: string
  /** Those that this principal has, through its groups as well. */
  readonly assignedTo?: string
  /** The `next` of the page before. */
  readonly after?: string
}

/**
 * Role assignments at a scope, above it and below. A page looks at so many records and no more, so
 * it may have few items, or none, and still be followed by another.
 */
export const selectRoleAssignments = operation<
  SelectRoleAssignmentsInput,
  Page<RoleAssignment>
>({
  name: 'RoleAssignmentList',
  permission: 'roleAssignments/read',
  writes: false,
  target: ({ scope }) => ({ scope }),

  async run({ unit, caller, view }, input) {
    const { scope, isAtScope = false, principal, assignedTo, after } = input
    const { tenant } = caller
    demandScopeForm(scope)
    if (principal !== undefined) demandGuid('principalId', principal)
    const own = principal === undefined ? undefined : [principal]
    const holders = assignedTo === undefined ? own : await holdersOf(view, tenant, assignedTo)
    const isMeant = (one: RoleAssignment): boolean =>
      scopeCovers(one.scope, scope) || (!isAtScope && scopeCovers(scope, one.scope))
    const ranges = assignmentRanges({ unit, tenant, scope, isAtScope, holders })
    return await readPage(ranges, after, isMeant)
  },
})

/** A principal and the groups it is in; a group can be in itself. @throws Fault InvalidInput */
async function holdersOf(
  view: AccessView,
  tenant: string,
  principal: string,
): Promise<readonly string[]> {
  demandGuid('assignedTo', principal)
  const own = principal.toLowerCase()
  const { groups } = await view.principalAccess(tenant, own, [])
  return [...new Set([own, ...groups])]
}

/** @throws Fault InvalidInput */
async function readPage(
  { prefixes, keyOf, read }: AssignmentRanges,
  marker: string | undefined,
  isMeant: (one: RoleAssignment) => boolean,
): Promise<Page<RoleAssignment>> {
  let after = marker === undefined ? undefined : keyOf(placeOfMarker(marker))
  const first = after === undefined ? 0 : prefixes.findIndex((one) => after?.startsWith(one))
  if (first === -1) throw badMarker()
  const items: RoleAssignment[] = []
  let looked = 0
  for (const prefix of prefixes.slice(first)) {
    for (;;) {
      const limit = Math.min(PAGE.items - items.length, PAGE.records - looked)
      const found = await read(prefix, after === undefined ? { limit } : { after, limit })
      for (const { assignment } of found) {
        if (assignment !== undefined && isMeant(assignment)) items.push(assignment)
      }
      looked += found.length
      const last = found.at(-1)?.place
      if (last === undefined || found.length < limit) break
      if (looked === PAGE.records || items.length === PAGE.items) {
        return { items, next: markerOf(last) }
      }
      after = keyOf(last)
    }
    after = undefined
  }
  return { items }
}
