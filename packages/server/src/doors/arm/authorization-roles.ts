import { isGuid, type CreateRoleInput } from '@claviger/vault'
import type { azure } from '@claviger/wire'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import { roleBody } from './authorization-body.ts'
import { readRoleFilter } from './authorization-filter.ts'
import { listReply } from './paging.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'

const ROLES = '/providers/Microsoft.Authorization/roleDefinitions'
const ROLE = `${ROLES}/:name`
const LONGEST_SHOWN = 128

/** @throws ArmRefusal */
function nameOf({ params }: ArmRequest): string {
  const name = params['name'] ?? ''
  if (isGuid(name)) return name.toLowerCase()
  throw new ArmRefusal(
    400,
    'InvalidRoleDefinitionId',
    `The role definition ID '${shorten(name, LONGEST_SHOWN)}' is not valid. ` +
      'The role definition ID must be a GUID.',
  )
}

/** @throws azure.MalformedMember */
function readRole(properties: azure.JsonMembers): CreateRoleInput {
  const type = properties.string('type')
  if (type !== undefined && type.toLowerCase() !== 'customrole') {
    throw properties.malformed('type', 'it must be CustomRole')
  }
  const [permission, ...more] = properties.objects('permissions') ?? []
  if (permission === undefined || more.length > 0) {
    throw properties.malformed('permissions', 'it must hold one object')
  }
  permission.demandAbsent('condition', 'conditions stand in role assignments')
  const assignableScopes = properties.strings('assignableScopes')
  if (assignableScopes === undefined) {
    throw properties.malformed('assignableScopes', 'it must be given')
  }
  return {
    name: properties.requiredString('roleName'),
    description: properties.string('description') ?? '',
    actions: permission.strings('actions') ?? [],
    notActions: permission.strings('notActions') ?? [],
    dataActions: permission.strings('dataActions') ?? [],
    notDataActions: permission.strings('notDataActions') ?? [],
    assignableScopes,
  }
}

async function put(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const id = nameOf(request)
  const given = readRole(request.body().requiredObject('properties'))
  const { role } = await vault.roles.put(call, { ...given, id })
  // The service answers so whether the role is new or changed.
  return { status: 201, body: roleBody(request, role) }
}

async function get(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, scope } = request
  const role = await vault.roles.get(call, { id: nameOf(request), scope })
  return { status: 200, body: roleBody(request, role) }
}

async function remove(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, scope } = request
  const gone = await vault.roles.delete(call, { id: nameOf(request), scope })
  return gone === undefined ? { status: 204 } : { status: 200, body: roleBody(request, gone) }
}

async function list(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, scope, query } = request
  const filter = readRoleFilter(query.get('$filter'))
  const roles = await vault.roles.list(call, { scope, ...filter })
  return listReply(request, roles.map((role) => roleBody(request, role)), undefined)
}

/** Role definitions, at any scope. */
export const ROLE_ROUTES: readonly ArmRoute[] = [
  {
    method: 'PUT',
    path: ROLE,
    onScope: true,
    operations: ['roles/put'],
    successStatus: 201,
    answer: put,
  },
  { method: 'GET', path: ROLE, onScope: true, operations: ['roles/get'], answer: get },
  {
    method: 'DELETE',
    path: ROLE,
    onScope: true,
    operations: ['roles/delete'],
    outcomeStatus: { absent: 204 },
    answer: remove,
  },
  { method: 'GET', path: ROLES, onScope: true, operations: ['roles/list'], answer: list },
]
