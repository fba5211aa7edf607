import { BUILT_IN_ROLES } from '../access/built-in-roles.ts'
import { decide, type Decision } from '../access/decide.ts'
import { Grants } from '../access/grants.ts'
import { PERMISSIONS } from '../access/permissions.ts'

const VAULT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv'
const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'

/** Decisions about a principal with so many role assignments, each at a secret of its own. */
export interface DecisionUnderLoad {
  /** About one of these secrets. */
  readonly allowed: () => Decision
  /** About another one. */
  readonly denied: () => Decision
}

/** Prepares the decisions, as the cache does once for each principal. */
export function decisionUnderLoad(assignments: number): DecisionUnderLoad {
  const grants = Array.from({ length: assignments }, (_, at) => ({
    id: `assignment-${at}`,
    roleDefinition: SECRETS_USER,
    scope: `${VAULT}/secrets/secret-${at}`,
  }))
  const input = {
    principal: '11111111-1111-1111-1111-111111111111',
    groups: [],
    clientAddress: '192.0.2.7',
    permission: PERMISSIONS['secrets/get'],
    policies: 'rbac',
    assignments: new Grants(grants),
    roles: (id: string) => BUILT_IN_ROLES.get(id),
  } as const
  const own = { ...input, scope: `${VAULT}/secrets/secret-${Math.floor(assignments / 2)}` }
  const other = { ...input, scope: `${VAULT}/secrets/other` }
  return {
    allowed: () => decide(own),
    denied: () => decide(other),
  }
}
