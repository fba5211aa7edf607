import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PERSON_NAME, PERSON_PASSWORD } from '@claviger/vault/testing'
import fc from 'fast-check'
import { CLI, members, personUnderTest, REDIRECT, SCOPE, toProgram } from './person-under-test.ts'

const PATHS = [
  '/common/oauth2/v2.0/authorize', '/common/oauth2/authorize', '/common/oauth2/v2.0/token',
  '/common/oauth2/token', '/common/oauth2/v2.0/devicecode', '/common/oauth2/devicecode',
  '/common/oauth2/deviceauth', '/devicelogin', '/common/oauth2/v2.0/logout', '/common/oauth2/logout',
  '/common/account', '/account', '/federated/callback', '/sign-in/style.css', '/sign-in/',
] as const

const NAMES = [
  'client_id', 'response_type', 'redirect_uri', 'scope', 'resource', 'state', 'nonce', 'prompt', 'max_age',
  'code_challenge', 'code_challenge_method', 'response_mode', 'login_hint', 'mkt', 'ui_locales',
  'grant_type', 'code', 'code_verifier', 'refresh_token', 'device_code', 'client_secret', 'client_info',
  'form', 'step', 'user_name', 'password', 'passkey', 'challenge', 'user_code', 'credential', 'current',
  'new', 'again', 'name', 'post_logout_redirect_uri', 'error',
] as const

const VALUES = [
  CLI, 'code', REDIRECT, SCOPE, 'S256', 'none', 'login', 'select_account', 'form_post', 'fragment',
  'authorization_code', 'refresh_token', 'device_code', 'urn:ietf:params:oauth:grant-type:device_code',
  'https://vault.localhost', 'A'.repeat(43), 'A'.repeat(72), 'code', 'passkey', 'external', 'cancel',
  'switch', 'continue', 'approve', 'decline', 'change-password', 'add-passkey', 'remove-passkey',
  'BCDF-GHJK', 'http://localhost:1/', '{}', '{"id":"a","response":{"userHandle":"a"}}', PERSON_NAME,
] as const

const value = fc.oneof(fc.constantFrom(...VALUES), fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }))
const pairs = fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 14 })

test('whatever is sent to the pages and endpoints of people, the server does not fail', async () => {
  const { send, browser, wish, signIn, lines } = await personUnderTest()
  const visitor = browser()
  await signIn(visitor, wish().query)
  const page = await visitor.get('/common/account')
  const form = /name="form" value="([^"]+)"/.exec(String(page.body))?.[1] ?? ''
  const cookie = [...visitor.cookies].map((pair) => pair.join('=')).join('; ')
  const noise = fc.record({
    method: fc.constantFrom('GET', 'POST', 'HEAD'),
    path: fc.constantFrom(...PATHS),
    query: fc.oneof(pairs, fc.string({ maxLength: 60 })),
    body: fc.oneof(pairs, fc.string({ maxLength: 60 })),
    own: fc.boolean(),
    cookie: fc.oneof(fc.constant(cookie), fc.string({ maxLength: 60 }), fc.constant(undefined)),
    language: fc.string({ maxLength: 30 }),
    // Each from its own, or all would soon be told to wait.
    clientAddress: fc.ipV4(),
  })
  await fc.assert(
    fc.asyncProperty(noise, async ({ method, path, query, body, own, cookie: sent, language, clientAddress }) => {
      // A password would be hashed for each of them, which is tested elsewhere and takes its time.
      const fields = typeof body === 'string' ? body : body.filter(([name]) => name !== 'password')
      const text = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString()
      const answer = await send({
        method,
        path,
        clientAddress,
        query: typeof query === 'string' ? query : new URLSearchParams(query).toString(),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'accept-language': language,
          ...(sent === undefined ? {} : { cookie: sent }),
        },
        body: Buffer.from(own ? `${text}&form=${form}` : text),
      })
      assert.ok(answer.status < 500, `${method} ${path} ${answer.status} ${String(answer.body)}`)
      assert.ok(!/<script(?! src="\/sign-in\/)/.test(String(answer.body)))
      assert.ok(!/[\r\n]/.test(Object.values(answer.headers).join('')))
    }),
    { numRuns: 400 },
  )
  assert.deepEqual(lines, [])
})

test('no password, code, token, ticket or cookie is in the log, the audit, an error or an address', async () => {
  const { world, tenant, browser, wish, signIn, post, lines } = await personUnderTest()
  const visitor = browser()
  const wrong = 'a password that is wrong'
  const page = await visitor.get('/common/oauth2/v2.0/authorize', wish().query)
  const errors = [
    await visitor.submit(page, 'password', { user_name: wrong, password: wrong }),
    await visitor.submit(page, 'password', { user_name: PERSON_NAME, password: wrong }),
  ]
  const { query, verifier } = wish()
  const code = toProgram(await signIn(visitor, query)).get('code') ?? ''
  const token = `/${tenant}/oauth2/v2.0/token`
  const form = { grant_type: 'authorization_code', client_id: CLI, code, redirect_uri: REDIRECT }
  errors.push(await post(token, { ...form, code_verifier: 'v'.repeat(43) }))
  const tokens = members(await post(token, { ...form, code_verifier: verifier }))
  errors.push(await post(token, { ...form, code_verifier: verifier }))
  const refresh_token = String(tokens['refresh_token'])
  errors.push(await post(token, { grant_type: 'refresh_token', client_id: CLI, refresh_token, scope: SCOPE }))
  const device = members(await post('/common/oauth2/v2.0/devicecode', { client_id: CLI, scope: SCOPE }))
  const poll = { grant_type: 'device_code', client_id: CLI, device_code: String(device['device_code']) }
  errors.push(await post(token, poll), await post(token, poll))
  const secrets = [
    PERSON_PASSWORD, code, verifier, refresh_token, String(tokens['access_token']),
    String(tokens['id_token']), poll.device_code, String(device['user_code']), ...visitor.cookies.values(),
  ]
  const places = [
    lines.join(),
    JSON.stringify(await world.audit()),
    ...errors.filter(({ headers }) => headers['Content-Type']?.includes('json')).map(({ body }) => String(body)),
  ]
  for (const secret of [...secrets, wrong]) {
    assert.ok(secret.length > 8)
    for (const place of places) assert.ok(!place.includes(secret))
  }
  for (const { body } of errors) assert.ok(!String(body).includes(PERSON_PASSWORD))
})
