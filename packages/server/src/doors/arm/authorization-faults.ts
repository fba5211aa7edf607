import { brokenAccessRuleText, type AccessRule, type FaultDetail } from '@claviger/vault'
import { plainFaults } from '../../plain-faults.ts'
import type { ArmFaults } from './faults.ts'

type Broken = FaultDetail['AccessRuleBroken']

interface RuleRow {
  readonly status?: number
  readonly code: string
  /** In the service's words; absent, in ours. */
  readonly message?: (broken: Broken) => string
}

const RULES: { readonly [Rule in AccessRule]: RuleRow } = {
  actionUnknown: { code: 'InvalidActionOrNotAction' },
  assignmentFixed: {
    code: 'RoleAssignmentUpdateNotPermitted',
    message: () =>
      'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
  },
  conditionUnsupported: {
    code: 'InvalidRoleAssignmentCondition',
    message: (broken) =>
      `The given role assignment condition is invalid. ${brokenAccessRuleText(broken)}`,
  },
  lastAdministrator: {
    status: 412,
    code: 'CannotDeleteLastRbacAdminAssignment',
    message: () => 'Cannot delete the last RBAC admin assignment.',
  },
  principalUnknown: {
    code: 'PrincipalNotFound',
    message: ({ subject, expected = '' }) =>
      `Principal ${plain(subject)} does not exist in the directory ${expected}. Check that you have ` +
      'the correct principal ID. If you are creating this principal and then immediately assigning a ' +
      'role, this error might be related to a replication delay. In this case, set the role ' +
      'assignment principalType property to a value, such as ServicePrincipal, User, or Group. See ' +
      'https://aka.ms/docs-principaltype',
  },
  principalTypeWrong: {
    code: 'UnmatchedPrincipalType',
    // The service's own spelling.
    message: ({ subject, expected = '', given = '' }) =>
      `The PrincipalId '${plain(subject)}' has type '${expected}' , which is different from ` +
      `specified PrinciaplType '${given}'.`,
  },
  roleBuiltIn: { code: 'BuiltInRoleNotModifiable' },
  roleNotAssignable: {
    code: 'RoleAssignmentScopeNotAssignableToRoleDefinition',
    message: ({ subject, expected = '' }) =>
      `The role assignment scope '${subject}' is not assignable to the role definition ` +
      `'${expected}'. See its assignableScopes.`,
  },
  roleUnknown: { code: 'RoleDefinitionDoesNotExist', message: ({ subject }) => noRole(subject) },
  scopeUnknown: {
    status: 404,
    code: 'ResourceNotFound',
    message: ({ subject }) => `The resource '${subject}' could not be found. Correct the scope.`,
  },
}

/** Faults about role assignments and role definitions. */
export const AUTHORIZATION_FAULTS: ArmFaults = {
  AccessRuleBroken: {
    status: ({ rule }) => RULES[rule].status ?? 400,
    code: ({ rule }) => RULES[rule].code,
    message: (broken) => (RULES[broken.rule].message ?? brokenAccessRuleText)(broken),
  },
  DirectoryObjectNotFound: {
    status: 404,
    code: ({ type }) =>
      type === 'roleAssignment'
        ? 'RoleAssignmentNotFound'
        : type === 'roleDefinition'
          ? 'RoleDefinitionDoesNotExist'
          : 'DirectoryObjectNotFound',
    message: (detail) =>
      detail.type === 'roleAssignment'
        ? `The role assignment '${detail.id}' is not found.`
        : detail.type === 'roleDefinition'
          ? noRole(detail.id)
          : plainFaults.DirectoryObjectNotFound.message(detail),
  },
  DirectoryObjectExists: {
    status: 409,
    code: ({ type }) =>
      type === 'roleAssignment'
        ? 'RoleAssignmentExists'
        : type === 'roleDefinition'
          ? 'RoleDefinitionWithSameNameExists'
          : 'DirectoryObjectExists',
    message: (detail) =>
      detail.type === 'roleAssignment'
        ? 'The role assignment already exists. The ID of the existing role assignment is ' +
          `${plain(detail.id)}.`
        : detail.type === 'roleDefinition'
          ? 'A custom role with the same name already exists in this directory. Use a different name'
          : plainFaults.DirectoryObjectExists.message(detail),
  },
  DirectoryObjectInUse: {
    status: 409,
    code: ({ type }) =>
      type === 'roleDefinition' ? 'RoleDefinitionHasAssignments' : 'DirectoryObjectInUse',
    message: (detail) =>
      detail.type === 'roleDefinition'
        ? 'There are existing role assignments referencing role. Delete them first, such as ' +
          `${plain(detail.usedBy)}.`
        : plainFaults.DirectoryObjectInUse.message(detail),
  },
}

function noRole(id: string): string {
  return `The specified role definition with ID '${plain(id)}' does not exist.`
}

/** As the service writes ids in these messages. */
function plain(id: string): string {
  return id.replaceAll('-', '')
}
