import assert from 'node:assert/strict'
import { hash, randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import { isFault, type SignInFailure } from '../fault.ts'
import { memoryPerson, PERSON_NAME, type MemoryPerson } from '../testing/memory-person.ts'
import type { Identity } from './identity.ts'
import { audienceOf } from './token-audience.ts'
import type { UserTokens } from './user-tokens.ts'

const CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
const REDIRECT = 'http://localhost:8400'
const AUDIENCE = 'https://vault.localhost:8443'
const VAULTS = audienceOf('vault', 'vault.localhost')
const FORM = { version: 'v2', audience: AUDIENCE } as const

async function fails(promise: Promise<unknown>, reason: SignInFailure): Promise<void> {
  await assert.rejects(
    promise,
    (thrown) => isFault(thrown, 'SignInFailed') && thrown.detail.reason === reason,
    reason,
  )
}

function pkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: hash('sha256', verifier, 'base64url') }
}

async function codeFor(world: MemoryPerson, changed: object = {}) {
  const { verifier, challenge } = pkce()
  const wanted = {
    client: CLI,
    confidential: false,
    redirectUri: REDIRECT,
    challenge,
    audience: AUDIENCE,
    nonce: 'n-1',
    offline: true,
    ...changed,
  }
  const { userTokens } = world.identityService
  const code = await userTokens.giveCode(world.first.tenant, await world.session(), wanted, world.request())
  const redeem = (other: object = {}, by: Identity = world.identityService): Promise<UserTokens> =>
    by.userTokens.redeemCode(
      world.first.tenant,
      { client: CLI, code, redirectUri: REDIRECT, verifier, ...other },
      { version: 'v2' },
      world.request(),
    )
  return { code, verifier, redeem }
}

function refresh(
  world: MemoryPerson,
  token: string | undefined,
  client = CLI,
  by: Identity = world.identityService,
): Promise<UserTokens> {
  return by.userTokens.refresh(world.first.tenant, client, token ?? '', FORM, world.request())
}

