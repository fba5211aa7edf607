import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { graphDoorUnderTest, type GraphDoorUnderTest } from './door-under-test.ts'
import { GRAPH_ROUTES } from './routes.ts'
import type { GraphRoute } from './route.ts'

const COLLECTIONS = ['applications', 'servicePrincipals', 'users', 'groups'] as const
type Collection = (typeof COLLECTIONS)[number]

/** Object ids of a directory in which every relation that a path can name is there. */
interface Objects extends Readonly<Record<Collection, string>> {
  readonly other: string
  readonly secret: string
}

async function madeIn({ call }: GraphDoorUnderTest): Promise<Objects> {
  const made = async (path: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
    const { status, json, text } = await call('POST', path, { body })
    assert.ok(status < 300, text)
    return json
  }
  const idOf = async (path: string, body: object): Promise<string> =>
    String((await made(path, body))['id'])
  const user = (name: string): Promise<string> =>
    idOf('/users', {
      accountEnabled: true,
      displayName: name,
      mailNickname: name,
      userPrincipalName: `${name}@localhost`,
    })
  const application = await made('/applications', { displayName: 'one' })
  const applications = String(application['id'])
  const servicePrincipals = await idOf('/servicePrincipals', { appId: application['appId'] })
  const groups = await idOf('/groups', {
    displayName: 'one',
    mailEnabled: false,
    mailNickname: 'one',
    securityEnabled: true,
  })
  const users = await user('one')
  const reference = { '@odata.id': `https://graph.localhost:8443/v1.0/directoryObjects/${users}` }
  await made(`/groups/${groups}/members/$ref`, reference)
  for (const owned of [`applications/${applications}`, `servicePrincipals/${servicePrincipals}`]) {
    await made(`/${owned}/owners/$ref`, reference)
  }
  await made(`/groups/${groups}/owners/$ref`, reference)
  const { keyId } = await made(`/applications/${applications}/addPassword`, {})
  await made(`/applications/${applications}/federatedIdentityCredentials`, {
    name: 'known',
    issuer: 'https://issuer.example',
    subject: 'known',
  })
  const ids = { applications, servicePrincipals, users, groups }
  return { ...ids, other: await user('two'), secret: String(keyId) }
}

/** A body that the route takes: each reads its own members alone, but those of whole objects. */
function bodyOf({ method, path }: GraphRoute, { other, secret }: Objects): object {
  if (method === 'PATCH' && !path.includes('federated')) {
    return path.startsWith('/servicePrincipals') ? { accountEnabled: true } : { displayName: 'new' }
  }
  return {
    '@odata.id': `https://graph.localhost:8443/v1.0/directoryObjects/${other}`,
    groupIds: [other],
    issuer: 'https://issuer.example',
    keyId: secret,
    ...(method === 'PATCH' ? {} : { name: 'other' }),
    subject: 'other',
  }
}

const WITH_KEY = GRAPH_ROUTES.filter(
  ({ path, operations }) =>
    operations.length > 0 && COLLECTIONS.some((one) => path.startsWith(`/${one}/:id`)),
)

describe('an object id in a path', () => {
  for (const route of WITH_KEY) {
    const collection = COLLECTIONS.find((one) => route.path.startsWith(`/${one}/`))
    it(`${route.method} ${route.path} finds in its collection alone`, async () => {
      const door = await graphDoorUnderTest()
      const objects = await madeIn(door)
      const body = ['PATCH', 'POST'].includes(route.method) ? { body: bodyOf(route, objects) } : {}
      const send = (id: string): ReturnType<typeof door.call> => {
        const path = route.path
          .replace(':id', id)
          .replace(':credential', 'known')
          .replaceAll(/:owner|:member/g, objects.users)
        return door.call(route.method, path, body)
      }
      for (const other of COLLECTIONS.filter((one) => one !== collection)) {
        const { status, text } = await send(objects[other])
        assert.equal(status, 404, `${other}: ${text}`)
        assert.match(text, /Request_ResourceNotFound/)
      }
      const { status, text } = await send(objects[collection ?? 'users'])
      assert.ok(status < 300, text)
    })
  }

  it('is not found in another collection by what only some changes look at', async () => {
    const door = await graphDoorUnderTest()
    const { applications, users, groups } = await madeIn(door)
    const password = { passwordProfile: { password: 'another long and unusual phrase' } }
    for (const [path, body] of [
      [`/users/${groups}`, password],
      [`/users/${applications}`, password],
      [`/servicePrincipals/${users}`, { keyCredentials: [] }],
      [`/servicePrincipals/${applications}`, { keyCredentials: [] }],
      [`/applications/${users}`, { keyCredentials: [] }],
    ] as const) {
      const { status, text } = await door.call('PATCH', path, { body })
      assert.equal(status, 404, `${path}: ${text}`)
    }
  })
})
