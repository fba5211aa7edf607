import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { audienceOf } from '@claviger/vault'
import { memoryIdentity, textOf, type MemoryIdentity } from '@claviger/vault/testing'
import fc from 'fast-check'
import { decodeJwt } from 'jose'
import type { Answer, WireRequest } from '../../door.ts'
import { identityDoor } from './door.ts'

const VAULTS = audienceOf('vault', 'vault.localhost')

const RESOURCE = 'https://vault.localhost:8443'
const IMDS = '/metadata/identity/oauth2/token'

interface Opened {
  readonly world: MemoryIdentity
  readonly header: string
  readonly clientId: string
  readonly lines: string[]
  /** A good request in App Service's form, changed. */
  readonly get: (changed?: Partial<WireRequest>, query?: Record<string, string>) => Promise<Answer>
}

async function opened({ imds = false }: { readonly imds?: boolean } = {}): Promise<Opened> {
  const world = await memoryIdentity()
  const { principal, credential } = world.first.identity
  const clientId = principal.appId ?? ''
  const header = textOf(credential)
  const lines: string[] = []
  const door = identityDoor({
    identity: world.identityService,
    log: { error: (message, fields) => lines.push(JSON.stringify([message, fields])) },
    services: [VAULTS],
    ...(imds ? { imdsClientId: clientId } : {}),
  })
  return {
    world,
    header,
    clientId,
    lines,
    get: (changed = {}, query = {}) =>
      door.answer({
        method: 'GET',
        path: '/msi/token',
        query: new URLSearchParams({
          'api-version': '2019-08-01',
          resource: RESOURCE,
          ...query,
        }).toString(),
        headers: { 'x-identity-header': header },
        body: new Uint8Array(),
        host: '127.0.0.1',
        port: 8444,
        clientAddress: '127.0.0.1',
        requestId: randomUUID(),
        ...changed,
      }),
  }
}

function json({ body }: Answer): Record<string, unknown> {
  const parsed: unknown = JSON.parse(String(body))
  assert.ok(typeof parsed === 'object' && parsed !== null)
  return { ...parsed }
}

function refuses(answer: Answer, status: number): void {
  assert.equal(answer.status, status)
  const { statusCode, message, ...rest } = json(answer)
  assert.equal(statusCode, status)
  assert.equal(typeof message, 'string')
  assert.deepEqual(rest, {})
}

test('a program with the header gets a token, with every field that clients read', async () => {
  const { get, clientId, world } = await opened()
  const answer = await get()
  assert.equal(answer.status, 200)
  assert.match(answer.headers['Cache-Control'] ?? '', /no-store/)
  const { access_token: token, ...rest } = json(answer)
  assert.deepEqual(rest, {
    client_id: clientId,
    expires_in: '3600',
    expires_on: '1767229200',
    ext_expires_in: '3600',
    not_before: '1767225600',
    resource: RESOURCE,
    token_type: 'Bearer',
  })
  const { tenant, vault } = world.first
  const use = { tenant: tenant.id, audience: VAULTS, scope: vault.resourceId }
  const caller = await world.identityService.callerOf(String(token), use, () => world.request())
  assert.equal(caller.principal, world.first.identity.principal.id)
})

test('Python sends the resource unescaped, and az an older version with another header', async () => {
  const { get, header } = await opened()
  assert.equal((await get({ query: `api-version=2019-08-01&resource=${RESOURCE}` })).status, 200)
  const old = await get({ headers: { secret: header } }, { 'api-version': '2017-09-01' })
  assert.equal(json(old)['expires_on'], '1767229200')
})

test('the path is free, and may name the tenant', async () => {
  const { get, world } = await opened()
  for (const path of ['/', '/any/thing', '//msi/token/', `/${world.first.tenant.id}/msi/token`]) {
    assert.equal((await get({ path })).status, 200, path)
  }
  refuses(await get({ path: `/${randomUUID()}/msi/token` }), 400)
})

test('the identity may be named, but no other', async () => {
  const { get, clientId, world } = await opened()
  const { id } = world.first.identity.principal
  for (const query of [
    { client_id: clientId },
    { clientid: clientId },
    { principal_id: id },
    { object_id: id.toUpperCase() },
  ]) {
    assert.equal((await get({}, query)).status, 200)
  }
  for (const name of ['client_id', 'principal_id', 'object_id', 'mi_res_id']) {
    refuses(await get({}, { [name]: randomUUID() }), 400)
  }
})

for (const [what, changed] of [
  ['another machine', { clientAddress: '192.0.2.7' }],
  ['another machine over IPv6', { clientAddress: '2001:db8::1' }],
  ['no known address', { clientAddress: '' }],
  ['a name that leads here', { host: 'rebound.example' }],
  ['a name like ours', { host: '127.0.0.1.example' }],
  ['any address', { host: '0.0.0.0' }],
] as const) {
  test(`a request from ${what} is refused, header or not`, async () => {
    const { get } = await opened({ imds: true })
    refuses(await get(changed), 403)
    assert.equal((await get({ ...changed, path: IMDS, headers: { metadata: 'true' } })).status, 403)
  })
}

const FORWARDING = [
  'forwarded',
  'via',
  'x-forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-original-forwarded-for',
  'x-real-ip',
  'true-client-ip',
  'x-client-ip',
  'cf-connecting-ip',
]

