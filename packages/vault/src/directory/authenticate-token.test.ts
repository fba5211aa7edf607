import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose'
import { isFault, type TokenFailure } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { memoryIdentity, type MemoryIdentity } from '../testing/memory-identity.ts'
import type { Identity, IdentitySettings } from './identity.ts'
import { IssuerKeys } from './issuer-keys.ts'
import { principalKey, type Principal } from './principal.ts'
import { audienceOf, type TokenAudience } from './token-audience.ts'
import { touchEpochOf } from './touch-epoch.ts'

const STRANGER = generateKeyPairSync('rsa', { modulusLength: 2048 })
const VAULTS = audienceOf('vault', 'vault.localhost')
const AUDIENCE = 'https://vault.localhost:8443'
const now = 1_767_225_600 // where the fixed clock stands

type World = MemoryIdentity

async function signedIn(audience = AUDIENCE) {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  const grant = () =>
    world.identityService.grantToClient(
      {
        tenant: world.first.tenant,
        clientId: principal.appId ?? '',
        proof: { kind: 'secret', secret: Secret.fromText(secret) },
        audience,
      },
      world.request(),
    )
  return { world, principal, grant, token: (await grant()).accessToken }
}

function use(
  world: World,
  token: string,
  changed: { tenant?: string; audience?: TokenAudience; by?: Identity } = {},
) {
  const { by = world.identityService, ...purpose } = changed
  const { tenant, vault } = world.first
  const whole = {
    tenant: tenant.id,
    audience: VAULTS,
    scope: vault.resourceId,
    ...purpose,
  }
  return by.callerOf(token, whole, () => world.request())
}

async function refused(promise: Promise<unknown>, reason: TokenFailure): Promise<void> {
  await assert.rejects(promise, (thrown) => {
    assert.ok(isFault(thrown, 'TokenInvalid'), String(thrown))
    assert.equal(thrown.detail.reason, reason)
    return true
  })
}

/** Signs with the tenant's own key what the issuer would never say. */
async function signedByUs(
  world: World,
  claims: Record<string, unknown>,
  header: Record<string, unknown> = {},
) {
  const { tenant, identity } = world.first
  const view = await world.vault.view()
  const { kid, privateKey } = (
    await new IssuerKeys(world.store, world.seal).of(tenant.id, view.epoch)
  ).signing(now)
  const payload = {
    iss: `https://login.localhost:8443/${tenant.id}/`,
    aud: AUDIENCE,
    oid: identity.principal.id,
    iat: now,
    nbf: now,
    exp: now + 3600,
    ...claims,
  }
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(privateKey)
}

test('a token has the claims that Entra gives one for Key Vault', async () => {
  const { world, principal, token } = await signedIn()
  const { uti, ...claims } = decodeJwt(token)
  assert.deepEqual(claims, {
    aud: AUDIENCE,
    iss: `https://login.localhost:8443/${world.first.tenant.id}/`,
    iat: now,
    nbf: now,
    exp: now + 3600,
    appid: principal.appId,
    appidacr: '1',
    idtyp: 'app',
    oid: principal.id,
    sub: principal.id,
    tid: world.first.tenant.id,
    ver: '1.0',
  })
  assert.equal(typeof uti, 'string')
  const [published] = await world.identityService.publishedKeys(world.first.tenant)
  assert.deepEqual(decodeProtectedHeader(token), { alg: 'RS256', typ: 'JWT', kid: published?.kid })
})

test('a good token is a caller, and nothing but the operation is audited for it', async () => {
  const { world, principal, token } = await signedIn()
  const before = (await world.audit()).length
  for (let count = 0; count < 2; count++) {
    const caller = await use(world, token)
    assert.deepEqual(caller, {
      kind: 'principal',
      tenant: world.first.tenant.id,
      principal: principal.id,
      appId: principal.appId,
      claimedGroups: [],
      authenticatedAt: now,
      foreign: false,
      issuer: `https://login.localhost:8443/${world.first.tenant.id}/`,
    })
  }
  assert.equal((await world.audit()).length, before)
})

for (const audience of [
  'https://vault.localhost',
  'https://vault.localhost/',
  'https://vault.localhost:443',
  'https://VAULT.localhost:8443/',
  'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
]) {
  test(`the audience ${audience} means these vaults`, async () => {
    const { world, token } = await signedIn(audience)
    await use(world, token)
  })
}

