import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PERSON_NAME, PERSON_PASSWORD } from '@claviger/vault/testing'
import type { Answer } from '../../door.ts'
import { Authenticator, type Dishonesty } from './authenticator-under-test.ts'
import { personUnderTest, toProgram, unescaped, type Browser } from './person-under-test.ts'

const AUTHORIZE = '/organizations/oauth2/v2.0/authorize'

/** What the script of a page hands to the browser. */
function optionsOf(page: Answer): string {
  return unescaped(/data-options="([^"]*)"/.exec(String(page.body))?.[1] ?? '')
}

async function account(under: Awaited<ReturnType<typeof personUnderTest>>) {
  const visitor = under.browser()
  const door = await visitor.get('/common/account')
  await visitor.submit(door, 'password', { user_name: PERSON_NAME, password: PERSON_PASSWORD })
  return { visitor, page: await visitor.get('/common/account') }
}

function add(visitor: Browser, page: Answer, passkey: string, name = 'laptop'): Promise<Answer> {
  return visitor.submit(page, 'add-passkey', { name, passkey })
}

async function withPasskey() {
  const under = await personUnderTest()
  const { visitor, page } = await account(under)
  const authenticator = new Authenticator()
  const added = await add(visitor, page, authenticator.create(optionsOf(page)))
  assert.match(String(added.body), /The passkey was added/)
  const signIn = async (changed: Dishonesty = {}): Promise<Answer> => {
    const guest = under.browser()
    const asked = await guest.get(AUTHORIZE, under.wish().query)
    return await guest.submit(asked, 'passkey', { passkey: authenticator.get(optionsOf(asked), changed) })
  }
  return { under, visitor, authenticator, signIn, added }
}

test('a passkey is added in a session, and signs in without a password', async () => {
  const { signIn, added } = await withPasskey()
  assert.match(String(added.body), /Remove laptop/)
  assert.ok(toProgram(await signIn()).get('code'))
  assert.ok(toProgram(await signIn()).get('code'))
})

const dishonest: readonly (readonly [string, Dishonesty])[] = [
  ['another origin', { origin: 'https://login.example' }],
  ['another party', { rpId: 'example.com' }],
  ['another challenge', { challenge: 'AAAA' }],
  ['a count that goes back', { counter: 1 }],
  ['nobody verified', { flags: 0x01 }],
]

for (const [what, changed] of dishonest) {
  test(`a passkey with ${what} does not sign in`, async () => {
    const { signIn } = await withPasskey()
    toProgram(await signIn())
    const refused = await signIn(changed)
    assert.equal(refused.status, 400)
    assert.match(String(refused.body), /This passkey does not sign you in/)
  })
}

test('a passkey that was removed, or is another one, does not sign in', async () => {
  const { signIn, visitor, under } = await withPasskey()
  const other = new Authenticator()
  const guest = under.browser()
  const asked = await guest.get(AUTHORIZE, under.wish().query)
  other.create(JSON.stringify({ challenge: '', rp: { id: 'login.localhost' }, user: { id: Buffer.from(under.world.person.id).toString('base64url') } }))
  const refused = await guest.submit(asked, 'passkey', { passkey: other.get(optionsOf(asked)) })
  assert.match(String(refused.body), /does not sign you in/)
  const page = await visitor.get('/common/account')
  assert.match(String((await visitor.submit(page, 'remove-passkey')).body), /was removed/)
  assert.equal((await signIn()).status, 400)
  assert.match(String((await visitor.submit(page, 'remove-passkey')).body), /was removed/)
})

test('what a page hands out counts once, in one browser and for one purpose', async () => {
  const { under, authenticator } = await withPasskey()
  const guest = under.browser()
  const asked = await guest.get(AUTHORIZE, under.wish().query)
  const passkey = authenticator.get(optionsOf(asked))
  toProgram(await guest.submit(asked, 'passkey', { passkey }))
  const again = await guest.submit(asked, 'passkey', { passkey: authenticator.get(optionsOf(asked)) })
  assert.equal(again.status, 400)
  const other = under.browser()
  const elsewhere = await other.get(AUTHORIZE, under.wish().query)
  const { challenge } = JSON.parse(optionsOf(asked))
  const stolen = await other.submit(elsewhere, 'passkey', {
    passkey: authenticator.get(JSON.stringify({ challenge, rpId: 'login.localhost' })),
  })
  assert.equal(stolen.status, 400)
})

for (const [what, changed] of dishonest.filter(([name]) => !name.includes('count'))) {
  test(`a passkey with ${what} is not added`, async () => {
    const { visitor, page } = await account(await personUnderTest())
    const refused = await add(visitor, page, new Authenticator().create(optionsOf(page), changed))
    assert.equal(refused.status, 400)
    assert.match(String(refused.body), /was not added/)
  })
}

test('a passkey is added once for each page, and what is none is refused', async () => {
  const under = await personUnderTest()
  const { visitor, page } = await account(under)
  for (const nonsense of ['', '{}', 'null', '[]', 'x', '{"response":{}}', '{"id":1}']) {
    assert.match(String((await add(visitor, page, nonsense)).body), /was not added/)
  }
  assert.match(String((await add(visitor, page, new Authenticator().create(optionsOf(page)), ' ')).body), /was not added/)
  assert.match(String((await add(visitor, page, new Authenticator().create(optionsOf(page)))).body), /was added/)
  assert.match(String((await add(visitor, page, new Authenticator().create(optionsOf(page)))).body), /was not added/)
  const told = (await under.world.audit())
    .filter(({ operationName }) => operationName === 'DirectoryPasskeyAdd')
    .map(({ resultDescription, properties }) => [resultDescription, properties.httpStatusCode])
  assert.deepEqual(told, [['', 200], ['RequestReplayed', 400]])
})

test('a passkey is added shortly after a sign-in alone: a session that was left open adds none', async () => {
  const under = await personUnderTest()
  const { visitor, page } = await account(under)
  under.world.clock.advance(301)
  const refused = await add(visitor, page, new Authenticator().create(optionsOf(page)))
  assert.equal(refused.status, 403)
  assert.match(String(refused.body), /Sign in again before you add a passkey/)
  const later = await visitor.get('/common/account')
  assert.doesNotMatch(String(later.body), /value="add-passkey"/)
  const again = await visitor.submit(later, 'sign-in')
  await visitor.submit(again, 'password', { user_name: PERSON_NAME, password: PERSON_PASSWORD })
  const fresh = await visitor.get('/common/account')
  assert.match(String((await add(visitor, fresh, new Authenticator().create(optionsOf(fresh)))).body), /was added/)
})

test('a browser is told which passkeys there are, and a person after a change of the password', async () => {
  const { visitor, authenticator } = await withPasskey()
  const page = await visitor.get('/common/account')
  const { excludeCredentials } = JSON.parse(optionsOf(page))
  assert.deepEqual(excludeCredentials, [{ type: 'public-key', id: authenticator.id }])
  const next = 'a new and long password'
  const changed = await visitor.submit(page, 'change-password', { current: PERSON_PASSWORD, new: next, again: next })
  assert.match(String(changed.body), /These passkeys still sign in[\s\S]*<li>laptop<\/li>/)
})
