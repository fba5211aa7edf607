import type { AccessPolicy } from './access-policy.ts'
import { actionMatches } from './action-matches.ts'
import { AssignmentCondition, type AssignmentFacts } from './assignment-condition.ts'
import type { DenialMiss } from './denial-miss.ts'
import type { Grants } from './grants.ts'
import { inNetworks } from './network.ts'
import { decidingStatement, type ObjectPolicy } from './object-policy.ts'
import type { Permission } from './permissions.ts'
import type { RoleDefinition, ScopedGrant } from './role.ts'
import { firewallRefusal, type Firewall } from '../vaults/vault-firewall.ts'

/** All that a decision depends on; nothing else is looked at, so it can be repeated. */
export interface DecisionInput {
  readonly principal: string
  readonly appId?: string
  /** All groups of the principal, nested ones included. */
  readonly groups: readonly string[]
  /** There may be others: what denies something to any group then denies it to the principal. */
  readonly hasMoreGroups?: boolean
  /** From where the request came; what is no IP address lies in no network. */
  readonly clientAddress: string
  readonly permission: Permission
  /** The resource id of what the operation acts on. */
  readonly scope: string
  /** The model of the vault concerned; role-based where no vault is. */
  readonly policies: readonly AccessPolicy[] | 'rbac'
  /** What the vault concerned says about addresses; holds for data actions alone. */
  readonly firewall?: Firewall | undefined
  /** Role assignments of the principal and of its groups, and what its access point grants. */
  readonly assignments: Grants
  readonly roles: (id: string) => RoleDefinition | undefined
  /** Takes conditions as true: what they look at is not known yet. For a first look alone. */
  readonly conditionsHold?: true
  /** What conditions look at; `none` holds any, absent where it is no matter of assignments. */
  readonly assignment?: AssignmentFacts | 'none' | undefined
  /** That of the key or secret that is acted on; absent for most. */
  readonly objectPolicy?: ObjectPolicy | undefined
}

/** What denies: one of the two models, or the vault's rules about addresses before either. */
export type DenyingModel = 'rbac' | 'policy' | 'noPolicy' | 'firewall' | 'publicAccess'

export type Decision =
  | { readonly allowed: true; readonly model: 'rbac' | 'policy'; readonly decidedBy: string }
  | {
      readonly allowed: false
      readonly model: DenyingModel
      /** The policy of the object denies it, whatever else may be granted. */
      readonly explicit?: true
      /** Tells what role assignments lacked, for who wants to know. */
      readonly miss?: () => DenialMiss
    }

/**
 * Decides whether a principal may do something: the one place that does, and it does no I/O.
 * Data actions need an address that the vault lets in, and are decided by the vault's own model
 * (role assignments or access policies), control actions by role assignments. The policy of an
 * object grants data actions on it as well, and what it denies nothing grants. Nothing that is not granted is allowed.
 */
export function decide(input: DecisionInput): Decision {
  const { objectPolicy, permission, firewall, clientAddress } = input
  const isWalled = permission.plane === 'data' && firewall !== undefined
  const refusal = isWalled ? firewallRefusal(firewall, clientAddress) : undefined
  if (refusal !== undefined) return { allowed: false, model: refusal }
  const decision = decideByVault(input)
  const isGoverned = permission.plane === 'data' && permission.ofObjectPolicy !== true
  if (objectPolicy === undefined || !isGoverned) return decision
  const statement = decidingStatement(objectPolicy, { ...input, action: permission.action })
  if (statement?.effect === 'deny') return { allowed: false, model: 'rbac', explicit: true }
  if (statement === undefined || decision.allowed) return decision
  return { allowed: true, model: 'policy', decidedBy: `objectPolicy/${statement.id}` }
}

function decideByVault(input: DecisionInput): Decision {
  if (input.permission.plane === 'data' && input.policies !== 'rbac') {
    return decideByPolicy(input, input.policies)
  }
  const grant = decidingGrant(input)
  return grant === undefined
    ? { allowed: false, model: 'rbac' }
    : { allowed: true, model: 'rbac', decidedBy: grant.id }
}

/** The grant that allows what is asked, where roles decide; that of the widest scope. */
export function decidingGrant(input: DecisionInput): ScopedGrant | undefined {
  for (const grant of input.assignments.covering(input.scope)) {
    if (grantAllows(grant, input)) return grant
  }
  return undefined
}

function decideByPolicy(input: DecisionInput, policies: readonly AccessPolicy[]): Decision {
  const wanted = input.permission.policy
  let found = false
  for (const policy of policies) {
    if (!policyConcerns(policy, input)) continue
    found = true
    if (wanted === undefined) continue
    const granted = policy.permissions[wanted.class] ?? []
    const names = ['all', wanted.name, wanted.orName].map((name) => name?.toLowerCase())
    if (granted.some((one) => names.includes(one.toLowerCase()))) {
      return { allowed: true, model: 'policy', decidedBy: `accessPolicy/${policy.principal}` }
    }
  }
  return { allowed: false, model: found ? 'policy' : 'noPolicy' }
}

/** An entry with an application id is for tokens of that application and that principal alone. */
function policyConcerns(policy: AccessPolicy, input: DecisionInput): boolean {
  if (policy.appId !== undefined) {
    return policy.appId === input.appId && policy.principal === input.principal
  }
  return policy.principal === input.principal || input.groups.includes(policy.principal)
}

/**
 * Tells whether a grant that covers the scope allows what is asked. The conditions come last: an
 * address is parsed only for what it would let pass.
 */
export function grantAllows(grant: ScopedGrant, input: DecisionInput): boolean {
  const { permission, clientAddress, assignment } = input
  const role = input.roles(grant.roleDefinition)
  if (role === undefined || !roleGrants(role, permission)) return false
  const holds = (condition: AssignmentCondition): boolean =>
    input.conditionsHold === true ||
    assignment === 'none' ||
    condition.holds(permission.action, assignment)
  if (grant.condition !== undefined && !holds(grant.condition)) return false
  if (role.condition !== undefined) {
    const condition = conditionOf(role.condition)
    if (condition === undefined || !holds(condition)) return false
  }
  return grant.networks === undefined || inNetworks(grant.networks, clientAddress)
}

/** Those of roles are few: the built-in ones'. */
const conditions = new Map<string, AssignmentCondition | undefined>()

function conditionOf(text: string): AssignmentCondition | undefined {
  if (!conditions.has(text)) conditions.set(text, AssignmentCondition.parse(text))
  return conditions.get(text)
}

/** Tells whether a role grants a permission: named by it and not taken away again. */
export function roleGrants(
  role: RoleDefinition,
  permission: Pick<Permission, 'action' | 'plane'>,
): boolean {
  const data = permission.plane === 'data'
  const granted = data ? role.dataActions : role.actions
  const withheld = data ? role.notDataActions : role.notActions
  return (
    granted.some((pattern) => actionMatches(pattern, permission.action)) &&
    !withheld.some((pattern) => actionMatches(pattern, permission.action))
  )
}

/** Tells whether `scope` is `outer` or lies below it; resource ids are compared without case. */
export function scopeCovers(outer: string, scope: string): boolean {
  if (outer === '/') return true
  const wide = outer.toLowerCase()
  const narrow = scope.toLowerCase()
  return narrow === wide || narrow.startsWith(`${wide}/`)
}