for (const audience of [
  'https://vault.localhost.evil.example',
  'https://evil.example/vault.localhost',
  'https://vault.localhost@evil.example',
  'https://evil.example#vault.localhost',
  'https://default.vault.localhost',
  'http://vault.localhost',
  'https://vault.azure.net',
  'vault.localhost',
  '',
]) {
  test(`the audience "${audience}" does not mean these vaults`, async () => {
    const { world, token } = await signedIn(audience)
    await refused(use(world, token), 'AudienceWrong')
  })
}

test('a refused token is audited with its reason, and neither it nor its claims', async () => {
  const { world, token } = await signedIn()
  world.clock.advance(4000)
  await refused(use(world, token), 'Expired')
  const entry = (await world.audit()).at(-1)
  assert.equal(entry?.operationName, 'Authentication')
  assert.equal(entry?.resultDescription, 'Expired')
  assert.equal(entry?.properties.httpStatusCode, 401)
  assert.equal(entry?.resourceId, world.first.vault.resourceId.toUpperCase())
  assert.ok(!JSON.stringify(await world.audit()).includes(token))
  assert.ok(!JSON.stringify(await world.audit()).includes(token.split('.')[2] ?? token))
})

test('a token ends half a minute after its time, and cannot be used five minutes before it', async () => {
  const { world, token } = await signedIn()
  await use(world, token)
  world.clock.advance(3600 + 29)
  await use(world, token)
  world.clock.advance(1)
  await refused(use(world, token), 'Expired')
  world.clock.advance(-3630 - 300)
  await use(world, token)
  world.clock.advance(-1)
  await refused(use(world, token), 'NotYetValid')
})

test('a token for another tenant than the vault’s is refused, also when it has been verified before', async () => {
  const { world, token } = await signedIn()
  await refused(use(world, token, { tenant: randomUUID() }), 'TenantWrong')
  await use(world, token)
  await refused(use(world, token, { tenant: randomUUID() }), 'TenantWrong')
  await refused(use(world, token, { audience: audienceOf('vault', 'managedhsm.localhost') }), 'AudienceWrong')
})

test('disabling, revoking and deleting hold at once, on every process', async () => {
  for (const act of ['disable', 'revoke', 'delete'] as const) {
    const { world, principal, token, grant } = await signedIn()
    const other = world.anotherProcess()
    await use(world, token)
    await use(world, token, { by: other })
    const { administrator, vault } = world
    if (act === 'delete') await vault.principals.delete(administrator, { principal: principal.id })
    else {
      const change = act === 'disable' ? { enabled: false } : { revokeTokens: true as const }
      await vault.principals.update(administrator, { principal: principal.id, ...change })
    }
    const reason = act === 'delete' ? 'PrincipalUnknown' : 'Revoked'
    await refused(use(world, token), reason)
    await refused(use(world, token, { by: other }), reason)
    if (act === 'revoke') await use(world, (await grant()).accessToken, { by: other })
  }
})

test('no part of a token can be changed', async () => {
  const { world, token } = await signedIn()
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims = { ...decodeJwt(token), oid: world.first.administrator.principal.id }
  const forged = Buffer.from(JSON.stringify(claims)).toString('base64url')
  await refused(use(world, `${header}.${forged}.${signature}`), 'SignatureWrong')
  const flipped = `${signature.slice(0, 20)}${signature[20] === 'A' ? 'B' : 'A'}${signature.slice(21)}`
  await refused(use(world, `${header}.${payload}.${flipped}`), 'SignatureWrong')
  await refused(use(world, `${header}.${payload}.`), 'SignatureWrong')
  await use(world, token)
  await refused(use(world, `${header}.${forged}.${signature}`), 'SignatureWrong')
})

test('a token without a signature, or signed with the public key as a shared one, is refused', async () => {
  const { world, token } = await signedIn()
  const claims = decodeJwt(token)
  await refused(use(world, new UnsecuredJWT(claims).encode()), 'AlgorithmNotAllowed')
  const [published] = await world.identityService.publishedKeys(world.first.tenant)
  for (const secret of [Buffer.from(JSON.stringify(published?.publicJwk)), Buffer.from('')]) {
    if (secret.byteLength === 0) continue
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: published?.kid ?? '' })
      .sign(secret)
    await refused(use(world, shared), 'AlgorithmNotAllowed')
  }
})

