import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { PERSON_NAME, PERSON_PASSWORD } from '@claviger/vault/testing'
import { decodeJwt } from 'jose'
import type { Answer } from '../../door.ts'
import { CLI, members, personUnderTest, REDIRECT, SCOPE, toProgram, unescaped } from './person-under-test.ts'

const AUTHORIZE = '/organizations/oauth2/v2.0/authorize'

function refused(answer: Answer, error: string, number: number, status = 400): void {
  const body = members(answer)
  assert.deepEqual([answer.status, body['error'], body['error_codes']], [status, error, [number]])
}

/** A page that tells an error, with its number. */
function toldOnPage(answer: Answer, number: number): void {
  assert.equal(answer.headers['Location'], undefined)
  assert.equal(answer.headers['Content-Type'], 'text/html; charset=utf-8')
  assert.ok(answer.status >= 400)
  assert.match(String(answer.body), new RegExp(`AADSTS${number}\\b`))
}

test('az login: page, password, code, tokens for management, then for the vaults by refresh token', async () => {
  const { world, tenant, browser, wish, signIn, post } = await personUnderTest()
  const { query, verifier } = wish({ scope: `https://management.localhost:8443//.default ${SCOPE.split(' ').slice(1).join(' ')}` })
  const parameters = toProgram(await signIn(browser(), query))
  assert.equal(parameters.get('state'), 'a state & more')
  const token = `/${tenant}/oauth2/v2.0/token`
  const redeemed = await post(token, {
    grant_type: 'authorization_code',
    client_id: CLI,
    code: parameters.get('code') ?? '',
    redirect_uri: REDIRECT,
    code_verifier: verifier,
    scope: `https://management.localhost:8443//.default ${SCOPE.split(' ').slice(1).join(' ')}`,
    client_info: '1',
  })
  const tokens = members(redeemed)
  assert.equal(redeemed.status, 200)
  assert.equal(redeemed.headers['Cache-Control'], 'no-store, no-cache')
  assert.equal(tokens['token_type'], 'Bearer')
  assert.equal(tokens['expires_in'], 3600)
  const resource = 'https://management.localhost:8443/'
  assert.equal(tokens['scope'], `${resource}/user_impersonation ${resource}/.default`)
  assert.equal(decodeJwt(String(tokens['access_token'])).aud, resource)
  assert.equal(decodeJwt(String(tokens['id_token']))['nonce'], 'n-1')
  const info = JSON.parse(Buffer.from(String(tokens['client_info']), 'base64url').toString())
  assert.deepEqual(info, { uid: world.person.id, utid: tenant })
  for (const service of ['vault', 'graph', 'management']) {
    const audience = `https://${service}.localhost:8443`
    const form = { grant_type: 'refresh_token', client_id: CLI, refresh_token: String(tokens['refresh_token']) }
    const next = members(await post(token, { ...form, scope: `${audience}/.default offline_access` }))
    assert.equal(decodeJwt(String(next['access_token'])).aud, audience)
  }
})

test('a v1 program asks by resource, and is answered in texts', async () => {
  const { tenant, browser, wish, post } = await personUnderTest()
  const resource = 'https://vault.localhost:8443'
  const { query, verifier } = wish({ scope: undefined, resource, prompt: undefined })
  const visitor = browser()
  const page = await visitor.get('/common/oauth2/authorize', query)
  const typed = { user_name: PERSON_NAME, password: PERSON_PASSWORD }
  const code = toProgram(await visitor.submit(page, 'password', typed)).get('code') ?? ''
  const form = { client_id: CLI, code, redirect_uri: REDIRECT, code_verifier: verifier, resource }
  const tokens = members(await post(`/${tenant}/oauth2/token`, { grant_type: 'authorization_code', ...form }))
  assert.equal(tokens['resource'], resource)
  assert.equal(tokens['expires_in'], '3600')
  assert.equal(decodeJwt(String(tokens['id_token'])).iss, `https://login.localhost:8443/${tenant}/`)
  assert.ok(tokens['refresh_token'])
})

