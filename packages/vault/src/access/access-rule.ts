/**
 * What a role assignment or a role definition broke. `subject` is what is wrong: an action, a
 * scope, an id; `expected` what there should have been.
 */
export interface BrokenAccessRule {
  readonly rule: AccessRule
  readonly subject: string
  readonly expected?: string
  /** What there was instead. */
  readonly given?: string
}

export type AccessRule =
  /** No provider has such an action. */
  | 'actionUnknown'
  /** An assignment keeps its principal, the type of that, role and scope. */
  | 'assignmentFixed'
  /** The condition says what is not enforced here. */
  | 'conditionUnsupported'
  /** Nobody could give roles in the whole tenant any more. */
  | 'lastAdministrator'
  | 'principalUnknown'
  /** The principal is of another type than was said. */
  | 'principalTypeWrong'
  /** A role of the server's own cannot be changed or deleted. */
  | 'roleBuiltIn'
  /** The role cannot be assigned at this scope. */
  | 'roleNotAssignable'
  | 'roleUnknown'
  /** There is nothing at this scope. */
  | 'scopeUnknown'

/** What is wrong, as a sentence. */
export function brokenAccessRuleText({ rule, subject, expected = '' }: BrokenAccessRule): string {
  switch (rule) {
    case 'actionUnknown':
      return `'${subject}' does not match any of the actions supported by the providers.`
    case 'assignmentFixed':
      return `The role assignment ${subject} keeps principal, its type, role and scope; make another one.`
    case 'conditionUnsupported':
      return (
        'The condition is not understood: it may compare role, principal and principal type of ' +
        'the assignment that is given or taken, in version 2.0.'
      )
    case 'lastAdministrator':
      return (
        `The role assignment ${subject} is the last one by which somebody may give roles at /; ` +
        'make another one first.'
      )
    case 'principalUnknown':
      return `There is no principal ${subject} in the directory; correct the id or give its type.`
    case 'principalTypeWrong':
      return `The principal ${subject} is of the type ${expected}.`
    case 'roleBuiltIn':
      return `The role ${subject} is built in and cannot be changed or deleted.`
    case 'roleNotAssignable':
      return `The role ${expected} cannot be assigned at ${subject}; see its assignable scopes.`
    case 'roleUnknown':
      return `There is no role ${subject}; correct the id.`
    case 'scopeUnknown':
      return `There is nothing at the scope ${subject}.`
  }
}
