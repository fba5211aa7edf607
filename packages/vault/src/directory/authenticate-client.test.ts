import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { SignJWT, UnsecuredJWT } from 'jose'
import { Fault, isFault, type SignInFailure } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryIdentity, textOf, type MemoryIdentity } from '../testing/memory-identity.ts'
import { selfSignedCertificate } from '../testing/self-signed-certificate.ts'
import { certificateCredential } from './certificate-credential.ts'
import type { Credential } from './credential.ts'
import { federatedCredential } from './federated-credential.ts'
import type { ClientProof } from './authenticate-client.ts'
import type { Principal } from './principal.ts'

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 })
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ENDPOINT = 'https://login.localhost:8443/adfs/oauth2/token'
const AUDIENCE = 'https://vault.localhost:8443'

type World = MemoryIdentity

function grant(world: World, clientId: string, proof: ClientProof, address?: string) {
  const order = { tenant: world.first.tenant, clientId, proof, audience: AUDIENCE }
  return world.identityService.grantToClient(order, world.request(address))
}

function bySecret(secret: string): ClientProof {
  return { kind: 'secret', secret: Secret.fromText(secret) }
}

function byAssertion(assertion: string): ClientProof {
  return { kind: 'assertion', assertion: Secret.fromText(assertion), audiences: [ENDPOINT] }
}

async function fails(promise: Promise<unknown>, reason: SignInFailure): Promise<void> {
  await assert.rejects(promise, (thrown) => {
    assert.ok(isFault(thrown, 'SignInFailed'), String(thrown))
    assert.equal(thrown.detail.reason, reason)
    return true
  })
}

async function lastEntry(world: World) {
  const entry = (await world.audit()).at(-1)
  assert.ok(entry !== undefined)
  return entry
}

test('a secret is worth a token, and both are in the audit without the secret', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  const token = await grant(world, principal.appId ?? '', bySecret(secret))
  assert.equal(token.lifetimeSeconds, 3600)
  const entry = await lastEntry(world)
  assert.equal(entry.operationName, 'Authentication')
  assert.equal(entry.properties.httpStatusCode, 200)
  assert.equal(entry.identity.claim['appid'], principal.appId)
  assert.equal(Object.values(entry.identity.claim).includes(principal.id), true)
  const log = JSON.stringify(await world.audit())
  assert.ok(!log.includes(secret))
  assert.ok(!log.includes(token.accessToken))
})

test('the client id is compared without regard to case', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  await grant(world, (principal.appId ?? '').toUpperCase(), bySecret(secret))
})

for (const [what, clientId, change, reason] of [
  ['a wrong secret', undefined, (secret: string) => `${secret}x`, 'SecretWrong'],
  ['a cut secret', undefined, (secret: string) => secret.slice(0, -1), 'SecretWrong'],
  ['an empty secret', undefined, () => '', 'SecretWrong'],
  ['the secret of nobody', randomUUID(), (secret: string) => secret, 'UnknownApplication'],
  ['a client id that is no GUID', '../../x', (secret: string) => secret, 'UnknownApplication'],
] as const) {
  test(`${what} gives no token, and the audit has the reason alone`, async () => {
    const world = await memoryIdentity()
    const { principal, secret } = await world.application('one')
    const shown = change(secret)
    await fails(grant(world, clientId ?? principal.appId ?? '', bySecret(shown)), reason)
    const entry = await lastEntry(world)
    assert.equal(entry.resultDescription, reason)
    assert.equal(entry.properties.httpStatusCode, 401)
    const log = JSON.stringify(await world.audit())
    assert.ok(!log.includes(secret.slice(0, -2)))
    assert.ok(!log.includes('../../x'))
  })
}

test('an expired secret is refused from its last second on', async () => {
  const world = await memoryIdentity()
  const { principal } = await world.application('one')
  const expiresAt = Math.floor(world.clock.now() / 1000) + 60
  const { secret } = await world.vault.credentials.createSecret(world.administrator, {
    principal: principal.id,
    displayName: 'short',
    expiresAt,
  })
  world.clock.advance(59)
  await grant(world, principal.appId ?? '', bySecret(textOf(secret)))
  world.clock.advance(1)
  await fails(grant(world, principal.appId ?? '', bySecret(textOf(secret))), 'SecretExpired')
})

