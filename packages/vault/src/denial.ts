import type { Call } from './access/caller.ts'
import type { Decision } from './access/decide.ts'
import { PERMISSIONS, type PermissionName } from './access/permissions.ts'
import { Fault } from './fault.ts'
import type { VaultRecord } from './vaults/vault-record.ts'

/** What is known of a call so far, for its audit entry and for a denial. */
export interface DecisionTrace {
  scope: string
  vault: VaultRecord | undefined
  decision: Decision | undefined
}

/** Says which permission was missing where, as the doors render it. */
export function denial(
  name: PermissionName,
  { caller, request }: Call,
  { scope, vault, decision }: DecisionTrace,
): Fault<'AccessDenied'> {
  const permission = PERMISSIONS[name]
  const policy = 'policy' in permission ? `${permission.policy.class} ${permission.policy.name}` : ''
  return new Fault('AccessDenied', {
    model: decision === undefined || decision.allowed ? 'rbac' : decision.model,
    ...(decision?.allowed === false && decision.explicit === true ? { explicit: true } : {}),
    action: permission.action,
    permission: policy,
    resource: scope.toLowerCase(),
    vault: vault?.name ?? '',
    location: vault?.location ?? '',
    clientAddress: request.clientAddress,
    caller: {
      principal: caller.principal,
      tenant: caller.tenant,
      groups: caller.claimedGroups.length,
      ...(caller.appId === undefined ? {} : { appId: caller.appId }),
    },
  })
}
