import { azure } from '@claviger/wire'
import { readObject, referredId, type ObjectBody } from './body.ts'
import { answerEntry, NO_CONTENT, readEntry } from './entity.ts'
import { listCollection } from './listing.ts'
import { guidParam, idOfKey } from './object-key.ts'
import type { GraphRequest, GraphRoute } from './route.ts'

const READ = ['displayName', 'mailEnabled', 'securityEnabled', 'groupTypes'] as const

/** Groups are here for access alone. */
function readGroup(request: GraphRequest): ObjectBody {
  const body = readObject(request, 'groups', READ)
  const { members } = body
  if (members.boolean('mailEnabled') === true)
    throw members.malformed('mailEnabled', 'it must be false')
  if (members.boolean('securityEnabled') === false) {
    throw members.malformed('securityEnabled', 'it must be true')
  }
  if ((members.strings('groupTypes') ?? []).length > 0) {
    throw members.malformed('groupTypes', 'it must be empty; there are security groups alone')
  }
  return body
}

export const GROUP_ROUTES: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: '/groups',
    operations: ['directory/list'],
    answer: (request) => listCollection(request, 'groups'),
  },
  {
    method: 'POST',
    path: '/groups',
    operations: ['principals/create', 'directory/get'],
    successStatus: 201,
    async answer(request) {
      const { vault, call } = request
      const { members, attributes } = readGroup(request)
      const displayName = members.requiredString('displayName')
      const { id } = await vault.principals.create(call, { kind: 'group', displayName, attributes })
      const place = { by: 'id', id } as const
      return answerEntry(request, await vault.directory.get(call, { place }), 201)
    },
  },
  {
    method: 'GET',
    path: '/groups/:id',
    operations: ['directory/get'],
    answer: async (request) => answerEntry(request, await readEntry(request, 'groups')),
  },
  {
    method: 'PATCH',
    path: '/groups/:id',
    operations: ['directory/get', 'principals/update'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const { members, attributes } = readGroup(request)
      const change = azure.omitUndefined({ displayName: members.string('displayName') })
      const principal = await idOfKey(request, 'groups')
      await vault.principals.update(call, {
        principal,
        collection: 'groups',
        attributes,
        ...change,
      })
      return NO_CONTENT
    },
  },
  {
    method: 'DELETE',
    path: '/groups/:id',
    operations: ['directory/get', 'principals/delete'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const principal = await idOfKey(request, 'groups')
      await vault.principals.delete(call, { principal, collection: 'groups' })
      return NO_CONTENT
    },
  },
  {
    method: 'POST',
    path: '/groups/:id/members/$ref',
    operations: ['directory/get', 'groups/addMember'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const member = referredId(request)
      const group = await idOfKey(request, 'groups')
      await vault.groups.addMember(call, { group, member, collection: 'groups' })
      return NO_CONTENT
    },
  },
  {
    method: 'DELETE',
    path: '/groups/:id/members/:member/$ref',
    operations: ['directory/get', 'groups/removeMember'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const member = guidParam(request, 'member')
      const group = await idOfKey(request, 'groups')
      await vault.groups.removeMember(call, { group, member, collection: 'groups' })
      return NO_CONTENT
    },
  },
]
