import type { DirectoryCollection, DirectoryRelation } from '@claviger/vault'
import { referredId } from './body.ts'
import { NO_CONTENT } from './entity.ts'
import { listRelation } from './listing.ts'
import { guidParam, idOfKey } from './object-key.ts'
import type { GraphRoute } from './route.ts'

/** Which lists each kind of object has. */
const LISTS = {
  users: ['memberOf', 'transitiveMemberOf', 'ownedObjects'],
  servicePrincipals: ['memberOf', 'transitiveMemberOf', 'ownedObjects', 'owners'],
  groups: ['members', 'transitiveMembers', 'memberOf', 'transitiveMemberOf', 'owners'],
  applications: ['owners'],
} as const satisfies Record<DirectoryCollection, readonly DirectoryRelation[]>

const lists = Object.entries(LISTS).flatMap(([name, relations]) => {
  // The keys of the table are its type's.
  const collection = name as DirectoryCollection
  return relations.map((relation): GraphRoute => ({
    method: 'GET',
    path: `/${collection}/:id/${relation}`,
    operations: ['directory/get', 'directory/listRelated'],
    answer: async (request) => {
      const of = { of: await idOfKey(request, collection), collection }
      return listRelation(request, of, relation)
    },
  }))
})

const ownerChanges = (['applications', 'servicePrincipals', 'groups'] as const).flatMap(
  (collection): readonly GraphRoute[] => [
    {
      method: 'POST',
      path: `/${collection}/:id/owners/$ref`,
      operations: ['directory/get', 'directory/addOwner'],
      successStatus: 204,
      async answer(request) {
        const { vault, call } = request
        const owner = referredId(request)
        const object = await idOfKey(request, collection)
        await vault.directory.addOwner(call, { object, owner, collection })
        return NO_CONTENT
      },
    },
    {
      method: 'DELETE',
      path: `/${collection}/:id/owners/:owner/$ref`,
      operations: ['directory/get', 'directory/removeOwner'],
      successStatus: 204,
      async answer(request) {
        const { vault, call } = request
        const owner = guidParam(request, 'owner')
        const object = await idOfKey(request, collection)
        await vault.directory.removeOwner(call, { object, owner, collection })
        return NO_CONTENT
      },
    },
  ],
)

/** Lists of what belongs together, and who looks after what. */
export const RELATION_ROUTES: readonly GraphRoute[] = [...lists, ...ownerChanges]
