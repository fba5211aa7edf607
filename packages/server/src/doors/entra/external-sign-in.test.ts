import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { Secret } from '@claviger/vault'
import { PERSON_NAME } from '@claviger/vault/testing'
import { Provider } from 'oidc-provider'
import type { Answer } from '../../door.ts'
import { externalProvider, type ExternalProviderSettings } from './external-provider.ts'
import { personUnderTest, toProgram, type Browser } from './person-under-test.ts'

const AUTHORIZE = '/organizations/oauth2/v2.0/authorize'
const CALLBACK = 'https://login.localhost:8443/federated/callback'
const CLIENT = 'claviger'
const CLIENT_SECRET = 'a secret between two servers'

/** A real provider (node-oidc-provider) that everybody may enter by typing a name. */
async function provider(context: TestContext): Promise<string> {
  const server: Server = createServer()
  // The next test's server may get the same port, and must not be sent to by a connection to this one.
  server.maxRequestsPerSocket = 1
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  // Narrowed by the line above: it listens on TCP.
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const oidc = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: CLIENT_SECRET,
        redirect_uris: [CALLBACK],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, name: `The one called ${sub}`, preferred_username: `${sub}@example.com` }),
    }),
  })
  const answer = oidc.callback()
  server.on('request', (request, response) => void answer(request, response))
  return issuer
}

/** What a browser does at the provider: signs in, consents, comes back. */
async function atProvider(start: string, login: string): Promise<string> {
  const cookies = new Map<string, string>()
  let at = start
  let body: URLSearchParams | undefined
  for (let step = 0; step < 20; step++) {
    const answer = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(body === undefined ? {} : { method: 'POST', body }),
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    body = undefined
    if (location !== null) {
      at = new URL(location, at).href
      if (at.startsWith(CALLBACK)) return at
      continue
    }
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    assert.ok(action !== undefined, page)
    at = new URL(action, at).href
    body = new URLSearchParams(
      page.includes('name="login"')
        ? { prompt: 'login', login, password: 'anything' }
        : { prompt: 'consent' },
    )
  }
  throw new Error('the provider has never sent the browser back')
}

/** Where a page sends the browser: a redirect behind a form would have to be in the page's policy. */
function leftFor({ status, body }: Answer): string {
  const text = String(body)
  assert.equal(status, 200, text)
  const [, url = ''] = /<a href="([^"]+)">Go on/.exec(text) ?? []
  assert.ok(text.includes(`<meta http-equiv="refresh" content="0; url=${url}">`))
  return url.replaceAll('&amp;', '&')
}

async function opened(context: TestContext, changed: Partial<ExternalProviderSettings> = {}) {
  const issuer = await provider(context)
  const under = await personUnderTest(
    externalProvider({
      issuer,
      clientId: CLIENT,
      clientSecret: Secret.fromText(CLIENT_SECRET),
      userNameClaim: 'preferred_username',
      makesUsers: true,
      ...changed,
    }),
  )
  /** Presses the button of the page, and comes back. */
  const through = async (visitor: Browser, page: Answer, login: string): Promise<Answer> => {
    const sent = await visitor.submit(page, 'external')
    const back = new URL(await atProvider(leftFor(sent), login))
    return await visitor.get(back.pathname, back.search.slice(1))
  }
  return { ...under, issuer, through }
}

test('somebody of the provider becomes a user without rights, and gets to the program', async (context) => {
  const { browser, wish, through, world, lines } = await opened(context)
  const visitor = browser()
  const page = await visitor.get(AUTHORIZE, wish().query)
  const returned = await through(visitor, page, 'grace')
  assert.equal(returned.status, 303, `${String(returned.body)} ${lines.join()}`)
  const next = new URL(returned.headers['Location'] ?? '', 'https://login.localhost')
  assert.equal(next.pathname, AUTHORIZE)
  assert.ok(toProgram(await visitor.get(next.pathname, next.search.slice(1))).get('code'))
  const users = await world.vault.principals.list(world.administrator, {})
  const grace = users.find(({ userPrincipalName }) => userPrincipalName === 'grace@example.com')
  assert.equal(grace?.displayName, 'The one called grace')
  const given = await world.vault.roleAssignments.list(world.administrator, { principal: grace?.id ?? '' })
  assert.deepEqual(given, [])
  const other = browser()
  const again = await through(other, await other.get('/common/account'), 'grace')
  assert.equal(again.headers['Location'], '/common/account?')
  const now = await world.vault.principals.list(world.administrator, {})
  assert.equal(now.length, users.length, 'she is known the second time')
  assert.ok(!JSON.stringify([lines, await world.audit()]).includes(CLIENT_SECRET))
})

test('a name that is taken, or users that are not to be made, are refused until they are linked', async (context) => {
  const { browser, through, world, issuer } = await opened(context)
  const [name = ''] = PERSON_NAME.split('@')
  const visitor = browser()
  const page = await visitor.get('/common/account')
  const refused = await through(visitor, page, name)
  assert.equal(refused.status, 403)
  assert.match(String(refused.body), /AADSTS50020/)
  const link = { principal: world.person.id, issuer, subject: name }
  await world.vault.users.linkIdentity(world.administrator, link)
  assert.equal((await through(visitor, page, name)).status, 303)
  assert.match(String((await visitor.get('/common/account')).body), /signed in as ada@example.com/)
  const closed = await opened(context, { makesUsers: false })
  const guest = closed.browser()
  assert.equal((await closed.through(guest, await guest.get('/common/account'), 'grace')).status, 403)
})