test('a code gives tokens that say who has signed in, by what and to which program', async () => {
  const world = await memoryPerson()
  const { redeem } = await codeFor(world)
  const tokens = await redeem()
  const access = decodeJwt(tokens.accessToken)
  const { person, first } = world
  assert.equal(access['oid'], person.id)
  assert.equal(access['scp'], 'user_impersonation')
  assert.equal(access['upn'], PERSON_NAME)
  assert.equal(access['unique_name'], PERSON_NAME)
  assert.equal(access['appid'], CLI)
  assert.equal(access['appidacr'], '0')
  assert.equal(access['idtyp'], undefined)
  assert.deepEqual(access['amr'], ['pwd'])
  assert.equal(access.aud, AUDIENCE)
  assert.equal(access['tid'], first.tenant.id)
  const id = decodeJwt(tokens.idToken)
  assert.equal(id.aud, CLI)
  assert.equal(id['nonce'], 'n-1')
  assert.equal(id['preferred_username'], PERSON_NAME)
  assert.equal(id['name'], 'Ada')
  assert.equal(id.sub, person.id)
  assert.equal(id.iss, `https://login.localhost:8443/${first.tenant.id}/v2.0`)
  const use = { tenant: first.tenant.id, audience: VAULTS, scope: first.vault.resourceId }
  const caller = await world.identityService.callerOf(tokens.accessToken, use, () => world.request())
  assert.equal(caller.principal, person.id)
  assert.equal(caller.userPrincipalName, PERSON_NAME)
  await assert.rejects(world.identityService.callerOf(tokens.idToken, use, () => world.request()))
  const entry = (await world.audit()).at(-2)
  assert.equal(entry?.properties.id, `applications/${CLI}`)
  assert.match(entry?.properties.decidedBy ?? '', /^credentials\//)
})

test('a code is redeemed once on all processes, and a second time ends what came of it', async () => {
  const world = await memoryPerson()
  const { redeem } = await codeFor(world)
  const settled = await Promise.allSettled([redeem(), redeem({}, world.anotherProcess()), redeem()])
  const won = settled.filter((one) => one.status === 'fulfilled')
  assert.equal(won.length, 1)
  await fails(redeem(), 'CodeRedeemed')
  await fails(refresh(world, won[0]?.value.refreshToken), 'RefreshTokenRevoked')
})

test('a code is bound to client, redirect and verifier, and ends after five minutes', async () => {
  const world = await memoryPerson()
  const { redeem, code } = await codeFor(world)
  await fails(redeem({ client: randomUUID() }), 'CodeOfAnotherClient')
  await fails(redeem({ redirectUri: 'http://localhost:8401' }), 'CodeForAnotherRedirect')
  await fails(redeem({ verifier: pkce().verifier }), 'CodeVerifierWrong')
  await fails(redeem({ verifier: '' }), 'CodeVerifierWrong')
  await fails(redeem({ code: '' }), 'CodeUnknown')
  await fails(redeem({ code: `${code.slice(0, -2)}AA` }), 'CodeUnknown')
  world.clock.advance(300)
  await fails(redeem(), 'CodeExpired')
})

test('without offline_access there is no refresh token', async () => {
  const world = await memoryPerson()
  const { redeem } = await codeFor(world, { offline: false })
  assert.equal((await redeem()).refreshToken, undefined)
})

test('a refresh token rotates, and gives tokens for other services', async () => {
  const world = await memoryPerson()
  const first = await (await codeFor(world)).redeem()
  const second = await world.identityService.userTokens.refresh(
    world.first.tenant, CLI, first.refreshToken ?? '',
    { version: 'v2', audience: 'https://graph.localhost:8443' }, world.request(),
  )
  assert.equal(decodeJwt(second.accessToken).aud, 'https://graph.localhost:8443')
  assert.notEqual(second.refreshToken, first.refreshToken)
  assert.ok(await refresh(world, second.refreshToken, CLI, world.anotherProcess()))
})

test('a token that was used before is taken again for a minute, then it ends the family', async () => {
  const world = await memoryPerson()
  const first = await (await codeFor(world)).redeem()
  const [one, other] = await Promise.all([
    refresh(world, first.refreshToken),
    refresh(world, first.refreshToken, CLI, world.anotherProcess()),
  ])
  assert.notEqual(one.refreshToken, other.refreshToken)
  const next = await refresh(world, one.refreshToken)
  await refresh(world, other.refreshToken)
  world.clock.advance(60)
  await fails(refresh(world, first.refreshToken), 'RefreshTokenReused')
  await fails(refresh(world, next.refreshToken), 'RefreshTokenRevoked')
  const reasons = (await world.audit()).map(({ resultDescription }) => resultDescription)
  assert.ok(reasons.includes('RefreshTokenReused'))
})

test('a refresh token is of one client, one tenant and three months', async () => {
  const world = await memoryPerson()
  const { refreshToken } = await (await codeFor(world)).redeem()
  await fails(refresh(world, refreshToken, randomUUID()), 'RefreshTokenOfAnotherClient')
  await fails(refresh(world, ''), 'RefreshTokenUnknown')
  await fails(refresh(world, 'A'.repeat(72)), 'RefreshTokenExpired')
  const elsewhere = { ...world.first.tenant, id: randomUUID() }
  const { userTokens } = world.identityService
  await fails(
    userTokens.refresh(elsewhere, CLI, refreshToken ?? '', FORM, world.request()),
    'RefreshTokenUnknown',
  )
  world.clock.advance(7_776_000)
  await fails(refresh(world, refreshToken), 'RefreshTokenExpired')
})

for (const [what, change, reason] of [
  ['revoked tokens', { revokeTokens: true }, 'RefreshTokenRevoked'],
  ['a disabled user', { enabled: false }, 'UserDisabled'],
] as const) {
  test(`refresh tokens, codes and approved devices end with ${what}`, async () => {
    const world = await memoryPerson()
    const { refreshToken } = await (await codeFor(world)).redeem()
    const { redeem } = await codeFor(world)
    const { poll, approve } = await deviceOf(world)
    await approve()
    const { vault, administrator, person } = world
    await vault.principals.update(administrator, { principal: person.id, ...change })
    await fails(refresh(world, refreshToken), reason)
    await fails(redeem(), reason)
    await fails(poll(), reason)
  })
}

async function deviceOf(world: MemoryPerson) {
  const { userTokens, devices } = world.identityService
  const { tenant } = world.first
  const wanted = { client: CLI, audience: AUDIENCE, offline: true, address: '192.0.2.9' }
  const { deviceCode, userCode } = await devices.start(tenant, wanted, world.request('192.0.2.9'))
  const poll = (client = CLI) =>
    userTokens.pollDevice(tenant, client, deviceCode, { version: 'v2' }, world.request())
  const approve = async (isApproved = true) =>
    devices.answer(tenant, await world.session(), userCode, isApproved, world.request())
  return { userCode, deviceCode, poll, approve }
}

test('a device waits, is told to slow down, and gets tokens once when a person approves', async () => {
  const world = await memoryPerson()
  const { userCode, poll, approve } = await deviceOf(world)
  assert.match(userCode, /^[BCDFGHJ-NP-TV-XZ]{4}-[BCDFGHJ-NP-TV-XZ]{4}$/)
  assert.equal(await poll(), 'pending')
  assert.equal(await poll(), 'slowDown')
  const { record } = await world.identityService.devices.waiting(
    userCode.toLowerCase().replace('-', ' '), world.request(),
  )
  assert.equal(record.address, '192.0.2.9')
  await approve()
  await fails(approve(), 'UserCodeWrong')
  world.clock.advance(5)
  const tokens = await poll()
  assert.ok(typeof tokens === 'object')
  assert.equal(decodeJwt(tokens.accessToken)['oid'], world.person.id)
  assert.ok(await refresh(world, tokens.refreshToken))
  world.clock.advance(5)
  await fails(poll(), 'DeviceCodeRedeemed')
})

test('a device that is declined, of another client, or too late gets nothing', async () => {
  const world = await memoryPerson()
  const declined = await deviceOf(world)
  await declined.approve(false)
  await fails(declined.poll(), 'DeviceCodeDeclined')
  const { poll, approve } = await deviceOf(world)
  await fails(poll(randomUUID()), 'DeviceCodeUnknown')
  world.clock.advance(900)
  await fails(poll(), 'DeviceCodeExpired')
  await fails(approve(), 'UserCodeWrong')
})

test('a code that nobody has is refused, and so is another tenant’s', async () => {
  const world = await memoryPerson()
  const { devices } = world.identityService
  for (const typed of ['', 'BCDF-GHJK', 'AEIO-UAEI', 'x'.repeat(9999)]) {
    await fails(devices.waiting(typed, world.request()), 'UserCodeWrong')
  }
  const { userCode } = await deviceOf(world)
  const elsewhere = { ...world.first.tenant, id: randomUUID() }
  const session = await world.session()
  await fails(
    devices.answer(elsewhere, session, userCode, true, world.request()),
    'UserCodeWrong',
  )
})

test('one address cannot let devices wait without end, and those of before are forgotten', async () => {
  const world = await memoryPerson()
  const kept = (): number =>
    [...world.contents.bodies.keys()].filter((key) => /device-(user-)?code\//.test(key)).length
  for (let count = 0; count < 10; count++) await deviceOf(world)
  await assert.rejects(deviceOf(world), (thrown) => isFault(thrown, 'TooManyRequests'))
  assert.equal(kept(), 20)
  world.clock.advance(1000)
  for (let count = 0; count < 3; count++) await deviceOf(world)
  assert.equal(kept(), 6)
})

test('nothing that a person or a program proves itself by is in audit or store', async () => {
  const world = await memoryPerson()
  const { code, verifier, redeem } = await codeFor(world)
  const tokens = await redeem()
  const device = await deviceOf(world)
  const ticket = await world.signIn()
  const next = await refresh(world, tokens.refreshToken)
  const texts = [
    JSON.stringify(await world.audit()),
    ...[...world.contents.bodies.values()].map(({ bytes }) => Buffer.from(bytes).toString('latin1')),
    ...world.contents.bodies.keys(),
  ]
  const secrets = [
    code, verifier, ticket, device.deviceCode, device.userCode, tokens.accessToken, tokens.idToken,
    tokens.refreshToken ?? '', next.refreshToken ?? '',
  ]
  for (const secret of secrets) {
    assert.ok(secret.length > 8)
    // The ids in the first half of a ticket name its record; its second half proves it.
    assert.ok(!texts.some((text) => text.includes(secret.slice(-32))))
  }
})
