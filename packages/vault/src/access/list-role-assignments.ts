import { demandGuid } from '../demand-guid.ts'
import { isGuid } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { Page } from '../page.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { scopeCovers } from './decide.ts'
import { demandScopeForm } from './demand-scope.ts'
import type { RoleAssignment } from './role.ts'
import { roleAssignmentKey, roleAssignmentPrefix } from './role-record.ts'

/** Role assignments of the tenant, or of one principal. */
export const listRoleAssignments = operation<
  { readonly principal?: string },
  readonly RoleAssignment[]
>({
  name: 'RoleAssignmentList',
  permission: 'roleAssignments/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit, caller }, { principal }) {
    if (principal !== undefined) demandGuid('principalId', principal)
    const found = await unit.listAll<RoleAssignment>(roleAssignmentPrefix(caller.tenant, principal))
    return found.map((one) => one.content.meta)
  },
})

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

  async run({ unit, caller, view }, { scope, isAtScope, principal, assignedTo, after }) {
    const { tenant } = caller
    demandScopeForm(scope)
    const isMeant = (one: RoleAssignment): boolean =>
      scopeCovers(one.scope, scope) || (isAtScope !== true && scopeCovers(scope, one.scope))
    if (assignedTo !== undefined) {
      demandGuid('assignedTo', assignedTo)
      const { groups } = await view.principalAccess(tenant, assignedTo.toLowerCase(), [])
      const all = await Promise.all(
        [assignedTo, ...groups].map((holder) =>
          unit.listAll<RoleAssignment>(roleAssignmentPrefix(tenant, holder)),
        ),
      )
      return { items: all.flat().map(({ content }) => content.meta).filter(isMeant) }
    }
    if (principal !== undefined) demandGuid('principalId', principal)
    const marker = after === undefined ? undefined : keyOfMarker(tenant, after)
    return await readPage(unit, roleAssignmentPrefix(tenant, principal), marker, isMeant)
  },
})

async function readPage(
  unit: UnitOfWork,
  prefix: RecordKey,
  after: RecordKey | undefined,
  isMeant: (one: RoleAssignment) => boolean,
): Promise<Page<RoleAssignment>> {
  const items: RoleAssignment[] = []
  let last = after
  for (let looked = 0; looked < PAGE.records && items.length < PAGE.items; ) {
    const limit = Math.min(PAGE.items - items.length, PAGE.records - looked)
    const page = last === undefined ? { limit } : { after: last, limit }
    const found = await unit.list<RoleAssignment>(prefix, page)
    const metas = found.map(({ content }) => content.meta)
    items.push(...metas.filter(isMeant))
    if (found.length < limit) return { items }
    last = found.at(-1)?.key
    looked += found.length
    const end = metas.at(-1)
    if (end !== undefined && (looked >= PAGE.records || items.length >= PAGE.items)) {
      return { items, next: `${end.principal}.${end.id}` }
    }
  }
  return { items }
}

/** @throws Fault InvalidInput */
function keyOfMarker(tenant: string, marker: string): RecordKey {
  const [principal = '', id = '', ...more] = marker.split('.')
  if (isGuid(principal) && isGuid(id) && more.length === 0) {
    return roleAssignmentKey(tenant, principal, id)
  }
  throw invalidInput('after', 'take it from the page before as it was given')
}
