import type {
  ExplainedAccess,
  GrantedActions,
  RoleAssignment,
  RoleDefinition,
} from '@claviger/vault'
import { azure } from '@claviger/wire'
import type { ArmRequest } from './route.ts'

const ROLES = 'Microsoft.Authorization/roleDefinitions'
const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments'
const CONDITION_VERSION = '2.0'

type Asked = Pick<ArmRequest, 'scope' | 'tenant'>

/** A role assignment as the wire shows it. */
export function assignmentBody(asked: Asked, assignment: RoleAssignment): object {
  const { id, scope, principal, principalType, roleDefinition, description, condition } = assignment
  const { createdAt, createdBy, updatedAt, updatedBy } = assignment
  return {
    id: `${scope === '/' ? '' : scope}/providers/${ASSIGNMENTS}/${id}`,
    name: id,
    type: ASSIGNMENTS,
    properties: {
      roleDefinitionId: roleId(asked, roleDefinition),
      principalId: principal,
      principalType: principalType ?? null,
      scope,
      condition: condition ?? null,
      conditionVersion: condition === undefined ? null : CONDITION_VERSION,
      createdOn: isoTime(createdAt),
      updatedOn: isoTime(updatedAt ?? createdAt),
      createdBy: createdBy ?? null,
      updatedBy: updatedBy ?? createdBy ?? null,
      delegatedManagedIdentityResourceId: null,
      description: description ?? null,
    },
  }
}

/** A role definition as the wire shows it. */
export function roleBody(asked: Asked, role: RoleDefinition): object {
  const { id, name, description, builtIn, assignableScopes = ['/'] } = role
  const { createdAt, createdBy, updatedAt, updatedBy } = role
  return {
    id: roleId(asked, id),
    name: id,
    type: ROLES,
    properties: {
      roleName: name,
      type: builtIn ? 'BuiltInRole' : 'CustomRole',
      description,
      assignableScopes,
      permissions: [permissionBody(role)],
      ...azure.omitUndefined({
        createdOn: createdAt === undefined ? undefined : isoTime(createdAt),
        updatedOn: createdAt === undefined ? undefined : isoTime(updatedAt ?? createdAt),
        createdBy,
        updatedBy: updatedBy ?? createdBy,
      }),
    },
  }
}

/** What a role grants, as the wire shows it. */
export function permissionBody(granted: GrantedActions): object {
  const { actions, notActions, dataActions, notDataActions, condition } = granted
  const limited = condition === undefined ? {} : { condition, conditionVersion: CONDITION_VERSION }
  return { actions, notActions, dataActions, notDataActions, ...limited }
}

/** An explanation as the wire shows it: ids as the wire writes them. */
export function explanationBody(asked: Asked, explained: ExplainedAccess): object {
  const { principal, assignment, smallestRole, ...rest } = explained
  return {
    principalId: principal,
    ...rest,
    ...(assignment && {
      assignment: {
        id: assignment.id,
        scope: assignment.scope,
        roleDefinitionId: roleId(asked, assignment.roleDefinition),
        roleName: assignment.roleName,
        ...(assignment.through === undefined ? {} : { groupId: assignment.through }),
      },
    }),
    ...(smallestRole && {
      smallestRole: {
        roleDefinitionId: roleId(asked, smallestRole.id),
        roleName: smallestRole.name,
        scope: smallestRole.scope,
      },
    }),
  }
}

/**
 * The id of a role as it is seen from a scope: assignments and definitions of one list name it
 * alike, because clients look one up by the other.
 */
function roleId({ scope, tenant }: Asked, id: string): string {
  const isInSubscription = scope.toLowerCase().startsWith('/subscriptions/')
  const prefix = isInSubscription ? `/subscriptions/${tenant.subscription}` : ''
  return `${prefix}/providers/${ROLES}/${id}`
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
