import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { variable } from '../programs/step.ts'

// A program of its own: an OpenID Connect provider of somebody else's, which lets everybody in who
// types a name. It says where it is, and runs until it is killed.

const server = createServer()
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
// Not a pipe: it listens at a port.
const { port } = server.address() as AddressInfo
const issuer = `http://127.0.0.1:${port}`

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: variable('CLIENT_ID'),
      client_secret: variable('CLIENT_SECRET'),
      redirect_uris: [variable('REDIRECT_URI')],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
  conformIdTokenClaims: false,
  findAccount: (_context, sub) => ({
    accountId: sub,
    claims: () => ({ sub, name: sub, preferred_username: `${sub}@example.org` }),
  }),
})
const answer = provider.callback()
server.on('request', (request, response) => void answer(request, response))

console.log(`issuer: ${issuer}`)
