import type { DirectoryEntry } from '@claviger/vault'
import { answerEntry } from './entity.ts'
import { GraphRefusal } from './graph-refusal.ts'
import { listRelation } from './listing.ts'
import { checkMemberGroups, getMemberGroups } from './member-group-routes.ts'
import type { GraphRequest, GraphRoute } from './route.ts'

/** The user that asks. @throws GraphRefusal when it is no user. */
async function readMe({ vault, call }: GraphRequest): Promise<DirectoryEntry> {
  const place = { by: 'id', id: call.caller.principal } as const
  const found = await vault.directory.get(call, { place })
  if (found.collection === 'users') return found
  const message = '/me request is only valid with delegated authentication flow.'
  throw new GraphRefusal(400, 'BadRequest', message)
}

async function placeOfMe(request: GraphRequest): Promise<{ readonly of: string }> {
  await readMe(request)
  return { of: request.call.caller.principal }
}

const lists = (['memberOf', 'transitiveMemberOf', 'ownedObjects'] as const).map(
  (relation): GraphRoute => ({
    method: 'GET',
    path: `/me/${relation}`,
    operations: ['directory/get', 'directory/listRelated'],
    answer: async (request) => listRelation(request, await placeOfMe(request), relation),
  }),
)

/** What a user may always see: itself. */
export const ME_ROUTES: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: '/me',
    operations: ['directory/get'],
    answer: async (request) => answerEntry(request, await readMe(request)),
  },
  ...lists,
  {
    method: 'POST',
    path: '/me/getMemberGroups',
    operations: ['directory/get', 'directory/listRelated'],
    answer: async (request) => getMemberGroups(request, await placeOfMe(request)),
  },
  {
    method: 'POST',
    path: '/me/checkMemberGroups',
    operations: ['directory/get', 'directory/listRelated'],
    answer: async (request) => checkMemberGroups(request, await placeOfMe(request)),
  },
]
