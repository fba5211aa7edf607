import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeProtectedHeader } from 'jose'
import { Secret } from '../seal/secret.ts'
import { memoryIdentity, textOf, type MemoryIdentity } from '../testing/memory-identity.ts'
import { systemCall } from './authenticate-system.ts'
import { scheduleOf } from './issuer-key.ts'
import { audienceOf } from './token-audience.ts'

const VAULTS = audienceOf('vault', 'vault.localhost')

async function opened() {
  const world = await memoryIdentity({ tokenLifetimeSeconds: 86_400 })
  const { tenant, administrator } = world.first
  return {
    world,
    tenant,
    call: systemCall('test', tenant.id),
    secret: textOf(administrator.credential),
  }
}

async function newToken(world: MemoryIdentity, by = world.identityService): Promise<string> {
  const { tenant, administrator } = world.first
  const { accessToken } = await by.grantToClient(
    {
      tenant,
      clientId: administrator.principal.appId ?? '',
      proof: { kind: 'secret', secret: Secret.fromText(textOf(administrator.credential)) },
      audience: 'https://vault.localhost',
    },
    world.request(),
  )
  return accessToken
}

function use(world: MemoryIdentity, token: string, by = world.identityService) {
  const { tenant, vault } = world.first
  return by.callerOf(
    token,
    { tenant: tenant.id, audience: VAULTS, scope: vault.resourceId },
    () => world.request(),
  )
}

function kidOf(token: string): string {
  return decodeProtectedHeader(token).kid ?? ''
}

async function publishedKids(
  world: MemoryIdentity,
  by = world.identityService,
): Promise<readonly string[]> {
  return (await by.publishedKeys(world.first.tenant)).map(({ kid }) => kid)
}

test('a new key is published before it signs, and the one before it verifies for as long as a token lives', async () => {
  const { world, call } = await opened()
  const other = world.anotherProcess()
  const before = await newToken(world)
  assert.deepEqual(await publishedKids(world, other), [kidOf(before)])
  const { kid } = await world.vault.issuerKeys.rotate(call, {})
  assert.deepEqual(await publishedKids(world, other), [kidOf(before), kid])
  world.clock.advance(599)
  const between = await newToken(world)
  assert.equal(kidOf(between), kidOf(before))
  world.clock.advance(1)
  const after = await newToken(world, other)
  assert.equal(kidOf(after), kid)
  for (const token of [before, between, after]) await use(world, token, other)
  world.clock.advance(86_399)
  await use(world, after, other)
  assert.equal((await publishedKids(world)).length, 2)
  world.clock.advance(2)
  assert.deepEqual(await publishedKids(world), [kid])
})

test('after a compromise the new key signs at once and no older token is taken, on any process', async () => {
  const { world, call } = await opened()
  const other = world.anotherProcess()
  const before = await newToken(world)
  await use(world, before)
  await use(world, before, other)
  const { kid } = await world.vault.issuerKeys.rotate(call, { compromised: true })
  const refused = {
    code: 'TokenInvalid',
    detail: { reason: 'KeyUnknown', found: before.split('.')[0] },
  }
  await assert.rejects(use(world, before), refused)
  await assert.rejects(use(world, before, other), refused)
  const after = await newToken(world)
  assert.equal(kidOf(after), kid)
  await use(world, after, other)
})

test('rotating again and again keeps no more keys than tokens need', async () => {
  const { world, call } = await opened()
  for (let count = 0; count < 4; count++) {
    await world.vault.issuerKeys.rotate(call, {})
    world.clock.advance(2 * 86_400)
  }
  await world.vault.issuerKeys.rotate(call, {})
  assert.equal((await publishedKids(world)).length, 2)
})

test('a rotation is audited, and its entry and the store hold no private key', async () => {
  const { world, call } = await opened()
  const { kid } = await world.vault.issuerKeys.rotate(call, {})
  const entry = (await world.audit()).at(-1)
  assert.equal(entry?.operationName, 'IssuerKeyRotate')
  assert.equal(entry?.properties.id, `issuerKeys/${kid}`)
  for (const { bytes } of world.contents.bodies.values())
    assert.ok(!Buffer.from(bytes).includes(kid))
})

test('a clock that was set back before every key still signs', async () => {
  const { world } = await opened()
  world.clock.advance(-86_400)
  await newToken(world)
})

test('keys sign in the order of their times', () => {
  const key = (kid: string, signsFrom: number) => ({
    kid,
    signsFrom,
    createdAt: 0,
    publicJwk: { kty: 'RSA', n: '', e: '' } as const,
  })
  const schedule = scheduleOf([key('c', 300), key('a', 100), key('b', 200)])
  assert.deepEqual(
    schedule.map(({ key: { kid }, verifiesUntil }) => [kid, verifiesUntil]),
    [
      ['a', 200 + 86_400],
      ['b', 300 + 86_400],
      ['c', Number.POSITIVE_INFINITY],
    ],
  )
})
