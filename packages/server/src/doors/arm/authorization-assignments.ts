import { isGuid, PRINCIPAL_TYPES, type AssignRoleInput, type PrincipalType } from '@claviger/vault'
import type { azure } from '@claviger/wire'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import { assignmentBody } from './authorization-body.ts'
import { readAssignmentFilter } from './authorization-filter.ts'
import { listReply, pageOf } from './paging.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'

const ASSIGNMENTS = '/providers/Microsoft.Authorization/roleAssignments'
const ASSIGNMENT = `${ASSIGNMENTS}/:name`
const ROLE_ID = /(?:^|\/providers\/Microsoft\.Authorization\/roleDefinitions\/)([^/]+)$/i
const MAXIMUM_PAGE = 500
const LONGEST_SHOWN = 128

/** @throws ArmRefusal */
function nameOf({ params }: ArmRequest): string {
  const name = params['name'] ?? ''
  if (isGuid(name)) return name.toLowerCase()
  throw new ArmRefusal(
    400,
    'InvalidRoleAssignmentId',
    `The role assignment ID '${shorten(name, LONGEST_SHOWN)}' is not valid. ` +
      'The role assignment ID must be a GUID.',
  )
}

/** The id of a role, whatever stands before it. @throws ArmRefusal */
function roleOf(properties: azure.JsonMembers): string {
  const given = properties.string('roleDefinitionId') ?? ''
  const [, id = ''] = ROLE_ID.exec(given) ?? []
  if (isGuid(id)) return id
  throw new ArmRefusal(
    400,
    'InvalidRoleDefinitionId',
    `The role definition ID '${shorten(given, LONGEST_SHOWN)}' is not valid. ` +
      'The role definition ID must be a GUID.',
  )
}

/** @throws ArmRefusal */
function principalOf(properties: azure.JsonMembers): string {
  const id = properties.string('principalId') ?? ''
  if (isGuid(id)) return id
  const message = 'A valid principal ID must be provided for role assignment.'
  throw new ArmRefusal(400, 'InvalidPrincipalId', message)
}

/** @throws ArmRefusal, azure.MalformedMember */
function readAssignment(properties: azure.JsonMembers): Omit<AssignRoleInput, 'id' | 'scope'> {
  const given = properties.string('principalType')
  const principalType = PRINCIPAL_TYPES.find((one) => one.toLowerCase() === given?.toLowerCase())
  if (given !== undefined && principalType === undefined) {
    throw properties.malformed('principalType', `it must be one of ${PRINCIPAL_TYPES.join(', ')}`)
  }
  const description = properties.string('description')
  const condition = properties.string('condition')
  const version = properties.string('conditionVersion')
  if (condition !== undefined && version !== '2.0') {
    throw new ArmRefusal(
      400,
      'InvalidRoleAssignmentCondition',
      'The given role assignment condition is invalid. Set conditionVersion to "2.0".',
    )
  }
  return {
    roleDefinition: roleOf(properties),
    principal: principalOf(properties),
    ...typeOf(principalType),
    ...(description === undefined ? {} : { description }),
    ...(condition === undefined ? {} : { condition }),
  }
}

/** Whose type is not said must be in the directory; else one of another issuer may be meant. */
function typeOf(
  principalType: PrincipalType | undefined,
): Pick<AssignRoleInput, 'mustBeKnown' | 'principalType'> {
  return principalType === undefined ? { mustBeKnown: true } : { principalType }
}

async function put(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, scope } = request
  const id = nameOf(request)
  const given = readAssignment(request.body().requiredObject('properties'))
  const made = await vault.roleAssignments.create(call, { ...given, id, scope })
  const status = made.updatedAt === undefined ? 201 : 200
  return { status, body: assignmentBody(request, made) }
}

async function get(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, scope } = request
  const found = await vault.roleAssignments.get(call, { id: nameOf(request), scope })
  return { status: 200, body: assignmentBody(request, found) }
}

async function remove(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, scope } = request
  const ref = { id: nameOf(request), scope, mayBeAbsent: true } as const
  const gone = await vault.roleAssignments.delete(call, ref)
  return gone === undefined ? { status: 204 } : { status: 200, body: assignmentBody(request, gone) }
}

async function list(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, scope, query } = request
  const filter = readAssignmentFilter(query.get('$filter'))
  const { after } = pageOf(request, MAXIMUM_PAGE)
  const page = { scope, ...filter, ...(after === undefined ? {} : { after }) }
  const { items, next } = await vault.roleAssignments.select(call, page)
  return listReply(request, items.map((one) => assignmentBody(request, one)), next)
}

/** Role assignments, at any scope. */
export const ASSIGNMENT_ROUTES: readonly ArmRoute[] = [
  {
    method: 'PUT',
    path: ASSIGNMENT,
    onScope: true,
    operations: ['roleAssignments/create'],
    outcomeStatus: { made: 201 },
    answer: put,
  },
  {
    method: 'GET',
    path: ASSIGNMENT,
    onScope: true,
    operations: ['roleAssignments/get'],
    answer: get,
  },
  {
    method: 'DELETE',
    path: ASSIGNMENT,
    onScope: true,
    operations: ['roleAssignments/delete'],
    outcomeStatus: { absent: 204 },
    answer: remove,
  },
  {
    method: 'GET',
    path: ASSIGNMENTS,
    onScope: true,
    operations: ['roleAssignments/select'],
    answer: list,
  },
]
