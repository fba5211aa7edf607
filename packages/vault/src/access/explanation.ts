import { BUILT_IN_ROLES } from './built-in-roles.ts'
import { decide, decidingGrant, type DecisionInput } from './decide.ts'
import { denialMiss, type DenialMiss } from './denial-miss.ts'
import type { FoundState } from './object-state.ts'
import type { ScopedGrant } from './role.ts'

/** What decided whether somebody may do something. */
export type Decider =
  | 'accessPolicy'
  | 'everybody'
  | 'networkRule'
  | 'nothing'
  | 'objectPolicy'
  | 'objectState'
  | 'principalState'
  | 'roleAssignment'
  | 'vaultState'

/** A role assignment as an explanation shows it. */
export interface ExplainedAssignment {
  readonly id: string
  readonly roleDefinition: string
  readonly roleName: string
  readonly scope: string
  /** The group through which it is held. */
  readonly through?: string
}

/** Why somebody may do something, or may not. */
export interface Explanation {
  readonly allowed: boolean
  readonly decidedBy: Decider
  /** One sentence. */
  readonly reason: string
  /** The assignment that allows it, or on a denial the one that came closest. */
  readonly assignment?: ExplainedAssignment
  /** What the closest one lacks. */
  readonly lacks?: DenialMiss['lacks']
  /** How many assignments cover the scope, on a denial by these. */
  readonly considered?: number
  /** The access policy, or the statement of an object's policy, that decided. */
  readonly policy?: string
  /** The permission of access policies that would allow it, such as `secrets get`. */
  readonly missingPermission?: string
  readonly objectState?: FoundState['state']
  /** The smallest built-in role that would allow it, and the narrowest scope at which it would. */
  readonly smallestRole?: { readonly id: string; readonly name: string; readonly scope: string }
}

/** Explains a decision, which is made by `decide` alone. */
export function explainDecision(input: DecisionInput): Explanation {
  const decision = decide(input)
  if (!decision.allowed) return explainDenial(input, decision)
  const { decidedBy } = decision
  if (decision.model === 'policy') {
    const isOfObject = decidedBy.startsWith('objectPolicy/')
    return {
      allowed: true,
      decidedBy: isOfObject ? 'objectPolicy' : 'accessPolicy',
      reason: `The ${isOfObject ? "object's policy" : "vault's access policy"} allows it.`,
      policy: decidedBy,
    }
  }
  const grant = decidingGrant(input)
  const shown = grant === undefined ? {} : { assignment: assignmentOf(input, grant) }
  const reason = 'A role assignment allows it.'
  return { allowed: true, decidedBy: 'roleAssignment', reason, ...shown }
}

const DENIED = "The object's policy denies it, whatever else is granted."
const MAYBE_DENIED =
  "The object's policy denies it to somebody, and the principal is in more groups than are " +
  'looked at, perhaps in one that is meant; take it out of some.'

function explainDenial(
  input: DecisionInput,
  { model, explicit }: ReturnType<typeof decide> & { readonly allowed: false },
): Explanation {
  const { policy } = input.permission
  switch (model) {
    case 'firewall':
    case 'publicAccess':
      return denied('networkRule', `The vault lets no request in from ${input.clientAddress}.`)
    case 'policy':
    case 'noPolicy': {
      const reason =
        model === 'policy'
          ? 'The access policies of the principal lack the permission.'
          : 'No access policy of the vault names the principal or one of its groups.'
      const missing = policy && { missingPermission: `${policy.class} ${policy.name}` }
      return { ...denied('accessPolicy', reason), ...missing }
    }
    case 'rbac':
      return explicit === true
        ? denied('objectPolicy', input.hasMoreGroups === true ? MAYBE_DENIED : DENIED)
        : ofRoles(input)
  }
}

function ofRoles(input: DecisionInput): Explanation {
  const { considered, nearest, lacks, role } = denialMiss(input)
  const smallest = role === undefined ? undefined : BUILT_IN_ROLES.get(role)
  return {
    ...denied('nothing', 'No role assignment at this scope or above it allows it.'),
    considered,
    ...(nearest === undefined ? {} : { assignment: assignmentOf(input, nearest) }),
    ...(lacks === undefined ? {} : { lacks }),
    ...(smallest && {
      smallestRole: { id: smallest.id, name: smallest.name, scope: input.scope },
    }),
  }
}

/** A denial without more to say. */
export function denied(decidedBy: Decider, reason: string): Explanation {
  return { allowed: false, decidedBy, reason }
}

function assignmentOf({ roles }: DecisionInput, grant: ScopedGrant): ExplainedAssignment {
  const { id, roleDefinition, scope, through } = grant
  const roleName = roles(roleDefinition)?.name ?? ''
  return { id, roleDefinition, roleName, scope, ...(through === undefined ? {} : { through }) }
}
