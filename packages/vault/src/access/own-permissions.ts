import { operation } from '../operation.ts'
import { demandScopeForm } from './demand-scope.ts'
import type { RoleDefinition } from './role.ts'

/** What a role grants, and under which condition. */
export type GrantedActions = Pick<
  RoleDefinition,
  'actions' | 'condition' | 'dataActions' | 'notActions' | 'notDataActions'
>

/** What the caller's roles grant it at a scope, each role once. */
export const listOwnPermissions = operation<
  { readonly scope: string },
  readonly GrantedActions[]
>({
  name: 'PermissionList',
  permission: 'self/read',
  writes: false,
  target: ({ scope }) => ({ scope }),

  async run({ caller, view }, { scope }) {
    demandScopeForm(scope)
    const { tenant, principal, claimedGroups } = caller
    const { assignments, roles } = await view.principalAccess(tenant, principal, claimedGroups)
    const held = new Set<string>()
    for (const { roleDefinition } of assignments.covering(scope)) held.add(roleDefinition)
    return [...held].flatMap((id) => roles.get(id) ?? [])
  },
})