test('a device is answered after a way over the provider', async (context) => {
  const { browser, through, post } = await opened(context)
  const client_id = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
  const scope = 'https://vault.localhost/.default'
  const started: unknown = JSON.parse(String((await post('/common/oauth2/devicecode', { client_id, scope })).body))
  assert.ok(typeof started === 'object' && started !== null && 'user_code' in started)
  const user_code = String(started.user_code)
  const visitor = browser()
  const entry = await visitor.submit(await visitor.get('/devicelogin'), 'code', { user_code })
  const returned = await through(visitor, entry, 'grace')
  const next = new URL(returned.headers['Location'] ?? '', 'https://login.localhost')
  const start = await visitor.get(next.pathname, next.search.slice(1))
  const confirm = await visitor.submit(start, 'code', { user_code })
  assert.match(String(confirm.body), /grace@example.com/)
  assert.match(String((await visitor.submit(confirm, 'approve')).body), /signed in on your device/)
})

test('what comes back from elsewhere, twice, or to another browser is refused', async (context) => {
  const { browser, lines } = await opened(context)
  const visitor = browser()
  const page = await visitor.get('/common/account')
  const sent = await visitor.submit(page, 'external')
  const back = new URL(await atProvider(leftFor(sent), 'grace'))
  const query = back.search.slice(1)
  const stranger = await browser().get(back.pathname, query)
  assert.match(String(stranger.body), /AADSTS165000/)
  const forged = new URLSearchParams(query)
  forged.set('code', 'another')
  assert.match(String((await visitor.get(back.pathname, forged.toString())).body), /AADSTS50089/)
  assert.match(String((await visitor.get(back.pathname, 'state=x&code=y')).body), /AADSTS165000/)
  assert.match(String((await visitor.get(back.pathname)).body), /AADSTS165000/)
  const denied = new URLSearchParams({ state: back.searchParams.get('state') ?? '', error: 'server_error' })
  assert.match(String((await visitor.get(back.pathname, denied.toString())).body), /AADSTS50089/)
  assert.ok(lines.length > 0)
})

test('who cancels at the provider comes back to the page, and cancels there for the program too', async (context) => {
  const { browser, wish, through } = await opened(context)
  const visitor = browser()
  await through(visitor, await visitor.get('/common/account'), 'grace')
  const page = await visitor.get(AUTHORIZE, wish({ prompt: 'login' }).query)
  const left = new URL(leftFor(await visitor.submit(page, 'external')))
  const told = { state: left.searchParams.get('state') ?? '', error: 'access_denied' }
  const returned = await visitor.get('/federated/callback', new URLSearchParams(told).toString())
  const next = new URL(returned.headers['Location'] ?? '', 'https://login.localhost')
  const again = await visitor.get(next.pathname, next.search.slice(1))
  assert.match(String(again.body), /name="password"/, 'the former session is not taken for the new sign-in')
  assert.equal(toProgram(await visitor.submit(again, 'cancel')).get('error'), 'access_denied')
})

test('the provider is told to ask anew where the program wants it, or somebody is signed in already', async (context) => {
  const { browser, wish, through } = await opened(context)
  const promptOf = async (visitor: Browser, page: Answer): Promise<string | null> =>
    new URL(leftFor(await visitor.submit(page, 'external'))).searchParams.get('prompt')
  for (const [changed, prompt] of [
    [{ prompt: undefined }, null],
    [{ prompt: 'select_account' }, null],
    [{ prompt: 'login' }, 'login'],
    [{ prompt: undefined, max_age: '60' }, 'login'],
  ] as const) {
    const visitor = browser()
    assert.equal(await promptOf(visitor, await visitor.get(AUTHORIZE, wish(changed).query)), prompt)
  }
  const visitor = browser()
  await through(visitor, await visitor.get('/common/account'), 'grace')
  const again = await visitor.submit(await visitor.get(AUTHORIZE, wish().query), 'switch')
  assert.equal(await promptOf(visitor, again), 'login')
})

test('a program that wants a sign-in of this moment gets its code after one way over the provider', async (context) => {
  const { browser, wish, through, world } = await opened(context)
  const visitor = browser()
  const page = await visitor.get(AUTHORIZE, wish({ prompt: undefined, max_age: '0' }).query)
  const returned = await through(visitor, page, 'grace')
  world.clock.advance(2)
  const next = new URL(returned.headers['Location'] ?? '', 'https://login.localhost')
  assert.ok(toProgram(await visitor.get(next.pathname, next.search.slice(1))).get('code'))
})

test('a provider that cannot be reached is told as such, and asked again the next time', async () => {
  const settings = { clientId: CLIENT, userNameClaim: 'email', makesUsers: true }
  const under = await personUnderTest(externalProvider({ ...settings, issuer: 'http://127.0.0.1:1' }))
  const visitor = under.browser()
  const page = await visitor.get('/common/account')
  for (let count = 0; count < 2; count++) {
    const answer = await visitor.submit(page, 'external')
    assert.equal(answer.status, 502)
    assert.match(String(answer.body), /AADSTS50089/)
  }
})
