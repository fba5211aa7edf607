import type { Principal } from '../directory/principal.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { AccessView } from './access-cache.ts'
import type { AssignmentFacts } from './assignment-condition.ts'
import type { Caller } from './caller.ts'
import type { DecisionInput } from './decide.ts'
import type { Permission } from './permissions.ts'

/** Who a decision is about, and from where. */
export type Asker = Pick<
  Caller,
  'appId' | 'claimedGroups' | 'hasMoreGroups' | 'principal' | 'tenant'
> &
  Pick<DecisionInput, 'clientAddress'>

/** On what a decision is made. */
export interface Place {
  readonly scope: string
  readonly vault?: VaultRecord | undefined
  /** As the target of an operation names it, such as `keys/name`. */
  readonly object?: string | undefined
  readonly assignment?: AssignmentFacts | 'none' | undefined
}

/** All that a decision depends on, as of a view. */
export async function decisionInput(
  view: AccessView,
  { tenant, principal, appId, claimedGroups, hasMoreGroups = false, clientAddress }: Asker,
  permission: Permission,
  { scope, vault, object, assignment }: Place,
): Promise<{ readonly input: DecisionInput; readonly principal: Principal | undefined }> {
  const access = await view.principalAccess(tenant, principal, claimedGroups)
  const input: DecisionInput = {
    principal,
    ...(appId === undefined ? {} : { appId }),
    groups: access.groups,
    hasMoreGroups: hasMoreGroups || access.hasMoreGroups,
    clientAddress,
    permission,
    scope,
    firewall: vault,
    policies: vault?.authorization === 'accessPolicies' ? vault.accessPolicies : 'rbac',
    assignments: access.assignments,
    roles: (id) => access.roles.get(id),
    assignment,
    objectPolicy: vault && (await view.objectPolicy(vault, object)),
  }
  return { input, principal: access.principal }
}
