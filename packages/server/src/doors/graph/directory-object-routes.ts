import type { DirectoryCollection } from '@claviger/vault'
import { readMembers } from './body.ts'
import { guidParam } from './object-key.ts'
import { renderTyped } from './render-object.ts'
import type { GraphReply, GraphRequest, GraphRoute } from './route.ts'
import { graphDate } from './graph-date.ts'

const COLLECTIONS: Readonly<Record<string, readonly DirectoryCollection[]>> = {
  user: ['users'],
  group: ['groups'],
  serviceprincipal: ['servicePrincipals'],
  application: ['applications'],
  directoryobject: ['users', 'groups', 'servicePrincipals', 'applications'],
}

/** Other kinds of object, such as `device`, are asked for by habit; here there are none. */
function collectionsOf(types: readonly string[] | undefined): readonly DirectoryCollection[] {
  if (types === undefined || types.length === 0) return COLLECTIONS['directoryobject'] ?? []
  const named = types.map((type) => type.toLowerCase())
  return named.flatMap((type) =>
    Object.hasOwn(COLLECTIONS, type) ? (COLLECTIONS[type] ?? []) : [],
  )
}

async function getByIds(request: GraphRequest): Promise<GraphReply> {
  const { vault, call, base, settings, tenant } = request
  const members = readMembers(request)
  const ids = members.strings('ids')
  if (ids === undefined) throw members.malformed('ids', 'it must be given')
  const collections = collectionsOf(members.strings('types'))
  const found = await vault.directory.getMany(call, { ids, collections })
  return {
    status: 200,
    body: {
      '@odata.context': `${base}/$metadata#directoryObjects`,
      value: found.map((entry) => renderTyped(entry, settings, tenant.id)),
    },
  }
}

async function getObject(request: GraphRequest): Promise<GraphReply> {
  const { vault, call, base, settings, tenant } = request
  const id = guidParam(request, 'id')
  const entry = await vault.directory.get(call, { place: { by: 'id', id } })
  const context = `${base}/$metadata#directoryObjects/$entity`
  return {
    status: 200,
    body: { '@odata.context': context, ...renderTyped(entry, settings, tenant.id) },
  }
}

async function listOrganization({ base, tenant, settings }: GraphRequest): Promise<GraphReply> {
  const domain = {
    capabilities: 'None',
    isDefault: true,
    isInitial: true,
    name: settings.domain,
    type: 'Managed',
  }
  return {
    status: 200,
    body: {
      '@odata.context': `${base}/$metadata#organization`,
      value: [
        {
          id: tenant.id,
          displayName: tenant.displayName,
          createdDateTime: graphDate(tenant.createdAt),
          tenantType: 'AAD',
          verifiedDomains: [domain],
        },
      ],
    },
  }
}

export const DIRECTORY_OBJECT_ROUTES: readonly GraphRoute[] = [
  {
    method: 'POST',
    path: '/directoryObjects/getByIds',
    operations: ['directory/getMany'],
    answer: getByIds,
  },
  {
    method: 'GET',
    path: '/directoryObjects/:id',
    operations: ['directory/get'],
    answer: getObject,
  },
  // The name of a tenant is no secret of its members.
  { method: 'GET', path: '/organization', operations: [], answer: listOrganization },
]
