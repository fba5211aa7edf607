import { grantAllows, roleGrants, type DecisionInput } from './decide.ts'
import type { ScopedGrant } from './role.ts'
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
  const wanted = input.scope.toLowerCase()
  let nearest: ScopedGrant | undefined
  let most = -1
  for (const grant of take(input.assignments)) {
    const common = commonLength(wanted, grant.scope.toLowerCase())
    if (common <= most || !fits(input, grant)) continue
    nearest = grant
    most = common
  }
  return nearest && { nearest, lacks: 'scope' }
}

/** Of how many characters the beginning is that two scopes share. */
function commonLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
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
