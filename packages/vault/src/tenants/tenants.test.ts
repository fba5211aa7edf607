import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../seal/secret.ts'
import { isFault } from '../fault.ts'
import { audienceOf } from '../directory/token-audience.ts'
import { memoryIdentity, textOf } from '../testing/memory-identity.ts'

const MANAGEMENT = audienceOf('management', 'management.localhost')
const VAULTS = audienceOf('vault', 'vault.localhost')

test('nothing crosses from one tenant to another', async () => {
  const world = await memoryIdentity()
  const { vault, identityService, first } = world
  const made = await vault.tenants.create(world.administrator, { displayName: 'second' })
  const { tenant, administrator } = made
  assert.notEqual(tenant.subscription, first.tenant.subscription)
  const signIn = (audience: string, of = tenant) =>
    identityService.grantToClient(
      {
        tenant: of,
        clientId: administrator.principal.appId ?? '',
        proof: { kind: 'secret', secret: Secret.fromText(textOf(administrator.credential)) },
        audience,
      },
      world.request(),
    )
  const { accessToken } = await signIn('https://management.localhost')
  const anywhere = { tenant: first.tenant.id, anyTenant: true, audience: MANAGEMENT, scope: '/' } as const
  const caller = await identityService.callerOf(accessToken, anywhere, () => world.request())
  assert.equal(caller.tenant, tenant.id)
  const call = { caller, request: world.request() }

  const { id } = await vault.vaults.create(call, { name: 'second-vault' })
  const listed = await vault.vaults.list(call, {})
  assert.deepEqual(listed.map((one) => one.id), [id])
  assert.equal((await vault.vaults.list(world.administrator, {})).some((one) => one.id === id), false)

  const isHidden = (thrown: unknown): boolean => isFault(thrown, 'VaultNotFound')
  await assert.rejects(vault.vaults.get(call, { vault: 'default' }), isHidden)
  await assert.rejects(vault.vaults.get(world.administrator, { vault: 'second-vault' }), isHidden)
  const secret = { vault: 'default', name: 's' }
  await assert.rejects(vault.secrets.get(call, { secret }), isHidden)

  const principals = await vault.principals.list(call, {})
  assert.deepEqual(principals.map((one) => one.id), [administrator.principal.id])
  await assert.rejects(vault.tenants.list(call, {}), (thrown) => isFault(thrown, 'AccessDenied'))
  await assert.rejects(vault.audit.list(call, { after: 0 }), (thrown) => isFault(thrown, 'AccessDenied'))

  const wrongTenant = signIn('https://vault.localhost', first.tenant)
  await assert.rejects(wrongTenant, (thrown) => isFault(thrown, 'SignInFailed'))
  const token = await signIn('https://vault.localhost')
  const atFirst = { tenant: first.tenant.id, audience: VAULTS, scope: first.vault.resourceId }
  await assert.rejects(
    identityService.callerOf(token.accessToken, atFirst, () => world.request()),
    (thrown) => isFault(thrown, 'TokenInvalid') && thrown.detail.reason === 'TenantWrong',
  )
})

test('a token for the vaults is none for the resource manager, nor the reverse', async () => {
  const world = await memoryIdentity()
  const { identityService, first } = world
  const { principal, secret } = await world.application('one')
  const tokenFor = async (audience: string): Promise<string> => {
    const proof = { kind: 'secret', secret: Secret.fromText(secret) } as const
    const clientId = principal.appId ?? ''
    const wish = { tenant: first.tenant, clientId, proof, audience }
    return (await identityService.grantToClient(wish, world.request())).accessToken
  }
  const use = { tenant: first.tenant.id, scope: '/' }
  for (const [audience, service] of [
    ['https://vault.localhost', MANAGEMENT],
    ['https://management.localhost', VAULTS],
    ['https://graph.localhost', MANAGEMENT],
  ] as const) {
    const asked = identityService.callerOf(await tokenFor(audience), { ...use, audience: service }, () => world.request())
    await assert.rejects(
      asked,
      (thrown) => isFault(thrown, 'TokenInvalid') && thrown.detail.reason === 'AudienceWrong',
    )
  }
})

test('a tenant has a name', async () => {
  const { vault, administrator } = await memoryIdentity()
  for (const displayName of ['', 'x'.repeat(257)]) {
    await assert.rejects(
      vault.tenants.create(administrator, { displayName }),
      (thrown) => isFault(thrown, 'InvalidInput'),
    )
  }
})
