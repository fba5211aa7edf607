import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import { ASSIGNMENT_ROUTES } from './authorization-assignments.ts'
import { explanationBody, permissionBody } from './authorization-body.ts'
import { PROVIDER_OPERATION_ROUTES } from './authorization-provider-operations.ts'
import { ROLE_ROUTES } from './authorization-roles.ts'
import { listReply } from './paging.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'

const AUTHORIZATION = '/providers/Microsoft.Authorization'

async function permissions(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, scope } = request
  const granted = await vault.access.permissions(call, { scope })
  return listReply(request, granted.map(permissionBody), undefined)
}

async function explain(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, scope } = request
  const body = request.body()
  const principal = body.string('principalId')
  const isDataAction = body.boolean('isDataAction')
  const clientAddress = body.string('clientAddress')
  const explained = await vault.access.explain(call, {
    action: body.requiredString('action'),
    scope,
    ...(principal === undefined ? {} : { principal }),
    ...(isDataAction === undefined ? {} : { isDataAction }),
    ...(clientAddress === undefined ? {} : { clientAddress }),
  })
  return { status: 200, body: explanationBody(request, explained) }
}

async function none(): Promise<ArmReply> {
  return { status: 200, body: { value: [] } }
}

async function noDenyAssignment({ params }: ArmRequest): Promise<ArmReply> {
  const name = shorten(params['name'] ?? '', 64)
  const message = `The deny assignment '${name}' is not found. There are none here.`
  throw new ArmRefusal(404, 'DenyAssignmentNotFound', message)
}

/** Who may do what: roles, their assignments, and why somebody may do something or may not. */
export const AUTHORIZATION_ROUTES: readonly ArmRoute[] = [
  ...ASSIGNMENT_ROUTES,
  ...ROLE_ROUTES,
  ...PROVIDER_OPERATION_ROUTES,
  {
    method: 'GET',
    path: `${AUTHORIZATION}/permissions`,
    onScope: true,
    operations: ['access/permissions'],
    answer: permissions,
  },
  // Nobody can make a deny assignment or a classic administrator, in the cloud neither.
  {
    method: 'GET',
    path: `${AUTHORIZATION}/denyAssignments`,
    onScope: true,
    operations: [],
    answer: none,
  },
  {
    method: 'GET',
    path: `${AUTHORIZATION}/denyAssignments/:name`,
    onScope: true,
    operations: [],
    answer: noDenyAssignment,
  },
  {
    method: 'GET',
    path: `${AUTHORIZATION}/classicAdministrators`,
    onScope: true,
    operations: [],
    answer: none,
  },
  {
    method: 'POST',
    path: '/providers/Claviger.Authorization/explainAccess',
    onScope: true,
    operations: ['access/explain'],
    answer: explain,
  },
]
