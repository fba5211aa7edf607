import { decide, scopeCovers, type Decision, type DecisionInput } from './decide.ts'
import { Grants } from './grants.ts'

/**
 * Decides whether a principal may do something anywhere at or below a scope, for lists, which then
 * show that part alone. Each assignment is asked for the place where it begins.
 */
export function decideBelow(input: DecisionInput): Decision {
  for (const assignment of input.assignments) {
    const { scope } = assignment
    if (!scopeCovers(input.scope, scope)) continue
    const decision = decide({ ...input, scope, assignments: new Grants([assignment]) })
    if (decision.allowed) return decision
  }
  return { allowed: false, model: 'rbac' }
}