test('every one of several secrets signs in, and a deleted one no longer does', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  const second = await world.vault.credentials.createSecret(world.administrator, {
    principal: principal.id,
    displayName: 'second',
  })
  await grant(world, principal.appId ?? '', bySecret(secret))
  await grant(world, principal.appId ?? '', bySecret(textOf(second.secret)))
  await world.vault.credentials.delete(world.administrator, {
    principal: principal.id,
    credential: second.credential.id,
  })
  await fails(grant(world, principal.appId ?? '', bySecret(textOf(second.secret))), 'SecretWrong')
  await grant(world, principal.appId ?? '', bySecret(secret))
})

test('a secret of one application is none of another', async () => {
  const world = await memoryIdentity()
  const one = await world.application('one')
  const two = await world.application('two')
  await fails(grant(world, two.principal.appId ?? '', bySecret(one.secret)), 'SecretWrong')
})

test('a disabled application is refused, but only who knows the secret learns that it is disabled', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  await world.vault.principals.update(world.administrator, {
    principal: principal.id,
    enabled: false,
  })
  await fails(grant(world, principal.appId ?? '', bySecret(secret)), 'ApplicationDisabled')
  await fails(grant(world, principal.appId ?? '', bySecret('wrong')), 'SecretWrong')
})

test('the secret of a managed identity is no client secret', async () => {
  const world = await memoryIdentity()
  const { principal, credential } = world.first.identity
  const [, secret = ''] = textOf(credential).split(/\.(.*)/s)
  await fails(grant(world, principal.appId ?? '', bySecret(secret)), 'NoMatchingCredential')
})

test('without an audit there is no token', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  world.failCommits()
  await assert.rejects(grant(world, principal.appId ?? '', bySecret(secret)), {
    code: 'AuditUnavailable',
  })
  await assert.rejects(grant(world, principal.appId ?? '', bySecret('wrong')), {
    code: 'AuditUnavailable',
  })
})

test('failed sign-ins are limited by client, and who has signed in from there is not locked out', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  const appId = principal.appId ?? ''
  await grant(world, appId, bySecret(secret), '192.0.2.1')
  for (let count = 0; count < 30; count++) {
    await fails(grant(world, appId, bySecret('wrong'), `198.51.100.${count}`), 'SecretWrong')
  }
  await assert.rejects(
    grant(world, appId, bySecret(secret), '198.51.100.99'),
    (thrown) => isFault(thrown, 'TooManyRequests') && thrown.detail.retryAfterSeconds > 0,
  )
  await grant(world, appId, bySecret(secret), '192.0.2.1')
  world.clock.advance(10)
  await grant(world, appId, bySecret(secret), '198.51.100.99')
})

test('failed sign-ins are limited by address', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  for (let count = 0; count < 60; count++) {
    await fails(grant(world, randomUUID(), bySecret('wrong')), 'UnknownApplication')
  }
  await assert.rejects(grant(world, principal.appId ?? '', bySecret(secret)), {
    code: 'TooManyRequests',
  })
  await grant(world, principal.appId ?? '', bySecret(secret), '203.0.113.1')
  world.clock.advance(1)
  await grant(world, principal.appId ?? '', bySecret(secret))
})

test('a neighbour whose sign-ins fail does not lock out who has signed in from there', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  const appId = principal.appId ?? ''
  await grant(world, appId, bySecret(secret))
  for (let count = 0; count < 60; count++) {
    await fails(grant(world, randomUUID(), bySecret('wrong')), 'UnknownApplication')
  }
  await grant(world, appId, bySecret(secret))
  for (let count = 0; count < 60; count++) {
    await fails(grant(world, appId, bySecret('wrong')), 'SecretWrong')
  }
  await assert.rejects(grant(world, appId, bySecret(secret)), { code: 'TooManyRequests' })
})

test('signing in well is never limited', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  for (let count = 0; count < 70; count++)
    await grant(world, principal.appId ?? '', bySecret(secret))
})

async function withCertificate(keys: { publicKey: KeyObject; privateKey: KeyObject } = RSA) {
  const world = await memoryIdentity()
  const { principal } = await world.application('one')
  const certificate = selfSignedCertificate(keys)
  const credential = certificateCredential({
    displayName: 'test',
    now: Math.floor(world.clock.now() / 1000),
    certificate,
  })
  await world.putCredential(principal, credential)
  return { world, principal, credential, appId: principal.appId ?? '' }
}

