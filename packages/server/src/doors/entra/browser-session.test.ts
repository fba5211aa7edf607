import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '@claviger/vault'
import { PERSON_NAME, PERSON_PASSWORD } from '@claviger/vault/testing'
import { CLI, personUnderTest, toProgram } from './person-under-test.ts'

const AUTHORIZE = '/organizations/oauth2/v2.0/authorize'
const SESSION = '__Host-claviger-session'
const LOGOUT = '/common/oauth2/v2.0/logout'

/** Somebody of a second tenant as well, with the same password. */
async function twoTenants() {
  const under = await personUnderTest()
  const { vault, administrator, callBy, clock } = under.world
  const made = await vault.tenants.create(administrator, { displayName: 'second' })
  const second = made.tenant.id
  const owner = callBy(made.administrator.principal.id, second)
  const userPrincipalName = 'grace@example.org'
  const grace = { kind: 'user', displayName: 'Grace', userPrincipalName } as const
  const { id } = await vault.principals.create(owner, grace)
  const password = Secret.fromText(PERSON_PASSWORD)
  await vault.users.setPassword(owner, { principal: id, password })
  clock.advance(1)
  const visitor = under.browser()
  const enter = async (tenant: string, user_name: string): Promise<void> => {
    const page = await visitor.get(`/${tenant}/account`)
    const entered = await visitor.submit(page, 'password', { user_name, password: PERSON_PASSWORD })
    assert.equal(entered.status, 303, String(entered.body))
  }
  const isIn = async (tenant: string, cookie: string | undefined): Promise<boolean> => {
    assert.ok(cookie !== undefined)
    const page = await under.send({ path: `/${tenant}/account`, headers: { cookie: `${SESSION}=${cookie}` } })
    return String(page.body).includes('You are signed in as')
  }
  return { ...under, visitor, second, enter, isIn, graceName: userPrincipalName }
}

test('signing out ends the session of the browser, whichever tenant it is of', async () => {
  const { visitor, second, enter, isIn, graceName } = await twoTenants()
  await enter(second, graceName)
  const cookie = visitor.cookies.get(SESSION)
  assert.ok(await isIn(second, cookie))
  const page = await visitor.get(LOGOUT)
  assert.match(String(page.body), /You are signed in as grace@example\.org/)
  assert.match(String((await visitor.submit(page, 'sign-out')).body), /You are signed out/)
  assert.equal(visitor.cookies.has(SESSION), false)
  assert.equal(await isIn(second, cookie), false)
})

test('a sign-in at one tenant ends the session that the browser had at another', async () => {
  const { visitor, tenant, second, enter, isIn, graceName } = await twoTenants()
  await enter(second, graceName)
  const former = visitor.cookies.get(SESSION)
  await enter(tenant, PERSON_NAME)
  assert.ok(await isIn(tenant, visitor.cookies.get(SESSION)))
  assert.equal(await isIn(tenant, former), false)
  assert.equal(await isIn(second, former), false)
})

test('a cookie that names another tenant than its session is of, or none, is no session', async () => {
  const { visitor, tenant, second, enter, isIn } = await twoTenants()
  await enter(tenant, PERSON_NAME)
  const [, ticket = ''] = (visitor.cookies.get(SESSION) ?? '').split('.')
  for (const cookie of [`${second}.${ticket}`, ticket, `.${ticket}`, `${tenant}.`, `/../.${ticket}`, `${'x'.repeat(9000)}.${ticket}`]) {
    assert.equal(await isIn(tenant, cookie), false, cookie)
    assert.equal(await isIn(second, cookie), false, cookie)
  }
})

test('a program that wants a new sign-in gets no code for the session that was there', async () => {
  const { browser, wish, signIn } = await personUnderTest()
  const visitor = browser()
  toProgram(await signIn(visitor, wish().query))
  const page = await visitor.get(AUTHORIZE, wish({ prompt: 'login' }).query)
  const refused = await visitor.submit(page, 'cancel', { step: 'continue' })
  assert.equal(refused.headers['Location'], undefined)
  assert.match(String(refused.body), /name="password"/)
})

test('signing out leads back to a native program: its scheme stands in the policy of the page', async () => {
  const { browser, wish, signIn, world } = await personUnderTest()
  const { vault, administrator } = world
  const back = 'claviger-notes://signed-out'
  const attributes = { publicClient: { redirectUris: [back] } }
  const { appId } = await vault.applications.create(administrator, { displayName: 'notes', attributes })
  await vault.applications.createPrincipal(administrator, { appId })
  const visitor = browser()
  await signIn(visitor, wish({ client_id: CLI }).query)
  const query = new URLSearchParams({ client_id: appId, post_logout_redirect_uri: back }).toString()
  const page = await visitor.get(LOGOUT, query)
  assert.match(page.headers['Content-Security-Policy'] ?? '', /form-action 'self' claviger-notes:$/)
  assert.equal((await visitor.submit(page, 'sign-out')).headers['Location'], back)
})