test('who is signed in goes on by one button, at once, or signs in again, as the program wants', async () => {
  const { browser, wish, signIn, world } = await personUnderTest()
  const visitor = browser()
  toProgram(await signIn(visitor, wish().query))
  const picker = await visitor.get(AUTHORIZE, wish().query)
  assert.match(String(picker.body), /Continue as ada@example.com/)
  assert.ok(toProgram(await visitor.submit(picker, 'continue')).get('code'))
  assert.match(String((await visitor.submit(picker, 'switch')).body), /name="password"/)
  assert.ok(toProgram(await visitor.get(AUTHORIZE, wish({ prompt: undefined }).query)).get('code'))
  assert.ok(toProgram(await visitor.get(AUTHORIZE, wish({ prompt: 'none' }).query)).get('code'))
  const [, ticket = ''] = (visitor.cookies.get('__Host-claviger-session') ?? '').split('.')
  const again = await visitor.get(AUTHORIZE, wish({ prompt: 'login', login_hint: PERSON_NAME }).query)
  toProgram(await visitor.submit(again, 'password', { user_name: PERSON_NAME, password: PERSON_PASSWORD }))
  const { people } = world.identityService
  assert.equal(await people.session(world.first.tenant, ticket), undefined, 'one session takes another’s place')
  assert.match(String(again.body), /value="ada@example.com"/)
  world.clock.advance(100)
  const old = await visitor.get(AUTHORIZE, wish({ prompt: undefined, max_age: '60' }).query)
  assert.match(String(old.body), /name="password"/)
})

