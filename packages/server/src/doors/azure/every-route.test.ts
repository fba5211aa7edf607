import { ALMOST, routeDenialContract } from '../../rest/route-denials.contract.ts'
import { CERTIFICATE_ROUTES } from './certificate-routes.ts'
import { doorUnderTest } from './door-under-test.ts'
import { KEY_ROUTES } from './key-routes.ts'
import { SECRET_ROUTES } from './secret-routes.ts'

const VERSION = '0123456789abcdef0123456789abcdef'
const OCTETS = Buffer.alloc(32).toString('base64url')

/** What any of the routes takes; each reads its own members alone. */
const BODY = {
  attributes: {},
  cancellation_requested: true,
  contacts: [{ email: 'somebody@example.com' }],
  count: 32,
  credentials: {},
  digest: OCTETS,
  issuer: { name: 'Self' },
  key: { kty: 'oct', k: OCTETS },
  kty: 'EC',
  policy: { issuer: { name: 'Self' }, x509_props: { subject: 'CN=example.com' } },
  provider: 'Test',
  value: OCTETS,
  x5c: [Buffer.from('x').toString('base64')],
}

/** Signatures have algorithms of their own. */
const SIGNING = /\/(?:sign|verify)$/

const ROUTES = [...SECRET_ROUTES, ...KEY_ROUTES, ...CERTIFICATE_ROUTES].map((route) => ({
  ...route,
  operations: [route.operation],
}))

routeDenialContract('every route of the data plane', ROUTES, async () => {
  const { memory, call } = await doorUnderTest(undefined, ({ callBy, administrator, stranger }) => {
    const callers = { administrator, almost: callBy(ALMOST), stranger }
    return {
      authenticate: async (token) => callers[token as keyof typeof callers].caller,
    }
  })
  return {
    memory,
    async send({ method, path }, token) {
      const filled = path.replaceAll(/:version\??/g, VERSION).replaceAll(/:[a-z]+/gi, 'name')
      const hasBody = ['PATCH', 'POST', 'PUT'].includes(method)
      const alg = SIGNING.test(path) ? 'ES256' : 'RSA-OAEP'
      const body = hasBody ? { body: { ...BODY, alg } } : {}
      const { status, text } = await call(method, filled, { ...body, token })
      return { status, text }
    },
  }
})