for (const name of FORWARDING) {
  test(`a request with ${name} came through a proxy and is refused`, async () => {
    const { get, header } = await opened({ imds: true })
    refuses(await get({ headers: { 'x-identity-header': header, [name]: '127.0.0.1' } }), 403)
    assert.equal(
      (await get({ path: IMDS, headers: { metadata: 'true', [name]: 'x' } })).status,
      403,
    )
  })
}

test('a target in absolute form does not hide a Host header that is not local', async () => {
  const { get, header } = await opened()
  const headers = { 'x-identity-header': header, host: 'evil.example' }
  refuses(await get({ host: 'localhost', headers }), 403)
  for (const host of ['localhost', 'LOCALHOST:8444', '127.0.0.1:8444', '[::1]:8444', 'localhost.']) {
    assert.equal((await get({ headers: { ...headers, host } })).status, 200, host)
  }
})

test('every way to write this machine is this machine', async () => {
  const { get } = await opened()
  for (const changed of [
    { host: 'localhost' },
    { host: '::1', clientAddress: '::1' },
    { clientAddress: '127.0.0.53' },
  ]) {
    assert.equal((await get(changed)).status, 200)
  }
})

test('a missing or wrong header, version, resource or method is refused in App Service’s shape', async () => {
  const { get, header } = await opened()
  refuses(await get({ headers: {} }), 401)
  refuses(await get({ headers: { 'x-identity-header': '' } }), 401)
  refuses(await get({ headers: { secret: header } }), 401)
  for (const wrong of [
    `${header}x`,
    header.slice(0, -1),
    header.slice(37),
    `${randomUUID()}${header.slice(36)}`,
    'x',
  ]) {
    refuses(await get({ headers: { 'x-identity-header': wrong } }), 401)
  }
  refuses(await get({}, { 'api-version': '2018-02-01' }), 400)
  refuses(await get({ query: `resource=${RESOURCE}` }), 400)
  refuses(await get({}, { 'api-version': 'constructor' }), 400)
  refuses(await get({}, { resource: '' }), 400)
  refuses(await get({}, { resource: 'https://management.azure.com' }), 400)
  refuses(await get({ method: 'POST' }), 405)
})

test('the IMDS form is off unless it is configured, and says so at once', async () => {
  const { get } = await opened()
  const answer = await get({ path: IMDS, headers: { metadata: 'true' } })
  assert.equal(answer.status, 400)
  assert.equal(json(answer)['error'], 'invalid_request')
})

test('the IMDS form, when it is on, gives its one identity to programs here', async () => {
  const { get, clientId } = await opened({ imds: true })
  const headers = { metadata: 'true' }
  const query = { 'api-version': '2018-02-01' }
  for (const path of [IMDS, `${IMDS}/`, `/${IMDS}`, `/${IMDS}/`]) {
    const body = json(await get({ path, headers }, query))
    assert.equal(body['client_id'], clientId)
    assert.equal(decodeJwt(String(body['access_token'])).aud, RESOURCE)
  }
  assert.equal((await get({ path: IMDS, headers }, { ...query, client_id: clientId })).status, 200)
  const other = await get({ path: IMDS, headers }, { ...query, client_id: randomUUID() })
  assert.equal(other.status, 400)
  assert.match(String(json(other)['error_description']), /^Identity not found/)
})

test('the probe without header and query is answered with 400', async () => {
  const { get } = await opened({ imds: true })
  const answer = await get({ path: IMDS, headers: {}, query: '' })
  assert.deepEqual(
    [answer.status, json(answer)],
    [
      400,
      { error: 'invalid_request', error_description: 'Required metadata header not specified' },
    ],
  )
})

test('successes and failures are audited, and no header or token is anywhere', async () => {
  const { get, header, world, lines } = await opened()
  const token = String(json(await get())['access_token'])
  const canary = `${randomUUID()}.canary-${randomUUID()}`
  const refused = await get({ headers: { 'x-identity-header': canary } })
  const entries = (await world.audit()).filter(
    ({ operationName }) => operationName === 'Authentication',
  )
  assert.deepEqual(
    entries.map(({ resultDescription }) => resultDescription),
    ['', 'IdentityHeaderWrong'],
  )
  const written = [JSON.stringify(await world.audit()), ...lines, String(refused.body)].join('\n')
  for (const hidden of [header.slice(37), token, canary.slice(37)])
    assert.ok(!written.includes(hidden))
})

test('a store that fails is a 503, which clients try again', async () => {
  const { get, world, lines } = await opened()
  world.failCommits()
  refuses(await get(), 503)
  assert.equal(lines.length, 1)
})

test('no request makes the door fail', async () => {
  const { get } = await opened({ imds: true })
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), fc.string(), async (path, query, value) => {
      const headers = { 'x-identity-header': value, secret: value, metadata: value }
      const answer = await get({ path: `/${path}`, query, headers })
      assert.ok(answer.status < 500)
    }),
  )
})

for (const kind of ['issuer-key', 'credential', 'credential-hash-key', 'principal']) {
  test(`a damaged record (${kind}) is a 503 that the log names, and gives no token`, async () => {
    const { get, lines, world } = await opened()
    for (const [key, { bytes }] of world.contents.bodies) {
      if (key.split('/')[1] === kind) bytes[40] = (bytes[40] ?? 0) ^ 1
    }
    const answer = await get()
    refuses(answer, 503)
    assert.match(lines.join(), new RegExp(`/${kind}`))
    assert.ok(!String(answer.body).includes(kind))
  })
}
