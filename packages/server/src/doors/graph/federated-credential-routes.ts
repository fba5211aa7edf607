import { Fault, type CredentialSummary } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { readMembers } from './body.ts'
import { NO_CONTENT, readEntry } from './entity.ts'
import { unsupportedQuery } from './graph-refusal.ts'
import { idOfKey } from './object-key.ts'
import { federatedCredentialOf } from './render-credential.ts'
import type { GraphReply, GraphRequest, GraphRoute } from './route.ts'

const PATH = '/applications/:id/federatedIdentityCredentials'
const STANDARD_AUDIENCE = 'api://AzureADTokenExchange'
/** As the service has them: they become part of addresses. */
const NAME = /^[0-9A-Za-z][\w-]{2,119}$/

async function credentialsOf(request: GraphRequest): Promise<readonly CredentialSummary[]> {
  const entry = await readEntry(request, 'applications')
  const credentials = 'credentials' in entry ? entry.credentials : []
  return credentials.filter(({ kind }) => kind === 'federated')
}

/** The one that the path names by id or by name. @throws Fault DirectoryObjectNotFound */
async function credentialOf(request: GraphRequest): Promise<CredentialSummary> {
  const named = request.params['credential'] ?? ''
  const all = await credentialsOf(request)
  const found = all.find(
    ({ id, displayName }) => id === named.toLowerCase() || displayName === named,
  )
  if (found !== undefined) return found
  throw new Fault('DirectoryObjectNotFound', { type: 'credential', id: named })
}

function contextOf({ base, params }: GraphRequest, end: string): string {
  return `${base}/$metadata#applications('${params['id'] ?? ''}')/federatedIdentityCredentials${end}`
}

function answerOne(
  request: GraphRequest,
  credential: CredentialSummary,
  status: 200 | 201,
): GraphReply {
  const context = { '@odata.context': contextOf(request, '/$entity') }
  return { status, body: { ...context, ...federatedCredentialOf(credential) } }
}

export const FEDERATED_CREDENTIAL_ROUTES: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    operations: ['directory/get'],
    async answer(request) {
      if (request.query.has('$filter')) throw unsupportedQuery('$filter is not served here.')
      const all = await credentialsOf(request)
      const context = { '@odata.context': contextOf(request, '') }
      return { status: 200, body: { ...context, value: all.map(federatedCredentialOf) } }
    },
  },
  {
    method: 'POST',
    path: PATH,
    operations: ['directory/get', 'credentials/addFederated'],
    successStatus: 201,
    async answer(request) {
      const { vault, call } = request
      const members = readMembers(request)
      const displayName = members.requiredString('name')
      if (!NAME.test(displayName)) {
        throw members.malformed(
          'name',
          'it must have 3 to 120 letters, digits, - or _, no sign first',
        )
      }
      const issuer = members.requiredString('issuer')
      const subject = members.requiredString('subject')
      const audiences = members.strings('audiences') ?? [STANDARD_AUDIENCE]
      const description = members.string('description')
      const credential = await vault.credentials.addFederated(call, {
        principal: await idOfKey(request, 'applications'),
        collection: 'applications',
        displayName,
        issuer,
        subject,
        audiences,
        ...(description === undefined ? {} : { description }),
      })
      return answerOne(request, credential, 201)
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:credential`,
    operations: ['directory/get'],
    answer: async (request) => answerOne(request, await credentialOf(request), 200),
  },
  {
    method: 'PATCH',
    path: `${PATH}/:credential`,
    operations: ['directory/get', 'credentials/update'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const members = readMembers(request)
      const trust = azure.omitUndefined({
        issuer: members.string('issuer'),
        subject: members.string('subject'),
        audiences: members.strings('audiences'),
        description: members.string('description'),
      })
      const { id, displayName } = await credentialOf(request)
      const name = members.string('name') ?? displayName
      if (name !== displayName) throw members.malformed('name', 'it cannot be changed')
      const principal = await idOfKey(request, 'applications')
      const place = { principal, collection: 'applications', credential: id } as const
      await vault.credentials.update(call, { ...place, trust })
      return NO_CONTENT
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/:credential`,
    operations: ['directory/get', 'credentials/delete'],
    successStatus: 204,
    async answer(request) {
      const { vault, call } = request
      const { id } = await credentialOf(request)
      const principal = await idOfKey(request, 'applications')
      const place = { principal, collection: 'applications', credential: id } as const
      await vault.credentials.delete(call, { ...place, kind: 'federated' })
      return NO_CONTENT
    },
  },
]
