import { grantAllows, roleGrants, type DecisionInput } from './decide.ts'
import type { ScopedGrant } from './role.ts'
import { scopeAncestors } from './scope-ancestors.ts'
import { smallestRole } from './smallest-role.ts'

/** What was missing when roles denied something. */
export interface DenialMiss {
  /** How many grants cover the scope. */
  readonly considered: number
  /** The grant that came closest: of a fitting role first, then of the nearest scope. */
  readonly nearest?: ScopedGrant
  /** What the nearest one lacks. */
  readonly lacks?: 'action' | 'condition' | 'scope'
  /** The id of the smallest built-in role that would do. */
  readonly role?: string
}

/** Most grants that are looked at, so that a denial costs no more than a decision. */
const MAXIMUM_LOOKED_AT = 64

/** Says what was missing; of decisions that role assignments made. */
export function denialMiss(input: DecisionInput): DenialMiss {
  const covering = take(input.assignments.covering(input.scope))
  const smallest = smallestRole(input.permission)
  const nearest = withFittingRole(input, covering) ?? elsewhere(input) ?? lacking(covering.at(-1))
  return {
    considered: covering.length,
    ...nearest,
    ...(smallest === undefined ? {} : { role: smallest.id }),
  }
}

type Nearest = Pick<DenialMiss, 'lacks' | 'nearest'>

/** Its scope and its role would do, and its condition or its networks do not let it. */
function withFittingRole(
  input: DecisionInput,
  covering: readonly ScopedGrant[],
): Nearest | undefined {
  const nearest = covering.find((grant) => fits(input, grant) && !grantAllows(grant, input))
  return nearest && { nearest, lacks: 'condition' }
}

/** Its role would do, at another scope: the one that has most in common with what was asked. */
function elsewhere(input: DecisionInput): Nearest | undefined {
  const wanted = new Set(scopeAncestors(input.scope))
  let nearest: ScopedGrant | undefined
  let most = -1
  for (const grant of take(input.assignments)) {
    if (!fits(input, grant)) continue
    const common = scopeAncestors(grant.scope).filter((scope) => wanted.has(scope)).length
    if (common <= most) continue
    nearest = grant
    most = common
  }
  return nearest && { nearest, lacks: 'scope' }
}

function lacking(nearest: ScopedGrant | undefined): Nearest | undefined {
  return nearest && { nearest, lacks: 'action' }
}

function fits({ roles, permission }: DecisionInput, { roleDefinition }: ScopedGrant): boolean {
  const role = roles(roleDefinition)
  return role !== undefined && roleGrants(role, permission)
}

function take(grants: Iterable<ScopedGrant>): readonly ScopedGrant[] {
  const taken: ScopedGrant[] = []
  for (const grant of grants) {
    if (taken.length === MAXIMUM_LOOKED_AT) break
    taken.push(grant)
  }
  return taken
}
