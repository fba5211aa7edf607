import { ALMOST, routeDenialContract } from '../../rest/route-denials.contract.ts'
import { graphDoorUnderTest } from './door-under-test.ts'
import { GRAPH_ROUTES } from './routes.ts'

const GUID = '2f0c5a1e-93b7-4a0a-9d57-0b9f3c1e7a44'

/** What those take that refuse members that are not theirs. */
const STRICT: Readonly<Record<string, object>> = {
  'POST /users': {
    accountEnabled: true,
    displayName: 'name',
    mailNickname: 'name',
    passwordProfile: { password: 'a long and unusual pass phrase' },
    userPrincipalName: 'somebody@localhost',
  },
  'PATCH /users/:id': { displayName: 'name' },
  'POST /groups': {
    displayName: 'name',
    mailEnabled: false,
    mailNickname: 'name',
    securityEnabled: true,
  },
  'PATCH /groups/:id': { displayName: 'name' },
  'POST /applications': { displayName: 'name' },
  'PATCH /applications/:id': { displayName: 'name' },
  'POST /servicePrincipals': { appId: GUID },
  'PATCH /servicePrincipals/:id': { accountEnabled: true },
}

/** What any of the others takes; each reads its own members alone. */
const BODY = {
  '@odata.id': `https://graph.localhost:8443/v1.0/directoryObjects/${GUID}`,
  audiences: ['api://AzureADTokenExchange'],
  groupIds: [GUID],
  ids: [GUID],
  issuer: 'https://issuer.example',
  keyId: GUID,
  name: 'name',
  passwordCredential: { displayName: 'name' },
  securityEnabledOnly: true,
  subject: 'subject',
}

// Whoever has signed in may ask about itself.
const OF_OTHERS = GRAPH_ROUTES.filter(({ path }) => !path.startsWith('/me'))

routeDenialContract('every route of Graph', OF_OTHERS, async () => {
  const { memory, call } = await graphDoorUnderTest()
  return {
    memory,
    async send({ method, path }, sender) {
      const filled = path.replaceAll(/:[a-z]+/gi, GUID)
      const token = sender === 'almost' ? ALMOST : sender
      const hasBody = ['PATCH', 'POST', 'PUT'].includes(method)
      const body = hasBody ? { body: STRICT[`${method} ${path}`] ?? BODY } : {}
      const { status, text } = await call(method, filled, { ...body, token })
      return { status, text }
    },
  }
})
