import { actionMatches } from './action-matches.ts'
import { parseCondition, type ConditionNode } from './parse-condition.ts'

/** What conditions look at: the assignment that is given or taken. */
export interface AssignmentFacts {
  /** `Request` for one that is written, `Resource` for one that stands and is deleted. */
  readonly source: 'Request' | 'Resource'
  readonly roleDefinition: string
  readonly principal: string
  readonly principalType?: string
}

/**
 * A condition of a role or of an assignment, in the service's language (version 2.0), as far as it
 * concerns which roles may be given and taken and to whom. Nothing else is enforced here, so
 * nothing else is accepted.
 */
export class AssignmentCondition {
  readonly #node: ConditionNode

  private constructor(node: ConditionNode) {
    this.#node = node
  }

  /** @returns `undefined` for what is not understood, and so cannot be enforced. */
  static parse(text: string): AssignmentCondition | undefined {
    const node = parseCondition(text)
    return node && new AssignmentCondition(node)
  }

  /**
   * Tells whether it holds. What depends on something that is not known does not, whichever way
   * round it is put.
   */
  holds(action: string, facts: AssignmentFacts | undefined): boolean {
    return evaluate(this.#node, action, facts) === true
  }
}

/** True, false, or unknown (`undefined`), as Kleene has it. */
function evaluate(
  node: ConditionNode,
  action: string,
  facts: AssignmentFacts | undefined,
): boolean | undefined {
  switch (node.kind) {
    case 'action':
      return actionMatches(node.pattern, action)
    case 'not': {
      const inner = evaluate(node.of, action, facts)
      return inner === undefined ? undefined : !inner
    }
    case 'and':
    case 'or': {
      const settles = node.kind === 'or'
      const found = node.of.map((one) => evaluate(one, action, facts))
      if (found.includes(settles)) return settles
      return found.includes(undefined) ? undefined : !settles
    }
    case 'compare': {
      const actual = facts?.source === node.source ? facts[node.attribute] : undefined
      if (actual === undefined) return undefined
      return node.values.includes(actual.toLowerCase()) === node.equal
    }
  }
}