interface AssertionParts {
  readonly header?: Record<string, unknown>
  readonly claims?: Record<string, unknown>
  readonly key?: KeyObject
  readonly alg?: string
}

/** An assertion as MSAL makes them, changed at will; `undefined` takes a claim away. */
function assertionOf(
  { world, appId, credential }: { world: World; appId: string; credential: { x5t: string } },
  {
    header = { x5t: credential.x5t },
    claims = {},
    key = RSA.privateKey,
    alg = 'RS256',
  }: AssertionParts = {},
): Promise<string> {
  const now = Math.floor(world.clock.now() / 1000)
  const payload = {
    aud: ENDPOINT,
    iss: appId,
    sub: appId,
    jti: randomUUID(),
    nbf: now,
    exp: now + 600,
    ...claims,
  }
  return new SignJWT(payload).setProtectedHeader({ ...header, alg }).sign(key)
}

test('an assertion signed by a registered certificate is worth a token', async () => {
  const context = await withCertificate()
  const { world, appId, credential } = context
  for (const header of [
    { x5t: credential.x5t },
    { x5t: Buffer.from(credential.x5t, 'base64url').toString('base64') },
    { 'x5t#S256': credential.x5tS256 },
    { kid: Buffer.from(credential.x5t, 'base64url').toString('hex').toUpperCase() },
    { kid: credential.id },
  ]) {
    await grant(world, appId, byAssertion(await assertionOf(context, { header })))
  }
  await grant(
    world,
    appId,
    byAssertion(
      await assertionOf(context, { header: { 'x5t#S256': credential.x5tS256 }, alg: 'PS256' }),
    ),
  )
  await grant(
    world,
    appId,
    byAssertion(await assertionOf(context, { claims: { aud: [`${ENDPOINT.toUpperCase()}/`] } })),
  )
})

test('an assertion whose parts keep their base64 padding, as asynchronous Python signs it, is worth a token', async () => {
  const context = await withCertificate()
  const { world, appId, credential } = context
  const now = Math.floor(world.clock.now() / 1000)
  const padded = (text: string): string => Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
  const header = JSON.stringify({ typ: 'JWT', alg: 'RS256', x5t: credential.x5t })
  // Both lengths that need padding come up as the text grows.
  for (const filler of ['', 'x', 'xx']) {
    const claims = { jti: randomUUID() + filler, aud: ENDPOINT, iss: appId, sub: appId, nbf: now, exp: now + 1800 }
    const signed = `${padded(header)}.${padded(JSON.stringify(claims))}`
    const signature = sign('sha256', Buffer.from(signed), RSA.privateKey).toString('base64')
    const assertion = `${signed}.${signature.replaceAll('+', '-').replaceAll('/', '_')}`
    await grant(world, appId, byAssertion(assertion))
  }
})

test('an assertion by an EC certificate is worth a token', async () => {
  const context = await withCertificate(EC)
  await grant(
    context.world,
    context.appId,
    byAssertion(await assertionOf(context, { key: EC.privateKey, alg: 'ES256' })),
  )
})

test('MSAL sends one assertion again and again; from another address it is a replay', async () => {
  const context = await withCertificate()
  const assertion = await assertionOf(context)
  await grant(context.world, context.appId, byAssertion(assertion), '192.0.2.1')
  await grant(context.world, context.appId, byAssertion(assertion), '192.0.2.1')
  await fails(
    grant(context.world, context.appId, byAssertion(assertion), '192.0.2.2'),
    'AssertionReplayed',
  )
})

const now = 1_767_225_600 // where the fixed clock stands

