import { azure } from '@claviger/wire'
import { guidMember, readMembers } from './body.ts'
import { NO_CONTENT } from './entity.ts'
import { dateMember } from './graph-date.ts'
import { badRequest } from './graph-refusal.ts'
import { demandBegun } from './key-credentials.ts'
import { idOfKey } from './object-key.ts'
import { passwordCredentialOf } from './render-credential.ts'
import type { GraphReply, GraphRequest, GraphRoute } from './route.ts'

type ClientCollection = 'applications' | 'servicePrincipals'

/** Two years, as the service gives when nothing is said. */
const STANDARD_SECONDS = 2 * 365 * 86_400

async function addPassword(
  request: GraphRequest,
  collection: ClientCollection,
): Promise<GraphReply> {
  const { vault, call, base, now } = request
  const wanted = readMembers(request).object('passwordCredential') ?? new azure.JsonMembers({})
  wanted.demandAbsent('secretText', 'the server makes it')
  demandBegun(wanted, now)
  const expiresAt = dateMember(wanted, 'endDateTime') ?? now + STANDARD_SECONDS
  const { credential, secret } = await vault.credentials.createSecret(call, {
    principal: await idOfKey(request, collection),
    collection,
    displayName: wanted.string('displayName') ?? '',
    expiresAt,
    of: 'application',
  })
  return {
    status: 200,
    headers: { 'Cache-Control': 'no-store' },
    body: {
      '@odata.context': `${base}/$metadata#microsoft.graph.passwordCredential`,
      ...passwordCredentialOf(credential),
      secretText: Buffer.from(secret.reveal()).toString('utf8'),
    },
  }
}

async function removePassword(
  request: GraphRequest,
  collection: ClientCollection,
): Promise<GraphReply> {
  const { vault, call } = request
  const credential = guidMember(readMembers(request), 'keyId')
  const principal = await idOfKey(request, collection)
  await vault.credentials.delete(call, { principal, collection, credential, kind: 'secret' })
  return NO_CONTENT
}

/** `addKey` wants a proof by a key that is there; az and the SDKs change `keyCredentials` instead. */
async function refuseKey(): Promise<never> {
  throw badRequest(
    'addKey and removeKey are not served. Send all certificates as keyCredentials in a PATCH.',
  )
}

export const CREDENTIAL_ROUTES: readonly GraphRoute[] = (
  ['applications', 'servicePrincipals'] as const
).flatMap((collection): readonly GraphRoute[] => [
  {
    method: 'POST',
    path: `/${collection}/:id/addPassword`,
    operations: ['directory/get', 'credentials/createSecret'],
    answer: (request) => addPassword(request, collection),
  },
  {
    method: 'POST',
    path: `/${collection}/:id/removePassword`,
    operations: ['directory/get', 'credentials/delete'],
    successStatus: 204,
    answer: (request) => removePassword(request, collection),
  },
  { method: 'POST', path: `/${collection}/:id/addKey`, operations: [], answer: refuseKey },
  { method: 'POST', path: `/${collection}/:id/removeKey`, operations: [], answer: refuseKey },
])
