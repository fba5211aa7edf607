import { isGuid } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { demandScopeForm } from './demand-scope.ts'
import type { RoleAssignment } from './role.ts'
import {
  assignmentAtKey,
  assignmentsAtPrefix,
  assignmentsBelowPrefix,
  placeOfKey,
  roleAssignmentKey,
  roleAssignmentPrefix,
  type AssignmentPlace,
} from './role-record.ts'
import { scopeAncestors } from './scope-ancestors.ts'

/** One that was come across; without the assignment when it is gone meanwhile. */
export interface FoundAssignment {
  readonly place: AssignmentPlace
  readonly assignment: RoleAssignment | undefined
}

/** Where assignments are looked for: what stands under these prefixes, one after the other. */
export interface AssignmentRanges {
  readonly prefixes: readonly RecordKey[]
  readonly keyOf: (place: AssignmentPlace) => RecordKey
  readonly read: (
    prefix: RecordKey,
    page: { readonly after?: RecordKey; readonly limit: number },
  ) => Promise<readonly FoundAssignment[]>
}

export interface RangesInput {
  readonly unit: UnitOfWork
  readonly tenant: string
  readonly scope: string
  /** Nothing below the scope. */
  readonly isAtScope: boolean
  /** Those alone that one of these has. */
  readonly holders?: readonly string[] | undefined
}

/**
 * The shortest way to the assignments at a scope, above it and below. That of holders leads past all
 * that they have when it goes below, so what it comes to may lie elsewhere.
 */
export function assignmentRanges(input: RangesInput): AssignmentRanges {
  const { tenant, scope, isAtScope, holders } = input
  const above = scopeAncestors(scope)
  if (holders !== undefined && !isAtScope) return rangesOfHolders(input, holders)
  if (holders !== undefined) {
    const prefixes = above.flatMap((one) =>
      holders.map((holder) => assignmentsAtPrefix(tenant, one, holder)),
    )
    return rangesAt(input, prefixes)
  }
  const prefixes = above.map((one) => assignmentsAtPrefix(tenant, one))
  if (!isAtScope) prefixes.splice(-1, 1, assignmentsBelowPrefix(tenant, scope))
  return rangesAt(input, prefixes)
}

function rangesAt(
  { unit, tenant }: RangesInput,
  prefixes: readonly RecordKey[],
): AssignmentRanges {
  return {
    prefixes,
    keyOf: (place) => assignmentAtKey(tenant, place),
    read: async (prefix, page) => {
      const places = (await unit.keys(prefix, page)).map(placeOfKey)
      const found = await unit.getMany<RoleAssignment>(
        places.map(({ principal, id }) => roleAssignmentKey(tenant, principal, id)),
      )
      return places.map((place, index) => ({ place, assignment: found[index]?.meta }))
    },
  }
}

function rangesOfHolders(
  { unit, tenant }: RangesInput,
  holders: readonly string[],
): AssignmentRanges {
  return {
    prefixes: holders.map((holder) => roleAssignmentPrefix(tenant, holder)),
    keyOf: ({ principal, id }) => roleAssignmentKey(tenant, principal, id),
    read: async (prefix, page) => {
      const found = await unit.list<RoleAssignment>(prefix, page)
      return found.map(({ content }) => ({ place: content.meta, assignment: content.meta }))
    },
  }
}

/** Says to whoever asks for the next page where the last one ended. */
export function markerOf({ principal, roleDefinition, id, scope }: AssignmentPlace): string {
  return [principal, roleDefinition, id, scope.toLowerCase()].join(':')
}

/** @throws Fault InvalidInput for a marker that this server has not made. */
export function placeOfMarker(marker: string): AssignmentPlace {
  const [principal = '', roleDefinition = '', id = '', scope = '', ...more] = marker.split(':')
  if (![principal, roleDefinition, id].every(isGuid) || more.length > 0) throw badMarker()
  demandScopeForm(scope)
  return { principal, roleDefinition, id, scope }
}

export function badMarker(): Error {
  return invalidInput('after', 'take it from the page before as it was given')
}