const badAssertions: readonly (readonly [string, AssertionParts, SignInFailure])[] = [
  ['names another certificate', { header: { x5t: 'AAAA' } }, 'NoMatchingCredential'],
  ['names no certificate', { header: {} }, 'NoMatchingCredential'],
  [
    'is signed by another key',
    { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey },
    'AssertionSignatureWrong',
  ],
  ['is signed by an algorithm that is not allowed', { alg: 'RS512' }, 'AssertionSignatureWrong'],
  [
    'is for somebody else',
    { claims: { aud: 'https://login.elsewhere/adfs/oauth2/token' } },
    'AssertionAudienceWrong',
  ],
  ['is for nobody', { claims: { aud: undefined } }, 'AssertionAudienceWrong'],
  ['has another subject', { claims: { sub: randomUUID() } }, 'AssertionMalformed'],
  ['has no end', { claims: { exp: undefined } }, 'AssertionMalformed'],
  ['has expired', { claims: { exp: now - 300 } }, 'AssertionExpired'],
  ['is not valid yet', { claims: { nbf: now + 301 } }, 'AssertionNotYetValid'],
  ['lives too long', { claims: { exp: now + 86_400 } }, 'AssertionLifetimeTooLong'],
  [
    'lives too long without a beginning',
    { claims: { exp: now + 86_400, nbf: undefined } },
    'AssertionLifetimeTooLong',
  ],
  [
    'comes from an issuer that nobody named',
    { claims: { iss: 'https://elsewhere' } },
    'NoMatchingCredential',
  ],
]

for (const [what, parts, reason] of badAssertions) {
  test(`an assertion that ${what} is refused`, async () => {
    const context = await withCertificate()
    const assertion = await assertionOf(context, parts)
    await fails(grant(context.world, context.appId, byAssertion(assertion)), reason)
    assert.equal((await lastEntry(context.world)).resultDescription, reason)
    assert.ok(!JSON.stringify(await context.world.audit()).includes(assertion.slice(-40)))
  })
}

test('an assertion without a signature, or signed with the certificate as a shared key, is refused', async () => {
  const context = await withCertificate()
  const { world, appId, credential } = context
  const unsecured = new UnsecuredJWT({ iss: appId, sub: appId, aud: ENDPOINT })
    .setExpirationTime(now + 600)
    .encode()
  await fails(grant(world, appId, byAssertion(unsecured)), 'NoMatchingCredential')
  const named = Buffer.from(JSON.stringify({ alg: 'none', x5t: credential.x5t })).toString(
    'base64url',
  )
  const [, payload = ''] = unsecured.split('.')
  await fails(grant(world, appId, byAssertion(`${named}.${payload}.`)), 'AssertionSignatureWrong')
  const shared = await new SignJWT({ iss: appId, sub: appId, aud: ENDPOINT, exp: now + 600 })
    .setProtectedHeader({ alg: 'HS256', x5t: credential.x5t })
    .sign(Buffer.from(RSA.publicKey.export({ type: 'spki', format: 'pem' })))
  await fails(grant(world, appId, byAssertion(shared)), 'AssertionSignatureWrong')
})

for (const garbage of [
  '',
  '.',
  '..',
  'a.b.c',
  'é.é.é',
  'x'.repeat(20_000),
  `${'e30.'.repeat(2)}e30`,
]) {
  test(`the assertion ${JSON.stringify(garbage.slice(0, 12))} is refused as a failed sign-in`, async () => {
    const { world, appId } = await withCertificate()
    await assert.rejects(grant(world, appId, byAssertion(garbage)), { code: 'SignInFailed' })
  })
}

test('an assertion by a certificate that has expired since is refused', async () => {
  const context = await withCertificate()
  context.world.clock.advance(80 * 366 * 86_400)
  await fails(
    grant(context.world, context.appId, byAssertion(await assertionOf(context))),
    'CertificateExpired',
  )
})

const CLUSTER = 'https://cluster.example'
const SUBJECT = 'system:serviceaccount:default:app'

async function withFederation(jwks?: string) {
  const world = await memoryIdentity()
  const { principal } = await world.application('one')
  const credential: Credential = federatedCredential({
    displayName: 'test',
    now,
    issuer: CLUSTER,
    subject: SUBJECT,
    audiences: ['api://AzureADTokenExchange'],
    ...(jwks === undefined ? {} : { jwks }),
  })
  await world.putCredential(principal, credential)
  return { world, principal, appId: principal.appId ?? '' }
}

function clusterToken(
  claims: Record<string, unknown> = {},
  kid = 'k1',
  key: KeyObject = RSA.privateKey,
): Promise<string> {
  const payload = {
    iss: CLUSTER,
    sub: SUBJECT,
    aud: ['api://AzureADTokenExchange'],
    exp: now + 86_400,
    ...claims,
  }
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign(key)
}