test('a key that comes with the token is not believed', async () => {
  const { world, token } = await signedIn()
  const jwk = STRANGER.publicKey.export({ format: 'jwk' })
  const sign = (header: Record<string, unknown>) =>
    new SignJWT(decodeJwt(token))
      .setProtectedHeader({ ...header, alg: 'RS256' })
      .sign(STRANGER.privateKey)
  await refused(use(world, await sign({ jwk, kid: 'mine' })), 'KeyUnknown')
  await refused(use(world, await sign({ jwk })), 'KeyUnknown')
  await refused(
    use(world, await sign({ jku: 'https://evil.example/keys', kid: 'mine' })),
    'KeyUnknown',
  )
  const { kid = '' } = decodeProtectedHeader(token)
  await refused(use(world, await sign({ jwk, kid })), 'SignatureWrong')
  assert.deepEqual(world.fetched, [])
})

test('tokens of foreign issuers are refused', async () => {
  const { world } = await signedIn()
  const { id } = world.first.tenant
  for (const iss of [
    'https://sts.windows.net/11111111-1111-1111-1111-111111111111/',
    `https://evil.example/${id}/`,
    `https://login.localhost.evil.example/${id}/`,
    `https://login.localhost:8443/${randomUUID()}/`,
    `https://login.localhost:8443/${id}/x`,
    `https://login.localhost:8443/../${id}/`,
    `https://login.localhost:8443@evil.example/${id}/`,
    `http://login.localhost:8443/${id}/`,
    '',
    undefined,
  ]) {
    await refused(use(world, await signedByUs(world, { iss })), 'IssuerWrong')
  }
})

test('the fault of a foreign issuer names ours, and that of an unknown key the header', async () => {
  const { world, token } = await signedIn()
  const detailOf = (shown: string) =>
    use(world, shown).then(
      () => assert.fail('taken'),
      (thrown: unknown) => (isFault(thrown, 'TokenInvalid') ? thrown.detail : assert.fail()),
    )
  const iss = 'https://evil.example/'
  assert.deepEqual(await detailOf(await signedByUs(world, { iss })), {
    reason: 'IssuerWrong',
    found: iss,
    expected: decodeJwt(token).iss,
  })
  const foreign = await new SignJWT(decodeJwt(token))
    .setProtectedHeader({ alg: 'RS256', kid: 'mine' })
    .sign(STRANGER.privateKey)
  const { found } = await detailOf(foreign)
  assert.equal(found, Buffer.from('{"alg":"RS256","kid":"mine"}').toString('base64url'))
})

test('the fault of a foreign issuer says what was found, cut to a bearable length', async () => {
  const { world } = await signedIn()
  const iss = `https://evil.example/${'x'.repeat(5000)}`
  await assert.rejects(
    use(world, await signedByUs(world, { iss })),
    (thrown) => isFault(thrown, 'TokenInvalid') && thrown.detail.found?.length === 200,
  )
})

test('a token of an hour ago is good after the server has moved to another port', async () => {
  const { world, token } = await signedIn()
  await use(world, token, { by: world.anotherProcess({ loginOrigin: 'https://login.localhost' }) })
})

test('the v2 form of our issuer is ours too', async () => {
  const { world } = await signedIn()
  await use(
    world,
    await signedByUs(world, {
      iss: `https://login.localhost/${world.first.tenant.id}/v2.0`,
      ver: '2.0',
    }),
  )
})