test('the answer comes by query, fragment or form, as the program wants', async () => {
  const { browser, wish, signIn } = await personUnderTest()
  const fragment = await signIn(browser(), wish({ response_mode: 'fragment' }).query)
  const { hash, search } = new URL(fragment.headers['Location'] ?? '')
  assert.match(hash, /^#code=[\w-]{72}&state=a\+state\+%26\+more$/)
  assert.equal(search, '')
  const posted = await signIn(browser(), wish({ response_mode: 'form_post' }).query)
  assert.equal(posted.status, 200)
  assert.match(String(posted.body), /<form method="post" action="http:\/\/localhost:8400">/)
  assert.match(String(posted.body), /<script src="\/sign-in\/return.js" defer>/)
  assert.match(posted.headers['Content-Security-Policy'] ?? '', /form-action 'self' http:\/\/localhost:8400$/)
})

test('a wrong password, an unknown name and an empty field are told on the page', async () => {
  const { browser, wish, world, lines } = await personUnderTest()
  const visitor = browser()
  const page = await visitor.get(AUTHORIZE, wish().query)
  const wrong = await visitor.submit(page, 'password', { user_name: PERSON_NAME, password: 'wrong' })
  assert.equal(wrong.status, 400)
  assert.match(String(wrong.body), /role="alert"[\s\S]*The user name or the password is not right[\s\S]*AADSTS50126/)
  assert.match(String(wrong.body), /value="ada@example.com"/)
  const unknown = await visitor.submit(page, 'password', { user_name: 'nobody', password: 'wrong' })
  assert.match(String(unknown.body), /The user name or the password is not right/)
  for (const typed of [{ user_name: '', password: 'x' }, { user_name: 'x', password: '' }]) {
    assert.match(String((await visitor.submit(page, 'password', typed)).body), /Enter your/)
  }
  await world.vault.principals.update(world.administrator, { principal: world.person.id, enabled: false })
  const typed = { user_name: PERSON_NAME, password: PERSON_PASSWORD }
  assert.match(String((await visitor.submit(page, 'password', typed)).body), /disabled[\s\S]*AADSTS50057/)
  const told = JSON.stringify([lines, await world.audit()])
  assert.ok(!told.includes(PERSON_PASSWORD))
})

test('too many tries are told with the time to wait', async () => {
  const { browser, wish } = await personUnderTest()
  const visitor = browser()
  const page = await visitor.get(AUTHORIZE, wish().query)
  for (let count = 0; count < 60; count++) {
    const userHandle = Buffer.from(randomUUID()).toString('base64url')
    const passkey = JSON.stringify({ id: 'cGFzcw', response: { userHandle } })
    const answer = await visitor.submit(page, 'passkey', { passkey })
    assert.equal(answer.status, 400, String(answer.body))
  }
  const typed = { user_name: PERSON_NAME, password: PERSON_PASSWORD }
  const answer = await visitor.submit(page, 'password', typed)
  assert.equal(answer.status, 429)
  assert.match(String(answer.body), /Wait 1 seconds[\s\S]*AADSTS50053/)
})

test('what is wrong with client or redirect is told on a page, never by a redirect', async () => {
  const { browser, wish } = await personUnderTest()
  const cases: readonly (readonly [Record<string, string | undefined>, number])[] = [
    [{ client_id: undefined }, 900144],
    [{ client_id: randomUUID() }, 700016],
    [{ client_id: 'x'.repeat(9999) }, 700016],
    [{ redirect_uri: undefined }, 900144],
    [{ redirect_uri: 'https://evil.example/' }, 50011],
    [{ redirect_uri: 'http://localhost.evil.example:8400' }, 50011],
    [{ redirect_uri: 'http://localhost@evil.example' }, 50011],
    [{ redirect_uri: 'http://localhost:8400/#fragment' }, 50011],
    [{ redirect_uri: 'http://a:b@localhost:8400/' }, 50011],
    [{ redirect_uri: 'https://localhost:8400/' }, 50011],
    [{ redirect_uri: 'javascript:alert(1)' }, 50011],
    [{ redirect_uri: '//evil.example' }, 50011],
    [{ response_mode: 'jwt' }, 70007],
    [{ state: 'x'.repeat(5000) }, 90013],
  ]
  for (const [changed, number] of cases) {
    toldOnPage(await browser().get(AUTHORIZE, wish(changed).query), number)
  }
  toldOnPage(await browser().get(AUTHORIZE, `${wish().query}&redirect_uri=http://localhost:1`), 90013)
  toldOnPage(await browser().get(`/${randomUUID()}/oauth2/v2.0/authorize`, wish().query), 90002)
})

test('what is wrong with the rest the program is told, with its state', async () => {
  const { browser, wish } = await personUnderTest()
  const cases: readonly (readonly [Record<string, string | undefined>, string, number])[] = [
    [{ response_type: 'token' }, 'unsupported_response_type', 70005],
    [{ response_type: undefined }, 'invalid_request', 900144],
    [{ code_challenge: undefined }, 'invalid_request', 9002325],
    [{ code_challenge_method: 'plain' }, 'invalid_request', 9002325],
    [{ code_challenge_method: undefined }, 'invalid_request', 9002325],
    [{ code_challenge: 'short' }, 'invalid_request', 501491],
    [{ scope: 'https://elsewhere.example/.default' }, 'invalid_resource', 500011],
    [{ scope: undefined }, 'invalid_request', 900144],
    [{ scope: 'https://vault.localhost/.default https://graph.localhost/.default' }, 'invalid_scope', 70011],
    [{ nonce: 'n'.repeat(600) }, 'invalid_request', 90013],
    [{ prompt: 'none' }, 'login_required', 50058],
    [{ prompt: 'none login' }, 'invalid_request', 90013],
  ]
  for (const [changed, error, number] of cases) {
    const told = toProgram(await browser().get(AUTHORIZE, wish(changed).query))
    assert.equal(told.get('error'), error, JSON.stringify(changed))
    assert.match(told.get('error_description') ?? '', new RegExp(`^AADSTS${number}: `))
    assert.equal(told.get('state'), 'a state & more')
  }
  const visitor = browser()
  const page = await visitor.get(AUTHORIZE, wish().query)
  assert.equal(toProgram(await visitor.submit(page, 'cancel')).get('error'), 'access_denied')
})

test('a code is refused a second time, late, with another verifier, redirect or client', async () => {
  const { world, tenant, browser, wish, signIn, post } = await personUnderTest()
  const token = `/${tenant}/oauth2/v2.0/token`
  const { query, verifier } = wish()
  const code = toProgram(await signIn(browser(), query)).get('code') ?? ''
  const form = {
    grant_type: 'authorization_code', client_id: CLI, code, redirect_uri: REDIRECT, code_verifier: verifier,
  }
  refused(await post(token, { ...form, code_verifier: wish().verifier }), 'invalid_grant', 501481)
  refused(await post(token, { ...form, code_verifier: '' }), 'invalid_grant', 50148)
  refused(await post(token, { ...form, redirect_uri: 'http://localhost:1' }), 'invalid_grant', 500112)
  refused(await post(token, { ...form, client_id: randomUUID() }), 'unauthorized_client', 700016)
  refused(await post(token, { ...form, client_id: '1950a258-227b-4e31-a9cf-717495945fc2' }), 'invalid_grant', 70000)
  refused(await post(token, { ...form, code: 'nonsense' }), 'invalid_grant', 70000)
  refused(await post(token, { ...form, scope: 'https://elsewhere.example/.default' }), 'invalid_resource', 500011)
  const tokens = members(await post(token, form))
  const refresh = { grant_type: 'refresh_token', client_id: CLI, scope: SCOPE }
  const { scope: _, ...withoutScope } = refresh
  const again = await post(token, { ...withoutScope, refresh_token: String(tokens['refresh_token']) })
  assert.equal(members(again)['scope'], tokens['scope'])
  refused(await post(token, form), 'invalid_grant', 54005)
  refused(await post(token, { ...refresh, refresh_token: String(tokens['refresh_token']) }), 'invalid_grant', 50173)
  refused(await post(token, { ...refresh, refresh_token: 'nonsense' }), 'invalid_grant', 70000)
  refused(await post(token, { grant_type: 'password', client_id: CLI }), 'unsupported_grant_type', 70003)
  const late = wish()
  const second = toProgram(await signIn(browser(), late.query)).get('code') ?? ''
  world.clock.advance(300)
  refused(await post(token, { ...form, code: second, code_verifier: late.verifier }), 'invalid_grant', 70008)
})

test('applications of the directory redirect to what they have registered alone', async () => {
  const { world, browser, wish, signIn, tenant, post } = await personUnderTest()
  const { vault, administrator } = world
  const made = await vault.applications.create(administrator, {
    displayName: 'portal',
    attributes: {
      publicClient: { redirectUris: ['http://localhost/callback'] },
      web: { redirectUris: ['https://portal.example.com/auth'] },
    },
  })
  await vault.applications.createPrincipal(administrator, { appId: made.appId })
  const client_id = made.appId
  const local = { client_id, redirect_uri: 'http://localhost:5000/callback' }
  assert.ok(toProgram(await signIn(browser(), wish(local).query)).get('code'))
  toldOnPage(await browser().get(AUTHORIZE, wish({ client_id, redirect_uri: 'http://localhost:5000/' }).query), 50011)
  toldOnPage(await browser().get(AUTHORIZE, wish({ client_id, redirect_uri: 'https://portal.example.com/auth/' }).query), 50011)
  const redirect_uri = 'https://portal.example.com/auth'
  const { query, verifier } = wish({ client_id, redirect_uri })
  const code = toProgram(await signIn(browser(), query)).get('code') ?? ''
  const form = { grant_type: 'authorization_code', client_id, code, redirect_uri, code_verifier: verifier }
  refused(await post(`/${tenant}/oauth2/v2.0/token`, form), 'invalid_client', 7000218, 401)
  refused(await post(`/${tenant}/oauth2/v2.0/token`, { ...form, client_secret: 'x' }), 'invalid_client', 7000215, 401)
  refused(await post(`/${tenant}/oauth2/v2.0/devicecode`, { client_id, scope: SCOPE }), 'invalid_client', 7000218, 401)
})

test('a form that does not come from our page in this browser is refused', async () => {
  const { browser, wish, send } = await personUnderTest()
  const visitor = browser()
  const page = await visitor.get(AUTHORIZE, wish().query)
  const typed = { user_name: PERSON_NAME, password: PERSON_PASSWORD }
  toldOnPage(await visitor.submit(page, 'password', { ...typed, form: 'other' }), 165000)
  toldOnPage(await visitor.submit(page, 'password', { ...typed, step: 'nonsense' }), 165000)
  toldOnPage(await browser().submit(page, 'password', typed), 165000)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: [...visitor.cookies].map((pair) => pair.join('=')).join('; ') }
  for (const strange of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
    toldOnPage(await visitor.submit(page, 'password', typed, { headers: { ...headers, ...strange } }), 165000)
  }
  const other = await send({ method: 'POST', path: AUTHORIZE, query: wish().query, headers: { 'content-type': 'text/plain' }, body: Buffer.from('x') })
  assert.ok(other.status === 303 || other.status === 400)
})