function publishCluster({ documents }: World, kid = 'k1'): void {
  documents.set(`${CLUSTER}/.well-known/openid-configuration`, {
    issuer: CLUSTER,
    jwks_uri: `${CLUSTER}/keys`,
  })
  documents.set(`${CLUSTER}/keys`, { keys: [{ ...RSA.publicKey.export({ format: 'jwk' }), kid }] })
}

test('a token of a named issuer and subject is worth a token, as often as it is sent and from anywhere', async () => {
  const { world, appId } = await withFederation()
  publishCluster(world)
  const assertion = await clusterToken()
  await grant(world, appId, byAssertion(assertion), '192.0.2.1')
  await grant(world, appId, byAssertion(assertion), '192.0.2.2')
  assert.equal(world.fetched.length, 2)
})

test('keys that were given with the credential are never asked for', async () => {
  const { world, appId } = await withFederation(
    JSON.stringify({ keys: [{ ...RSA.publicKey.export({ format: 'jwk' }), kid: 'k1' }] }),
  )
  await grant(world, appId, byAssertion(await clusterToken()))
  assert.deepEqual(world.fetched, [])
})

for (const [what, claims, reason] of [
  ['another subject', { sub: 'system:serviceaccount:default:other' }, 'NoMatchingCredential'],
  ['another audience', { aud: 'https://kubernetes.default.svc' }, 'AssertionAudienceWrong'],
  ['another issuer', { iss: 'https://metadata.internal' }, 'NoMatchingCredential'],
  ['an end in the past', { exp: now - 300 }, 'AssertionExpired'],
] as const) {
  test(`a federated token with ${what} is refused`, async () => {
    const { world, appId } = await withFederation()
    publishCluster(world)
    await fails(grant(world, appId, byAssertion(await clusterToken(claims))), reason)
    assert.ok(!world.fetched.some((url) => url.includes('metadata.internal')))
  })
}

test('a federated token under an unknown key, or from an issuer that cannot be reached, is refused', async () => {
  const { world, appId } = await withFederation()
  await fails(grant(world, appId, byAssertion(await clusterToken())), 'AssertionKeyUnknown')
  publishCluster(world)
  await fails(grant(world, appId, byAssertion(await clusterToken())), 'AssertionKeyUnknown')
  world.clock.advance(31)
  await grant(world, appId, byAssertion(await clusterToken()))
  await fails(grant(world, appId, byAssertion(await clusterToken({}, 'k2'))), 'AssertionKeyUnknown')
})

test('metadata of another issuer is not believed', async () => {
  const { world, appId } = await withFederation()
  publishCluster(world)
  world.documents.set(`${CLUSTER}/.well-known/openid-configuration`, {
    issuer: 'https://evil',
    jwks_uri: `${CLUSTER}/keys`,
  })
  await fails(grant(world, appId, byAssertion(await clusterToken())), 'AssertionKeyUnknown')
})

test('a managed identity can be federated', async () => {
  const world = await memoryIdentity()
  publishCluster(world)
  const { principal }: { principal: Principal } = world.first.identity
  await world.putCredential(
    principal,
    federatedCredential({
      displayName: 'test',
      now,
      issuer: CLUSTER,
      subject: SUBJECT,
      audiences: ['api://AzureADTokenExchange'],
    }),
  )
  await grant(world, principal.appId ?? '', byAssertion(await clusterToken()))
})

test('hundreds of good sign-ins at a time all have their token', async () => {
  const world = await memoryIdentity()
  const { principal, secret } = await world.application('one')
  const all = Array.from({ length: 300 }, () =>
    grant(world, principal.appId ?? '', bySecret(secret)),
  )
  assert.equal((await Promise.all(all)).length, 300)
})

test('hundreds of guesses at a time are as many as one after the other', async () => {
  const world = await memoryIdentity()
  const { principal } = await world.application('one')
  const all = Array.from({ length: 300 }, (_, count) =>
    grant(world, principal.appId ?? '', bySecret('wrong'), `198.51.100.${count % 250}`),
  )
  const codes = (await Promise.allSettled(all)).map((one) =>
    one.status === 'rejected' && one.reason instanceof Fault ? one.reason.code : 'none',
  )
  assert.equal(codes.filter((code) => code === 'SignInFailed').length, 30)
  assert.equal(codes.filter((code) => code === 'TooManyRequests').length, 270)
})