for (const [what, claims, header, reason] of [
  ['no end', { exp: undefined }, {}, 'Malformed'],
  ['an end that is no number', { exp: 'later' }, {}, 'Malformed'],
  ['no audience', { aud: undefined }, {}, 'AudienceWrong'],
  ['an audience that is a number', { aud: 7 }, {}, 'AudienceWrong'],
  ['no principal', { oid: undefined }, {}, 'PrincipalUnknown'],
  ['a principal that nobody has made', { oid: randomUUID() }, {}, 'PrincipalUnknown'],
  ['a principal that is no GUID', { oid: '../../system' }, {}, 'PrincipalUnknown'],
  ['a header extension that must be understood', {}, { crit: ['b64'], b64: true }, undefined],
] as const) {
  test(`a token of ours with ${what} is refused`, async () => {
    const { world } = await signedIn()
    if (reason === undefined) {
      const token = (await signedByUs(world, {})).split('.')
      token[0] = Buffer.from(
        JSON.stringify({ alg: 'RS256', kid: 'x', crit: ['x'], x: 1 }),
      ).toString('base64url')
      await assert.rejects(use(world, token.join('.')), { code: 'TokenInvalid' })
      return
    }
    await refused(use(world, await signedByUs(world, claims, header)), reason)
  })
}

for (const garbage of [
  '',
  '.',
  '..',
  '...',
  'x',
  'e30.e30.',
  'e30.e30.AA',
  'bnVsbA.bnVsbA.AA',
  'WzFd.WzFd.AA',
  'é',
  `${'a'.repeat(8000)}.${'b'.repeat(9000)}.c`,
]) {
  test(`"${garbage.slice(0, 12)}" is no token`, async () => {
    const { world } = await signedIn()
    await refused(use(world, garbage), 'Malformed')
  })
}

// Other issuers

const KEYCLOAK = 'https://sso.example/realms/r'

async function withIssuer(changed: Partial<IdentitySettings['trustedIssuers'][number]> = {}) {
  const world = await memoryIdentity({
    trustedIssuers: [{ issuer: KEYCLOAK, keys: { jwksUri: `${KEYCLOAK}/certs` }, ...changed }],
  })
  world.documents.set(`${KEYCLOAK}/certs`, {
    keys: [{ ...STRANGER.publicKey.export({ format: 'jwk' }), kid: 'k1' }],
  })
  return world
}

const SOMEBODY = randomUUID()

function theirToken(
  claims: Record<string, unknown> = {},
  kid = 'k1',
  key: KeyObject = STRANGER.privateKey,
): Promise<string> {
  const payload = {
    iss: KEYCLOAK,
    aud: AUDIENCE,
    oid: SOMEBODY,
    iat: now,
    exp: now + 3600,
    ...claims,
  }
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key)
}

test('a token of a configured issuer is a caller without any record, with the groups that are GUIDs', async () => {
  const world = await withIssuer()
  const group = randomUUID()
  const token = await theirToken({
    groups: [group.toUpperCase(), 'staff', 7, '../x'],
    preferred_username: 'ada',
    azp: 'app',
  })
  for (let count = 0; count < 2; count++) {
    const caller = await use(world, token)
    assert.equal(caller.principal, SOMEBODY)
    assert.equal(caller.tenant, world.first.tenant.id)
    assert.deepEqual(caller.claimedGroups, [group])
    assert.equal(caller.userPrincipalName, 'ada')
    assert.equal(caller.issuer, KEYCLOAK)
  }
  assert.equal(world.fetched.length, 1)
})

test('another claim may hold the principal, and other audiences may be named', async () => {
  const world = await withIssuer({ principalClaim: 'sub', audiences: ['claviger'] })
  assert.equal(
    (
      await use(
        world,
        await theirToken({ sub: SOMEBODY.toUpperCase(), aud: ['account', 'claviger'] }),
      )
    ).principal,
    SOMEBODY,
  )
  await refused(use(world, await theirToken({ sub: SOMEBODY })), 'AudienceWrong')
  await refused(use(world, await theirToken({ sub: 'ada', aud: 'claviger' })), 'PrincipalUnknown')
})

test('a configured issuer speaks for its tenant alone', async () => {
  const world = await withIssuer({ tenant: randomUUID() })
  await refused(use(world, await theirToken()), 'TenantWrong')
})

test('a configured issuer cannot speak for an application, an identity or a group of ours', async () => {
  const world = await withIssuer()
  const group = await world.vault.principals.create(world.administrator, {
    kind: 'group',
    displayName: 'g',
  })
  for (const oid of [
    world.first.administrator.principal.id,
    world.first.identity.principal.id,
    group.id,
  ]) {
    await refused(use(world, await theirToken({ oid })), 'PrincipalUnknown')
  }
})

