import type { DirectoryCollection, ListRelatedInput } from '@claviger/vault'
import { isGuid } from '@claviger/vault'
import { readMembers } from './body.ts'
import { guidParam, idOfKey } from './object-key.ts'
import type { GraphReply, GraphRequest, GraphRoute } from './route.ts'

const MOST_GROUPS = 20
const PAGE = 999

/** Whose groups are asked for. */
type Holder = Pick<ListRelatedInput, 'of' | 'collection'>

/** Ids of all groups of a principal, nested ones included. */
async function groupsOf({ vault, call }: GraphRequest, place: Holder): Promise<readonly string[]> {
  const ids: string[] = []
  for (let after: string | undefined; ;) {
    const page = await vault.directory.listRelated(call, {
      ...place,
      relation: 'transitiveMemberOf',
      maximumResults: PAGE,
      ...(after === undefined ? {} : { after }),
    })
    for (const entry of page.items) if ('principal' in entry) ids.push(entry.principal.id)
    if (page.next === undefined) return ids
    after = page.next
  }
}

function answer({ base }: GraphRequest, value: readonly string[]): GraphReply {
  return {
    status: 200,
    body: { '@odata.context': `${base}/$metadata#Collection(Edm.String)`, value },
  }
}

/** All groups of an object. */
export async function getMemberGroups(request: GraphRequest, place: Holder): Promise<GraphReply> {
  // There are security groups alone, so both values mean the same.
  readMembers(request).boolean('securityEnabledOnly')
  return answer(request, await groupsOf(request, place))
}

/** Those of some groups that an object is in. */
export async function checkMemberGroups(request: GraphRequest, place: Holder): Promise<GraphReply> {
  const members = readMembers(request)
  const wanted = members.strings('groupIds')
  if (wanted === undefined || wanted.length > MOST_GROUPS || !wanted.every(isGuid)) {
    throw members.malformed('groupIds', `it must be an array of ${MOST_GROUPS} object ids at most`)
  }
  const known = new Set(await groupsOf(request, place))
  return answer(
    request,
    wanted.filter((id) => known.has(id.toLowerCase())),
  )
}

const HOLDERS = [
  'users',
  'groups',
  'servicePrincipals',
] as const satisfies readonly DirectoryCollection[]

export const MEMBER_GROUP_ROUTES: readonly GraphRoute[] = [
  ...HOLDERS.flatMap((collection): readonly GraphRoute[] => [
    {
      method: 'POST',
      path: `/${collection}/:id/getMemberGroups`,
      operations: ['directory/get', 'directory/listRelated'],
      answer: async (request) =>
        getMemberGroups(request, { of: await idOfKey(request, collection), collection }),
    },
    {
      method: 'POST',
      path: `/${collection}/:id/checkMemberGroups`,
      operations: ['directory/get', 'directory/listRelated'],
      answer: async (request) =>
        checkMemberGroups(request, { of: await idOfKey(request, collection), collection }),
    },
  ]),
  {
    method: 'POST',
    path: '/directoryObjects/:id/getMemberGroups',
    operations: ['directory/listRelated'],
    answer: async (request) => getMemberGroups(request, { of: guidParam(request, 'id') }),
  },
  {
    method: 'POST',
    path: '/directoryObjects/:id/checkMemberGroups',
    operations: ['directory/listRelated'],
    answer: async (request) => checkMemberGroups(request, { of: guidParam(request, 'id') }),
  },
]
