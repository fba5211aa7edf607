import assert from 'node:assert/strict'
import { hash, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import { isFault, type SignInFailure } from '../fault.ts'
import { memoryPerson, type MemoryPerson } from '../testing/memory-person.ts'
import type { Identity } from './identity.ts'
import { MAXIMUM_FAMILIES } from './refresh-families.ts'
import { audienceOf } from './token-audience.ts'
import type { UserTokenForm, UserTokens } from './user-tokens.ts'

// What several do with codes and refresh tokens at a time, some of them to do harm.

const CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
const REDIRECT = 'http://localhost:8400'
const AUDIENCE = 'https://vault.localhost:8443'
const VAULTS = audienceOf('vault', 'vault.localhost')
const FORM = { version: 'v2' } as const

function hasFailed(thrown: unknown, reason: SignInFailure): boolean {
  return isFault(thrown, 'SignInFailed') && thrown.detail.reason === reason
}

async function codeFor(world: MemoryPerson, confidential = false) {
  const { identityService, first } = world
  const session = await world.session()
  const verifier = randomBytes(32).toString('base64url')
  const challenge = hash('sha256', verifier, 'base64url')
  const asked = { client: CLI, confidential, redirectUri: REDIRECT, challenge }
  const wanted = { ...asked, audience: AUDIENCE, offline: true }
  const give = (): Promise<string> =>
    identityService.userTokens.giveCode(first.tenant, session, wanted, world.request())
  const code = await give()
  const proof = { client: CLI, code, redirectUri: REDIRECT, verifier }
  const redeem = (form: UserTokenForm = FORM, by = identityService): Promise<UserTokens> =>
    by.userTokens.redeemCode(first.tenant, proof, form, world.request())
  const another = async (): Promise<UserTokens> => {
    const next = { ...proof, code: await give() }
    return await identityService.userTokens.redeemCode(first.tenant, next, FORM, world.request())
  }
  return { give, redeem, another }
}

function refresh(
  { identityService, first, request }: MemoryPerson,
  token: string | undefined,
  by: Identity = identityService,
): Promise<UserTokens> {
  return by.userTokens.refresh(first.tenant, CLI, token ?? '', FORM, request())
}

/** Revokes the person's tokens around the next commit. */
function revokeAtCommit({ store, vault, administrator, person }: MemoryPerson) {
  const commit = store.commit.bind(store)
  const revoke = async (): Promise<void> => {
    store.commit = commit
    await vault.principals.update(administrator, { principal: person.id, revokeTokens: true })
  }
  return {
    before: () => {
      store.commit = async (change) => {
        await revoke()
        await commit(change)
      }
    },
    after: (further: () => void) => {
      store.commit = async (change) => {
        await commit(change)
        await revoke()
        further()
      }
    },
  }
}

test('a revocation that comes while a refresh token is used refuses it', async () => {
  const world = await memoryPerson()
  const { refreshToken } = await (await codeFor(world)).redeem()
  revokeAtCommit(world).before()
  await assert.rejects(refresh(world, refreshToken), (thrown) =>
    hasFailed(thrown, 'RefreshTokenRevoked'),
  )
})

for (const [what, seconds] of [['at once', 0], ['a second later', 1]] as const) {
  test(`a token that is signed ${what} after a revocation does not outlive it`, async () => {
    const world = await memoryPerson()
    const { refreshToken } = await (await codeFor(world)).redeem()
    revokeAtCommit(world).after(() => world.clock.advance(seconds))
    const { accessToken } = await refresh(world, refreshToken)
    const { first, identityService, request } = world
    const use = { tenant: first.tenant.id, audience: VAULTS, scope: first.vault.resourceId }
    await assert.rejects(
      identityService.callerOf(accessToken, use, () => request()),
      (thrown) => isFault(thrown, 'TokenInvalid') && thrown.detail.reason === 'Revoked',
    )
  })
}

test('a revocation on its way to the store covers what is given meanwhile', async () => {
  const world = await memoryPerson()
  const { store, vault, administrator, person, first, identityService, request } = world
  const { refreshToken } = await (await codeFor(world)).redeem()
  const commit = store.commit.bind(store)
  let tokens: UserTokens | undefined
  store.commit = async (change) => {
    store.commit = commit
    world.clock.advance(1)
    tokens = await refresh(world, refreshToken)
    await commit(change)
  }
  await vault.principals.update(administrator, { principal: person.id, revokeTokens: true })
  const use = { tenant: first.tenant.id, audience: VAULTS, scope: first.vault.resourceId }
  await assert.rejects(
    identityService.callerOf(tokens?.accessToken ?? '', use, () => request()),
    (thrown) => isFault(thrown, 'TokenInvalid') && thrown.detail.reason === 'Revoked',
  )
})

test('what is right is taken however much is wrong that comes from the same address', async () => {
  const world = await memoryPerson()
  const { redeem } = await codeFor(world)
  const wrong = Array.from({ length: 200 }, () =>
    refresh(world, randomBytes(54).toString('base64url')),
  )
  const refused = await Promise.allSettled(wrong)
  const limited = refused.filter(
    (one) => one.status === 'rejected' && isFault(one.reason, 'TooManyRequests'),
  )
  assert.equal(limited.length, 140)
  const { refreshToken } = await redeem()
  assert.ok(await refresh(world, refreshToken))
  assert.ok(await world.signIn())
})

test('who is signed in approves a device whoever guesses codes at the same address', async () => {
  const world = await memoryPerson()
  const { devices } = world.identityService
  const { tenant } = world.first
  const session = await world.session()
  const wanted = { client: CLI, audience: AUDIENCE, offline: true, address: '192.0.2.9' }
  const { userCode } = await devices.start(tenant, wanted, world.request())
  const guesses = Array.from({ length: 61 }, () => devices.waiting('BBBBBBBB', world.request()))
  await Promise.allSettled(guesses)
  await assert.rejects(devices.waiting(userCode, world.request()), (thrown) =>
    isFault(thrown, 'TooManyRequests'),
  )
  await devices.answer(tenant, session, userCode, true, world.request())
})

test('codes are given to many at a time while those of before are forgotten', async () => {
  const world = await memoryPerson()
  const { give } = await codeFor(world)
  for (let count = 0; count < 49; count++) await give()
  world.clock.advance(4000)
  await Promise.all(Array.from({ length: 48 }, give))
  const kept = [...world.contents.bodies.keys()].filter((key) => /sign-in-code\//.test(key))
  assert.equal(kept.length, 48)
})

test('one code shown sixty times at a time is redeemed once and refused as such', async () => {
  const world = await memoryPerson()
  const { redeem } = await codeFor(world)
  const processes = [world.identityService, world.anotherProcess()]
  const shown = Array.from({ length: 60 }, (_, index) => redeem(FORM, processes[index % 2]))
  const refused = (await Promise.allSettled(shown)).filter(({ status }) => status === 'rejected')
  assert.equal(refused.length, 59)
  for (const one of refused) {
    assert.ok(one.status === 'rejected' && hasFailed(one.reason, 'CodeRedeemed'))
  }
})

test('one refresh token used many times at a time serves all of them', async () => {
  const world = await memoryPerson()
  const { refreshToken } = await (await codeFor(world)).redeem()
  const processes = [world.identityService, world.anotherProcess()]
  const used = Array.from({ length: 20 }, (_, index) =>
    refresh(world, refreshToken, processes[index % 2]),
  )
  assert.equal(new Set((await Promise.all(used)).map((one) => one.refreshToken)).size, 20)
})

test('a program that had to prove itself for a code has to do so when it redeems it', async () => {
  const world = await memoryPerson()
  const { redeem } = await codeFor(world, true)
  await assert.rejects(redeem(), (thrown) => hasFailed(thrown, 'NoMatchingCredential'))
  assert.ok(await redeem({ ...FORM, isProved: true }))
})

test('a refresh that names no audience is for the one of before', async () => {
  const world = await memoryPerson()
  const { refreshToken } = await (await codeFor(world)).redeem()
  assert.equal(decodeJwt((await refresh(world, refreshToken)).accessToken).aud, AUDIENCE)
})

test('of the sign-ins of a person to one program the oldest end, all with the person', async () => {
  const world = await memoryPerson()
  const { vault, administrator, person, contents } = world
  const kept = (kind: RegExp): number =>
    [...contents.bodies.keys()].filter((key) => kind.test(key)).length
  const first = await (await codeFor(world)).redeem()
  const session = await codeFor(world)
  const others = Array.from({ length: MAXIMUM_FAMILIES }, async () => session.another())
  const [last] = (await Promise.all(others)).slice(-1)
  assert.equal(kept(/refresh-token\//), MAXIMUM_FAMILIES)
  await assert.rejects(refresh(world, first.refreshToken), (thrown) =>
    hasFailed(thrown, 'RefreshTokenUnknown'),
  )
  assert.ok(await refresh(world, last?.refreshToken))
  await vault.principals.delete(administrator, { principal: person.id })
  assert.equal(kept(/refresh-families\//), 0)
})

test('a program that asks for codes in a loop is told to wait', async () => {
  const world = await memoryPerson()
  const { give } = await codeFor(world)
  const asked = await Promise.allSettled(Array.from({ length: 310 }, give))
  const limited = asked.filter(
    (one) => one.status === 'rejected' && isFault(one.reason, 'TooManyRequests'),
  )
  assert.equal(limited.length, 11)
})