test('a group that a configured issuer names cannot be a principal of ours', async () => {
  const world = await withIssuer()
  const { administrator, vault } = world
  const group = await vault.principals.create(administrator, { kind: 'group', displayName: 'g' })
  const theirs = randomUUID()
  const groups = [world.first.administrator.principal.id, group.id.toUpperCase(), theirs]
  const caller = await use(world, await theirToken({ groups }))
  assert.deepEqual(caller.claimedGroups, [theirs])
  const call = { caller, request: administrator.request }
  await assert.rejects(vault.vaults.list(call, {}), (thrown) => isFault(thrown, 'AccessDenied'))
})

test('a token that does not name all groups, or too many, says so of its caller', async () => {
  const world = await withIssuer()
  const ids = Array.from({ length: 201 }, () => randomUUID())
  for (const [claims, hasMore, count] of [
    [{ groups: ids }, true, 200],
    [{ groups: ids.slice(1) }, undefined, 200],
    [{ groups: [...ids.slice(1), ids.at(-1)?.toUpperCase(), 'staff'] }, undefined, 200],
    [{ _claim_names: { groups: 'src1' }, _claim_sources: { src1: {} } }, true, 0],
    [{ _claim_names: { roles: 'src1' } }, undefined, 0],
    [{ _claim_names: 'groups' }, undefined, 0],
    [{ hasgroups: true }, true, 0],
    [{ hasgroups: false }, undefined, 0],
  ] as const) {
    const caller = await use(world, await theirToken(claims))
    assert.equal(caller.hasMoreGroups, hasMore)
    assert.equal(caller.claimedGroups.length, count)
  }
})

test('whoever has more groups than a token names is denied what a policy denies to any', async () => {
  const world = await withIssuer()
  const { vault, administrator, first } = world
  const key = { vault: first.vault.name, name: 'guarded' }
  await vault.keys.create(administrator, { key, hsm: false, type: 'EC' })
  await vault.roleAssignments.create(administrator, {
    principal: SOMEBODY,
    principalType: 'User',
    roleDefinition: '00482a5a-887f-4fb3-b363-3b7fe8e74483',
    scope: '/',
  })
  const group = await vault.principals.create(administrator, { kind: 'group', displayName: 'g' })
  const actions = ['Microsoft.KeyVault/vaults/keys/*']
  const principals = [{ name: group.id, kinds: ['group'] }] as const
  const statement = { id: '0', effect: 'deny', actions, principals } as const
  const policy = { document: '{}', statements: [statement] }
  await vault.keys.setPolicy(administrator, { key, policy })
  const get = async (claims: Record<string, unknown>): Promise<unknown> => {
    const caller = await use(world, await theirToken(claims))
    return await vault.keys.get({ caller, request: administrator.request }, { key })
  }
  await get({ groups: [] })
  await assert.rejects(get({ hasgroups: true }), (thrown) => isFault(thrown, 'AccessDenied'))
})

test('a user who has a record here can be revoked and disabled', async () => {
  const world = await withIssuer()
  const user = await world.vault.principals.create(world.administrator, {
    kind: 'user',
    displayName: 'ada',
  })
  const token = await theirToken({ oid: user.id })
  await use(world, token)
  await world.vault.principals.update(world.administrator, {
    principal: user.id,
    revokeTokens: true,
  })
  await refused(use(world, token), 'Revoked')
  await refused(use(world, await theirToken({ oid: user.id, iat: undefined })), 'Revoked')
  await putPrincipal(world, { ...user, enabled: false })
  await refused(use(world, await theirToken({ oid: user.id })), 'Revoked')
})

test('a token of a configured issuer under an unknown key makes us ask, but not again and again', async () => {
  const world = await withIssuer()
  await use(world, await theirToken())
  world.clock.advance(31)
  const next = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const token = await theirToken({}, 'k2', next.privateKey)
  await refused(use(world, token), 'KeyUnknown')
  world.documents.set(`${KEYCLOAK}/certs`, {
    keys: [{ ...next.publicKey.export({ format: 'jwk' }), kid: 'k2' }],
  })
  for (let count = 0; count < 5; count++) await refused(use(world, token), 'KeyUnknown')
  assert.equal(world.fetched.length, 2)
  world.clock.advance(30)
  await use(world, token)
  await refused(use(world, await theirToken()), 'KeyUnknown')
})

