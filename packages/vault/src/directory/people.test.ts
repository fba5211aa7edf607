import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { isFault, type SignInFailure } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryPerson, PERSON_NAME, PERSON_PASSWORD, type MemoryPerson } from '../testing/memory-person.ts'
import { PASSKEY_SIGN_IN, type UserProof } from './people.ts'
import { readTicket } from './ticket.ts'

async function fails(promise: Promise<unknown>, reason: SignInFailure): Promise<void> {
  await assert.rejects(
    promise,
    (thrown) => isFault(thrown, 'SignInFailed') && thrown.detail.reason === reason,
    reason,
  )
}

function byPassword(world: MemoryPerson, userName: string, password: string): Promise<string> {
  const proof = { kind: 'password', userName, password: Secret.fromText(password) } as const
  return world.identityService.people.signIn(world.first.tenant, proof, world.request())
}

test('a person signs in with the password and has a session on every process', async () => {
  const world = await memoryPerson()
  const { identityService, anotherProcess, first, person, audit } = world
  const ticket = await byPassword(world, PERSON_NAME.toUpperCase(), PERSON_PASSWORD)
  for (const process of [identityService, anotherProcess()]) {
    const session = await process.people.session(first.tenant, ticket)
    assert.equal(session?.principal.id, person.id)
    assert.deepEqual(session?.methods, ['pwd'])
  }
  const entry = (await audit()).at(-1)
  assert.equal(entry?.properties.id, `users/${person.id}`)
  assert.equal(entry?.operationName, 'Authentication')
  assert.match(entry?.properties.decidedBy ?? '', /^credentials\//)
})

test('wrong passwords and unknown names are refused, with the reason in the audit alone', async () => {
  const world = await memoryPerson()
  await fails(byPassword(world, PERSON_NAME, 'wrong'), 'PasswordWrong')
  await fails(byPassword(world, 'nobody@example.com', PERSON_PASSWORD), 'UserUnknown')
  await fails(byPassword(world, PERSON_PASSWORD, PERSON_PASSWORD), 'UserUnknown')
  await fails(byPassword(world, '', ''), 'UserUnknown')
  await fails(byPassword(world, 'x'.repeat(100_000), 'y'.repeat(100_000)), 'UserUnknown')
  const entries = await world.audit()
  assert.deepEqual(
    entries.slice(-5).map(({ resultDescription }) => resultDescription),
    ['PasswordWrong', 'UserUnknown', 'UserUnknown', 'UserUnknown', 'UserUnknown'],
  )
  const [known, unknown] = entries.slice(-5).map(({ properties }) => properties.id)
  assert.deepEqual([known, unknown], [`users/${world.person.id}`, 'users'])
  assert.ok(!JSON.stringify(entries).includes(PERSON_PASSWORD))
})

test('a user without a password has none that fits', async () => {
  const world = await memoryPerson()
  const userPrincipalName = 'bob@example.com'
  const input = { kind: 'user', displayName: 'Bob', userPrincipalName } as const
  await world.vault.principals.create(world.administrator, input)
  await fails(byPassword(world, userPrincipalName, ''), 'PasswordWrong')
})

test('only who knows the password is told that the user is disabled', async () => {
  const world = await memoryPerson()
  const { vault, administrator, person } = world
  await vault.principals.update(administrator, { principal: person.id, enabled: false })
  await fails(byPassword(world, PERSON_NAME, 'wrong'), 'PasswordWrong')
  await fails(byPassword(world, PERSON_NAME, PERSON_PASSWORD), 'UserDisabled')
})

test('too many wrong passwords for a name are refused from everywhere but where she was before', async () => {
  const world = await memoryPerson()
  await world.signIn('192.0.2.1')
  const attempt = (address: string): Promise<string> =>
    world.identityService.people.signIn(
      world.first.tenant,
      { kind: 'password', userName: PERSON_NAME, password: Secret.fromText('wrong') },
      world.request(address),
    )
  for (let count = 0; count < 30; count++) await fails(attempt(`198.51.100.${count}`), 'PasswordWrong')
  await assert.rejects(world.signIn('203.0.113.1'), (thrown) => isFault(thrown, 'TooManyRequests'))
  await world.signIn('192.0.2.1')
})

test('a name that is spelled in two ways has as many tries as one', async () => {
  const world = await memoryPerson()
  const attempt = (count: number): Promise<string> =>
    world.identityService.people.signIn(
      world.first.tenant,
      {
        kind: 'password',
        userName: 'ren\u00e9e@example.com'.normalize(count % 2 === 0 ? 'NFC' : 'NFD'),
        password: Secret.fromText('wrong'),
      },
      world.request(`198.51.100.${count}`),
    )
  for (let count = 0; count < 30; count++) await fails(attempt(count), 'UserUnknown')
  for (const count of [30, 31]) {
    await assert.rejects(attempt(count), (thrown) => isFault(thrown, 'TooManyRequests'))
  }
})

const endings: readonly (readonly [string, (world: MemoryPerson) => Promise<unknown>])[] = [
  ['half a day', async ({ clock }) => clock.advance(43_200)],
  ['revoked tokens', ({ vault, administrator, person }) =>
    vault.principals.update(administrator, { principal: person.id, revokeTokens: true })],
  ['a disabled user', ({ vault, administrator, person }) =>
    vault.principals.update(administrator, { principal: person.id, enabled: false })],
  ['a deleted user', ({ vault, administrator, person }) =>
    vault.principals.delete(administrator, { principal: person.id })],
  ['a new password', ({ vault, administrator, person }) =>
    vault.users.setPassword(administrator, {
      principal: person.id,
      password: Secret.fromText('another long password'),
    })],
]

for (const [what, end] of endings) {
  test(`a session ends with ${what}`, async () => {
    const world = await memoryPerson()
    const { people } = world.identityService
    const ticket = await world.signIn()
    assert.ok(await people.session(world.first.tenant, ticket))
    await end(world)
    assert.equal(await people.session(world.first.tenant, ticket), undefined)
  })
}

test('right after a revocation a new sign-in is good', async () => {
  const world = await memoryPerson()
  const { vault, administrator, person, identityService, first } = world
  await vault.principals.update(administrator, { principal: person.id, revokeTokens: true })
  assert.ok(await identityService.people.session(first.tenant, await world.signIn()))
})

test('signing out ends the session, and nobody else’s', async () => {
  const world = await memoryPerson()
  const { identityService, first, request } = world
  const [one, other] = [await world.signIn(), await world.signIn()]
  await identityService.people.signOut(first.tenant, one, request())
  await identityService.people.signOut(first.tenant, 'nonsense', request())
  assert.equal(await identityService.people.session(first.tenant, one), undefined)
  assert.ok(await identityService.people.session(first.tenant, other))
})

test('a ticket whose secret is another is no session', async () => {
  const world = await memoryPerson()
  const ticket = await world.signIn()
  const last = ticket.endsWith('A') ? 'B' : 'A'
  const forged = `${ticket.slice(0, -1)}${last}`
  assert.ok(readTicket(forged))
  const { people } = world.identityService
  assert.equal(await people.session(world.first.tenant, forged), undefined)
})

test('expired sessions are forgotten as new ones come', async () => {
  const world = await memoryPerson()
  for (let count = 0; count < 3; count++) await world.signIn()
  const sessions = (): number =>
    [...world.contents.bodies.keys()].filter((key) => key.includes('/sign-in-session/')).length
  assert.equal(sessions(), 3)
  world.clock.advance(50_000)
  await world.signIn()
  assert.equal(sessions(), 1)
})

test('people change their own password, when they know it, and are signed out by it', async () => {
  const world = await memoryPerson()
  const { vault, identityService, first, request } = world
  const ticket = await world.signIn()
  const session = await identityService.people.session(first.tenant, ticket)
  assert.ok(session)
  const call = { caller: identityService.people.callerOf(first.tenant, session), request: request() }
  const password = Secret.fromText('a new and long password')
  const wrong = { current: Secret.fromText('wrong'), password }
  await fails(vault.self.changePassword(call, wrong), 'PasswordWrong')
  await vault.self.changePassword(call, { current: Secret.fromText(PERSON_PASSWORD), password })
  assert.equal(await identityService.people.session(first.tenant, ticket), undefined)
  await fails(byPassword(world, PERSON_NAME, PERSON_PASSWORD), 'PasswordWrong')
  await byPassword(world, PERSON_NAME, 'a new and long password')
  const listed = await vault.credentials.list(world.administrator, { principal: world.person.id })
  assert.deepEqual(listed.map(({ kind }) => kind), ['password'])
})

async function withPasskey() {
  const world = await memoryPerson()
  const { vault, identityService, first, request } = world
  const { people } = identityService
  const caller = people.callerOf(first.tenant, await world.session())
  const added = { displayName: 'laptop', passkeyId: 'cGFzcw', publicKey: 'a2V5', counter: 4, transports: ['internal'] }
  await vault.self.addPasskey({ caller, request: request() }, added)
  const challenge = (): Promise<string> =>
    people.challenge(first.tenant, { purpose: PASSKEY_SIGN_IN, binding: 'browser' })
  const proof = (challenge: string, changed: object = {}, count: number | undefined = 5): UserProof => ({
    kind: 'passkey',
    passkey: { user: world.person.id, passkeyId: 'cGFzcw', verify: async () => count, ...changed },
    challenge,
    binding: 'browser',
  })
  const signIn = (one: UserProof): Promise<string> => people.signIn(first.tenant, one, request())
  return { world, challenge, proof, signIn }
}

test('a passkey signs in once for each challenge, and its count is kept', async () => {
  const { world, challenge, proof, signIn } = await withPasskey()
  const text = await challenge()
  const ticket = await signIn(proof(text))
  const session = await world.identityService.people.session(world.first.tenant, ticket)
  assert.deepEqual(session?.methods, ['fido', 'mfa'])
  await fails(signIn(proof(text)), 'ChallengeWrong')
  let seen = 0
  const verify = async ({ counter }: { readonly counter: number }): Promise<number> => (seen = counter)
  await signIn(proof(await challenge(), { verify }))
  assert.equal(seen, 5)
})

test('a passkey that does not fit, or comes with another challenge, is refused', async () => {
  const { world, challenge, proof, signIn } = await withPasskey()
  const refused = { kind: 'passkey', challenge: await challenge(), binding: 'browser' } as const
  const passkey = { user: world.person.id, passkeyId: 'cGFzcw', verify: async () => undefined }
  await fails(signIn({ ...refused, passkey }), 'PasskeyWrong')
  await fails(signIn(proof(await challenge(), { passkeyId: 'b3RoZXI' })), 'PasskeyWrong')
  await fails(signIn(proof(await challenge(), { user: randomUUID() })), 'UserUnknown')
  await fails(signIn(proof(await challenge(), { user: 'x' })), 'UserUnknown')
  for (const text of ['', 'nonsense', 'A'.repeat(9999)]) await fails(signIn(proof(text)), 'ChallengeWrong')
  const other = await world.identityService.people.challenge(world.first.tenant, {
    purpose: 'another',
    binding: 'browser',
  })
  await fails(signIn(proof(other)), 'ChallengeWrong')
  const stolen = { ...proof(await challenge()), binding: 'elsewhere' } as UserProof
  await fails(signIn(stolen), 'ChallengeWrong')
  const old = await challenge()
  world.clock.advance(600)
  await fails(signIn(proof(old)), 'ChallengeWrong')
})

test('people take their own passkeys away, and no other credential', async () => {
  const { world } = await withPasskey()
  const { vault, identityService, first, request } = world
  const caller = identityService.people.callerOf(first.tenant, await world.session())
  const call = { caller, request: request() }
  const listed = await vault.self.listCredentials(call, {})
  const idOf = (kind: string): string => listed.find((one) => one.kind === kind)?.id ?? ''
  await assert.rejects(
    vault.self.removePasskey(call, { credential: idOf('password') }),
    (thrown) => isFault(thrown, 'InvalidInput'),
  )
  await vault.self.removePasskey(call, { credential: idOf('passkey') })
  assert.equal((await vault.self.listCredentials(call, {})).length, 1)
})

const identity = { issuer: 'https://id.example.com', subject: '248289761001' }

test('a user of an external provider is made once, without any rights, and known again', async () => {
  const world = await memoryPerson()
  const { identityService, first, request } = world
  const { people } = identityService
  const proof = { kind: 'external', identity } as const
  await fails(people.signIn(first.tenant, proof, request()), 'ExternalIdentityUnknown')
  const make = { displayName: 'Bob', userName: 'bob@example.com' }
  const ticket = await people.signIn(first.tenant, { ...proof, make }, request())
  const session = await people.session(first.tenant, ticket)
  assert.deepEqual(session?.methods, ['fed'])
  const again = await people.session(first.tenant, await people.signIn(first.tenant, proof, request()))
  assert.equal(again?.user, session?.user)
  await fails(byPassword(world, 'bob@example.com', ''), 'PasswordWrong')
})

test('a user name that somebody has already is not taken over, unless the operator links it', async () => {
  const world = await memoryPerson()
  const { vault, administrator, identityService, first, person, request } = world
  const make = { displayName: 'Ada', userName: PERSON_NAME }
  const signIn = (): Promise<string> =>
    identityService.people.signIn(first.tenant, { kind: 'external', identity, make }, request())
  await fails(signIn(), 'ExternalIdentityUnknown')
  const link = await vault.users.linkIdentity(administrator, { principal: person.id, ...identity })
  const session = await identityService.people.session(first.tenant, await signIn())
  assert.equal(session?.user, person.id)
  await vault.credentials.delete(administrator, { principal: person.id, credential: link.id })
  await fails(signIn(), 'ExternalIdentityUnknown')
})
