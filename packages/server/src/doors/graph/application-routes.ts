import type { Attributes, WantedCertificate } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { readObject } from './body.ts'
import { answerEntry, NO_CONTENT, readEntry } from './entity.ts'
import { wantedCertificates } from './key-credentials.ts'
import { listCollection } from './listing.ts'
import { idOfKey } from './object-key.ts'
import type { GraphRequest, GraphRoute } from './route.ts'

const READ = ['displayName', 'identifierUris', 'keyCredentials', 'passwordCredentials'] as const

interface Change {
  readonly displayName?: string
  readonly identifierUris?: readonly string[]
  readonly certificates?: readonly WantedCertificate[]
  readonly attributes: Attributes
}

function changeOf(request: GraphRequest): Change {
  const { members, attributes } = readObject(request, 'applications', READ)
  const passwords = members.objects('passwordCredentials')
  if (passwords !== undefined && passwords.length > 0) {
    throw members.malformed('passwordCredentials', 'use addPassword and removePassword')
  }
  return azure.omitUndefined({
    displayName: members.string('displayName'),
    identifierUris: members.strings('identifierUris'),
    certificates: wantedCertificates(members, request.now),
    attributes,
  })
}

export const APPLICATION_ROUTES: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: '/applications',
    operations: ['directory/list'],
    answer: (request) => listCollection(request, 'applications'),
  },
  {
    method: 'POST',
    path: '/applications',
    operations: ['applications/create', 'directory/get'],
    successStatus: 201,
    async answer(request) {
      const { vault, call } = request
      const { displayName = '', ...change } = changeOf(request)
      const { id } = await vault.applications.create(call, { displayName, ...change })
      const place = { by: 'id', id } as const
      return answerEntry(request, await vault.directory.get(call, { place }), 201)
    },
  },
  {
    method: 'GET',
    path: '/applications/:id',
    operations: ['directory/get'],
    answer: async (request) => answerEntry(request, await readEntry(request, 'applications')),
  },
  {
    method: 'PATCH',
    path: '/applications/:id',
    operations: ['directory/get', 'applications/update'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const change = changeOf(request)
      const application = await idOfKey(request, 'applications')
      await vault.applications.update(call, { application, ...change })
      return NO_CONTENT
    },
  },
  {
    method: 'DELETE',
    path: '/applications/:id',
    operations: ['directory/get', 'applications/delete'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      await vault.applications.delete(call, { application: await idOfKey(request, 'applications') })
      return NO_CONTENT
    },
  },
]