test('keys that a configured issuer has withdrawn are forgotten within the hour', async () => {
  const world = await withIssuer()
  const token = await theirToken({ exp: now + 90_000 })
  await use(world, token)
  world.documents.set(`${KEYCLOAK}/certs`, { keys: [] })
  world.clock.advance(3601)
  await use(world, token)
  await new Promise((resolve) => setImmediate(resolve))
  await refused(use(world, token), 'KeyUnknown')
})

test('keys outlive an issuer that cannot be reached by a day', async () => {
  const world = await withIssuer()
  const token = await theirToken({ exp: now + 200_000 })
  await use(world, token)
  world.documents.clear()
  world.clock.advance(80_000)
  await use(world, token)
  world.clock.advance(7000)
  await new Promise((resolve) => setImmediate(resolve))
  await refused(use(world, token), 'KeyUnknown')
})

test('a configured issuer cannot use shared keys, and a key set may be anything', async () => {
  const world = await withIssuer()
  const secret = Buffer.alloc(32, 7)
  world.documents.set(`${KEYCLOAK}/certs`, {
    keys: [{ kty: 'oct', kid: 'k1', k: secret.toString('base64url') }],
  })
  const shared = await new SignJWT({ iss: KEYCLOAK, aud: AUDIENCE, oid: SOMEBODY, exp: now + 60 })
    .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
    .sign(secret)
  await refused(use(world, shared), 'AlgorithmNotAllowed')
  for (const document of [
    undefined,
    null,
    7,
    'x',
    [],
    {},
    { keys: 7 },
    { keys: [null, 7, {}, { kty: 'RSA', kid: 'k1' }] },
  ]) {
    world.documents.set(`${KEYCLOAK}/certs`, document)
    world.clock.advance(31)
    await refused(use(world, await theirToken()), 'KeyUnknown')
  }
})

test('a configured issuer’s metadata says where its keys are', async () => {
  const world = await withIssuer({ keys: { issuer: KEYCLOAK } })
  world.documents.set(`${KEYCLOAK}/.well-known/openid-configuration`, {
    issuer: KEYCLOAK,
    jwks_uri: `${KEYCLOAK}/certs`,
  })
  await use(world, await theirToken())
})

test('a key withdrawn while a token is verified with it does not live on with the token', async () => {
  const world = await withIssuer()
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
  // Known and imported, so that verifying the next one takes its own time alone.
  await use(world, await theirToken({ jti: 'before' }))
  world.documents.set(`${KEYCLOAK}/certs`, {
    keys: [{ ...other.publicKey.export({ format: 'jwk' }), kid: 'k2' }],
  })
  world.clock.advance(31)
  // Many, because each has but a moment: its signature is looked at while the keys change.
  const tokens = await Promise.all(
    Array.from({ length: 40 }, (_, index) => theirToken({ jti: `meanwhile ${index}` })),
  )
  const withNewKey = await theirToken({}, 'k2', other.privateKey)
  await Promise.allSettled([...tokens, withNewKey].map((token) => use(world, token)))
  for (const token of tokens) await refused(use(world, token), 'KeyUnknown')
})

async function putPrincipal({ store, seal, first }: World, principal: Principal): Promise<void> {
  const unit = new UnitOfWork(store, seal)
  const key = principalKey(first.tenant.id, principal.id)
  await unit.get(key)
  unit.put<Principal>(key, { meta: principal })
  await touchEpochOf(unit, first.tenant.id)
  await store.commit(await unit.change([]))
}

test('a token that was taken once is looked at again for another vault, host, time and epoch', async () => {
  const { world, token } = await signedIn()
  const first = await use(world, token)
  assert.equal(await use(world, token), first, 'nothing has changed')
  await refused(use(world, token, { audience: audienceOf('vault', 'vault.example') }), 'AudienceWrong')
  await refused(use(world, token, { tenant: randomUUID() }), 'TenantWrong')
  assert.deepEqual(await use(world, token), first)
  await world.application('another')
  const later = await use(world, token)
  assert.notEqual(later, first, 'directory and access may have changed')
  assert.deepEqual(later, first)
  world.clock.advance(2 * 3600)
  await refused(use(world, token), 'Expired')
})