test('every page forbids scripts, frames and keeping, and says its language', async () => {
  const { browser, wish, tenant } = await personUnderTest()
  const pages = [
    await browser().get(AUTHORIZE, wish().query),
    await browser().get('/devicelogin'),
    await browser().get('/common/oauth2/deviceauth'),
    await browser().get(`/${tenant}/account`),
    await browser().get(`/${tenant}/oauth2/v2.0/logout`),
    await browser().get(AUTHORIZE, ''),
  ]
  for (const { headers, body } of pages) {
    const policy = headers['Content-Security-Policy'] ?? ''
    assert.match(policy, /^default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'/)
    assert.equal(headers['Cache-Control'], 'no-store')
    assert.equal(headers['X-Frame-Options'], 'DENY')
    const text = String(body)
    assert.match(text, /<html lang="en">/)
    assert.ok(!/<script(?! src="\/sign-in\/)|\son[a-z]+=|\sstyle=/.test(text), text)
    for (const [, id] of text.matchAll(/<label for="([^"]+)"/g)) assert.ok(text.includes(`<input id="${id}"`))
  }
  const chinese = await browser().get(AUTHORIZE, wish().query, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' })
  assert.match(String(chinese.body), /<html lang="zh-Hans">[\s\S]*登录/)
  const chosen = await browser().get('/devicelogin', 'mkt=en', { 'accept-language': 'zh-CN' })
  assert.match(String(chosen.body), /<html lang="en">/)
  const other = await browser().get('/devicelogin', 'ui_locales=zh-Hans')
  assert.match(String(other.body), /href="\/devicelogin\?ui_locales=zh-Hans&amp;mkt=en"/)
})

test('what a stranger puts into the address stands on the page as text', async () => {
  const { browser, wish } = await personUnderTest()
  const evil = '"><script>alert(1)</script>'
  for (const answer of [
    await browser().get(AUTHORIZE, wish({ login_hint: evil, state: evil }).query),
    await browser().get(AUTHORIZE, wish({ client_id: evil }).query),
    await browser().get('/devicelogin', new URLSearchParams({ user_code: evil }).toString()),
    await browser().get('//evil.example/oauth2/deviceauth', evil),
  ]) {
    assert.ok(!String(answer.body).includes('<script>'))
    assert.ok(!/(?:action|href)="\/\//.test(String(answer.body)))
  }
})

test('style and scripts are served, and nothing else beside them', async () => {
  const { send } = await personUnderTest()
  for (const [name, type] of [['style.css', /^text\/css/], ['passkey.js', /^text\/javascript/], ['return.js', /^text\/javascript/]] as const) {
    const { status, headers } = await send({ path: `/sign-in/${name}` })
    assert.equal(status, 200)
    assert.match(headers['Content-Type'] ?? '', type)
  }
  assert.equal((await send({ path: '/sign-in/../door.ts' })).status, 404)
  assert.equal((await send({ path: '/sign-in/none.js' })).status, 404)
})

test('signing out asks, ends the session, and leads back to registered addresses alone', async () => {
  const { browser, wish, signIn } = await personUnderTest()
  const visitor = browser()
  await signIn(visitor, wish().query)
  const stranger = new URLSearchParams({ post_logout_redirect_uri: 'https://evil.example/', client_id: CLI })
  const page = await visitor.get('/common/oauth2/v2.0/logout', stranger.toString())
  assert.match(String(page.body), /You are signed in as ada@example.com/)
  const out = await visitor.submit(page, 'sign-out')
  assert.match(String(out.body), /You are signed out/)
  assert.equal(visitor.cookies.has('__Host-claviger-session'), false)
  assert.match(String((await visitor.get(AUTHORIZE, wish().query)).body), /name="password"/)
  const known = new URLSearchParams({ post_logout_redirect_uri: 'http://localhost:1/', client_id: CLI, state: 's' })
  const back = await visitor.get('/common/oauth2/v2.0/logout', known.toString())
  assert.equal(back.headers['Location'], 'http://localhost:1/?state=s')
})

test('people change their password on their page, and are told what is wrong', async () => {
  const { browser, tenant } = await personUnderTest()
  const visitor = browser()
  const door = await visitor.get(`/${tenant}/account`)
  const typed = { user_name: PERSON_NAME, password: PERSON_PASSWORD }
  const entered = await visitor.submit(door, 'password', typed)
  assert.equal(entered.headers['Location'], `/${tenant}/account`)
  const page = await visitor.get(`/${tenant}/account`)
  const next = 'a new and long password'
  const change = (current: string, one: string, again = one): Promise<Answer> =>
    visitor.submit(page, 'change-password', { current, new: one, again })
  assert.match(String((await change('wrong', next)).body), /current password is not right/)
  assert.match(String((await change(PERSON_PASSWORD, next, 'other')).body), /differ/)
  assert.match(String((await change(PERSON_PASSWORD, 'short')).body), /12 to 256 characters/)
  assert.match(String((await change(PERSON_PASSWORD, next)).body), /was changed/)
  assert.match(String((await visitor.get(`/${tenant}/account`)).body), /name="password"/)
})

async function device(under: Awaited<ReturnType<typeof personUnderTest>>) {
  const { post, tenant, world } = under
  const started = members(await post('/organizations/oauth2/v2.0/devicecode', { client_id: CLI, scope: SCOPE }))
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
  const poll = (changed: Record<string, string> = {}): Promise<Answer> => {
    world.clock.advance(5)
    const form = { grant_type, client_id: CLI, device_code: String(started['device_code']) }
    return post(`/${tenant}/oauth2/v2.0/token`, { ...form, ...changed })
  }
  return { started, poll }
}

test('az login --use-device-code: the code, the sign-in, the warning, the tokens', async () => {
  const under = await personUnderTest()
  const { started, poll } = await device(under)
  assert.equal(started['verification_uri'], 'https://login.localhost:8443/devicelogin')
  assert.match(String(started['message']), /devicelogin .* [A-Z]{4}-[A-Z]{4}\./)
  refused(await poll(), 'authorization_pending', 70016)
  const visitor = under.browser()
  const start = await visitor.get('/devicelogin', 'mkt=en')
  const wrong = await visitor.submit(start, 'code', { user_code: 'BBBB-BBBB' })
  assert.match(String(wrong.body), /The code is not right/)
  const user_code = String(started['user_code']).toLowerCase()
  const entry = await visitor.submit(start, 'code', { user_code })
  assert.match(String(entry.body), /Sign in to continue to Azure CLI/)
  const bad = await visitor.submit(entry, 'password', { user_name: PERSON_NAME, password: 'wrong' })
  const confirm = await visitor.submit(bad, 'password', { user_name: PERSON_NAME, password: PERSON_PASSWORD })
  for (const text of ['Azure CLI', '192.0.2.7', 'ada@example.com', 'only if you have started']) {
    assert.ok(unescaped(String(confirm.body)).includes(text), text)
  }
  assert.match(String((await visitor.submit(confirm, 'approve')).body), /You are signed in on your device/)
  const tokens = members(await poll())
  assert.equal(decodeJwt(String(tokens['access_token'])).aud, 'https://vault.localhost:8443')
  assert.ok(tokens['refresh_token'] && tokens['id_token'])
  const redeemed = await poll()
  refused(redeemed, 'invalid_grant', 54005)
  assert.match(String(redeemed.body), /The device code was redeemed already/)
  const again = await visitor.submit(start, 'code', { user_code })
  assert.match(String(again.body), /The code is not right/)
})

test('a device is refused when it is declined, unknown, hasty or late', async () => {
  const under = await personUnderTest()
  const { started, poll } = await device(under)
  const visitor = under.browser()
  const start = await visitor.get('/common/oauth2/deviceauth', `user_code=${String(started['user_code'])}`)
  assert.match(String(start.body), new RegExp(`value="${String(started['user_code'])}"`))
  const entry = await visitor.submit(start, 'code', { user_code: String(started['user_code']) })
  const confirm = await visitor.submit(entry, 'password', { user_name: PERSON_NAME, password: PERSON_PASSWORD })
  assert.match(String((await visitor.submit(confirm, 'decline')).body), /cancelled/)
  refused(await poll(), 'authorization_declined', 65004)
  refused(await poll({ device_code: 'nonsense' }), 'bad_verification_code', 70018)
  refused(await poll({ client_id: '1950a258-227b-4e31-a9cf-717495945fc2' }), 'bad_verification_code', 70018)
  const other = await device(under)
  refused(await other.poll(), 'authorization_pending', 70016)
  under.world.clock.advance(-5)
  refused(await other.poll(), 'slow_down', 70016)
  under.world.clock.advance(900)
  refused(await other.poll(), 'expired_token', 70020)
  const v1 = await under.post('/common/oauth2/devicecode', { client_id: CLI, resource: 'https://vault.localhost:8443' })
  assert.equal(members(v1)['interval'], '5')
  refused(await under.post('/common/oauth2/v2.0/devicecode', { client_id: CLI }), 'invalid_request', 900144)
  refused(await under.post('/common/oauth2/v2.0/devicecode', { scope: SCOPE }), 'invalid_request', 900144)
})

test('whoever is signed in already is only asked to confirm the device, or changes the account', async () => {
  const under = await personUnderTest()
  const visitor = under.browser()
  await under.signIn(visitor, under.wish().query)
  const { started } = await device(under)
  const start = await visitor.get('/devicelogin')
  const confirm = await visitor.submit(start, 'code', { user_code: String(started['user_code']) })
  assert.match(String(confirm.body), /Are you signing in to this program/)
  assert.match(String((await visitor.submit(confirm, 'switch')).body), /name="password"/)
})
