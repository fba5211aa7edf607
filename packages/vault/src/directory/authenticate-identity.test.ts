import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { decodeJwt } from 'jose'
import { isFault, type SignInFailure } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryIdentity, textOf, type MemoryIdentity } from '../testing/memory-identity.ts'
import type { IdentityChoice, IdentityProof } from './authenticate-identity.ts'
import { managedIdentityResourceId } from './managed-identity.ts'

function grant(world: MemoryIdentity, proof: IdentityProof, choice: IdentityChoice = {}) {
  const order = { tenant: world.first.tenant, proof, choice, audience: 'https://vault.localhost' }
  return world.identityService.grantToIdentity(order, world.request('127.0.0.1'))
}

function byHeader(header: string): IdentityProof {
  return { kind: 'header', header: Secret.fromText(header) }
}

async function fails(promise: Promise<unknown>, reason: SignInFailure): Promise<void> {
  await assert.rejects(
    promise,
    (thrown) => isFault(thrown, 'SignInFailed') && thrown.detail.reason === reason,
  )
}

test('the identity header is worth a token that names the identity', async () => {
  const world = await memoryIdentity()
  const { principal, credential } = world.first.identity
  const resourceId = managedIdentityResourceId(world.first.tenant, principal)
  for (const choice of [
    {},
    { clientId: principal.appId?.toUpperCase() ?? '' },
    { objectId: principal.id },
    { resourceId },
  ]) {
    const token = await grant(world, byHeader(textOf(credential)), choice)
    assert.equal(token.appId, principal.appId)
    const claims = decodeJwt(token.accessToken)
    assert.equal(claims['oid'], principal.id)
    assert.equal(claims['xms_mirid'], resourceId)
    assert.equal(claims['appidacr'], '2')
  }
  assert.ok(!JSON.stringify(await world.audit()).includes(textOf(credential)))
})

test('whoever asks for another identity gets none', async () => {
  const world = await memoryIdentity()
  const proof = byHeader(textOf(world.first.identity.credential))
  for (const choice of [
    { clientId: randomUUID() },
    { objectId: randomUUID() },
    { resourceId: '/' },
  ]) {
    await fails(grant(world, proof, choice), 'IdentityUnknown')
  }
})

test('any other header is refused', async () => {
  const world = await memoryIdentity()
  const { principal, credential } = world.first.identity
  const good = textOf(credential)
  const application = await world.application('one')
  for (const header of [
    '',
    '.',
    `${good}x`,
    good.slice(0, -1),
    good.slice(0, 37),
    `${randomUUID()}.${good.slice(37)}`,
    `${application.principal.appId}.${application.secret}`,
    `${principal.appId}.${application.secret}`,
    'x'.repeat(10_000),
    '\u0000'.repeat(36) + '.x',
  ]) {
    await fails(grant(world, byHeader(header)), 'IdentityHeaderWrong')
  }
})

test('a disabled identity gets no token', async () => {
  const world = await memoryIdentity()
  const { principal, credential } = world.first.identity
  await world.vault.principals.update(world.administrator, {
    principal: principal.id,
    enabled: false,
  })
  await fails(grant(world, byHeader(textOf(credential))), 'ApplicationDisabled')
})

test('an identity that the configuration gives everybody needs no header, an application cannot be given', async () => {
  const world = await memoryIdentity()
  const { identity, administrator } = world.first
  const token = await grant(world, { kind: 'machine', clientId: identity.principal.appId ?? '' })
  assert.equal(token.appId, identity.principal.appId)
  await fails(
    grant(world, { kind: 'machine', clientId: administrator.principal.appId ?? '' }),
    'IdentityUnknown',
  )
  await fails(grant(world, { kind: 'machine', clientId: randomUUID() }), 'IdentityUnknown')
})
