import { azure } from '@claviger/wire'
import { readObject } from './body.ts'
import { answerEntry, NO_CONTENT, readEntry } from './entity.ts'
import { wantedCertificates } from './key-credentials.ts'
import { listCollection } from './listing.ts'
import { idOfKey } from './object-key.ts'
import type { GraphRoute } from './route.ts'

const READ = ['appId', 'accountEnabled', 'keyCredentials'] as const

export const SERVICE_PRINCIPAL_ROUTES: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: '/servicePrincipals',
    operations: ['directory/list'],
    answer: (request) => listCollection(request, 'servicePrincipals'),
  },
  {
    method: 'POST',
    path: '/servicePrincipals',
    operations: ['applications/createPrincipal', 'directory/get'],
    successStatus: 201,
    async answer(request) {
      const { vault, call } = request
      const { members, attributes } = readObject(request, 'servicePrincipals', READ)
      members.demandAbsent('keyCredentials', 'give them to the application')
      const enabled = members.boolean('accountEnabled')
      const { id } = await vault.applications.createPrincipal(call, {
        appId: members.requiredString('appId'),
        attributes,
        ...(enabled === undefined ? {} : { enabled }),
      })
      const place = { by: 'id', id } as const
      return answerEntry(request, await vault.directory.get(call, { place }), 201)
    },
  },
  {
    method: 'GET',
    path: '/servicePrincipals/:id',
    operations: ['directory/get'],
    answer: async (request) => answerEntry(request, await readEntry(request, 'servicePrincipals')),
  },
  {
    method: 'PATCH',
    path: '/servicePrincipals/:id',
    operations: ['directory/get', 'applications/setCertificates', 'principals/update'],
    successStatus: 204,
    async answer(request) {
      const { vault, call, now } = request
      const { members, attributes } = readObject(request, 'servicePrincipals', READ)
      members.demandAbsent('appId', 'it cannot be changed')
      const enabled = members.boolean('accountEnabled')
      const certificates = wantedCertificates(members, now)
      const principal = await idOfKey(request, 'servicePrincipals')
      if (certificates !== undefined) {
        await vault.applications.setCertificates(call, { principal, certificates })
      }
      const change = azure.omitUndefined({ enabled })
      const collection = 'servicePrincipals'
      if (
        enabled !== undefined ||
        Object.keys(attributes).length > 0 ||
        certificates === undefined
      ) {
        await vault.principals.update(call, { principal, collection, attributes, ...change })
      }
      return NO_CONTENT
    },
  },
  {
    method: 'DELETE',
    path: '/servicePrincipals/:id',
    operations: ['directory/get', 'applications/deletePrincipal'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const principal = await idOfKey(request, 'servicePrincipals')
      await vault.applications.deletePrincipal(call, { principal })
      return NO_CONTENT
    },
  },
]
