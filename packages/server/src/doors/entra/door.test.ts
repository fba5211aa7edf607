import assert from 'node:assert/strict'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { audienceOf } from '@claviger/vault'
import { memoryIdentity, type MemoryIdentity } from '@claviger/vault/testing'
import fc from 'fast-check'
import { createLocalJWKSet, decodeJwt, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose'
import type { Answer, WireRequest } from '../../door.ts'
import { entraDoor } from './door.ts'

const RESOURCE = 'https://vault.localhost:8443'

interface Opened {
  readonly world: MemoryIdentity
  readonly tenant: string
  readonly clientId: string
  readonly secret: string
  readonly lines: string[]
  readonly send: (changed: Partial<WireRequest>) => Promise<Answer>
  readonly get: (path: string, query?: string) => Promise<Answer>
  readonly post: (
    path: string,
    form: Record<string, string> | string,
    changed?: Partial<WireRequest>,
  ) => Promise<Answer>
  /** A good form, changed; `undefined` takes a field away. */
  readonly form: (changed?: Record<string, string | undefined>) => Record<string, string>
}

async function opened(): Promise<Opened> {
  const world = await memoryIdentity({
    loginHosts: ['login.localhost', 'login.microsoftonline.com'],
  })
  const { principal, secret } = await world.application('one')
  const lines: string[] = []
  const door = entraDoor({
    identity: world.identityService,
    self: world.vault.self,
    clock: world.clock,
    log: {
      error: (message, fields) => lines.push(JSON.stringify([message, fields])),
      warn: (message, fields) => lines.push(JSON.stringify([message, fields])),
    },
    settings: {
      loginHosts: ['login.localhost', 'login.microsoftonline.com'],
      services: [audienceOf('vault', 'vault.localhost')],
    },
  })
  const send = (changed: Partial<WireRequest>) =>
    door.answer({
      method: 'GET',
      path: '/',
      query: '',
      headers: {},
      body: new Uint8Array(),
      host: 'login.localhost',
      port: 8443,
      clientAddress: '192.0.2.7',
      requestId: randomUUID(),
      ...changed,
    })
  const clientId = principal.appId ?? ''
  return {
    world,
    tenant: world.first.tenant.id,
    clientId,
    secret,
    lines,
    send,
    get: (path, query = '') => send({ path, query }),
    post: (path, form, changed = {}) =>
      send({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(new URLSearchParams(form).toString()),
        ...changed,
      }),
    form: (changed = {}) => {
      const whole = {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret,
        scope: `${RESOURCE}/.default`,
        ...changed,
      }
      const kept = Object.entries(whole).filter(
        (pair): pair is [string, string] => pair[1] !== undefined,
      )
      return Object.fromEntries(kept)
    },
  }
}

function json({ body }: Answer): Record<string, unknown> {
  const parsed: unknown = JSON.parse(String(body))
  assert.ok(typeof parsed === 'object' && parsed !== null)
  return { ...parsed }
}

function refuses(
  answer: Answer,
  status: number,
  error: string,
  number: number,
): Record<string, unknown> {
  const body = json(answer)
  assert.deepEqual([answer.status, body['error'], body['error_codes']], [status, error, [number]])
  assert.match(
    String(body['error_description']),
    new RegExp(`^AADSTS${number}: .*\\r\\nTrace ID: `, 's'),
  )
  assert.equal(answer.headers['Cache-Control'], 'no-store, no-cache')
  return body
}

test('every token endpoint takes a secret, by scope and by resource', async () => {
  const { post, form, tenant } = await opened()
  for (const name of [tenant, tenant.toUpperCase(), 'adfs', 'common', 'organizations']) {
    for (const path of [
      `/${name}/oauth2/v2.0/token`,
      `/${name}/oauth2/token`,
      `//${name}/oauth2/token/`,
    ]) {
      const byScope = await post(path, form())
      assert.equal(byScope.status, 200, path)
      assert.equal(byScope.headers['Cache-Control'], 'no-store, no-cache')
      const { access_token: token, ...rest } = json(byScope)
      assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600 })
      assert.equal(decodeJwt(String(token)).aud, RESOURCE)
      const byResource = json(
        await post(path, form({ scope: undefined, resource: `${RESOURCE}/` })),
      )
      assert.equal(byResource['expires_in'], '3600')
      assert.equal(byResource['expires_on'], '1767229200')
      assert.equal(byResource['resource'], `${RESOURCE}/`)
    }
  }
})

test('a token verifies with the published key set, which the metadata names', async () => {
  const { get, post, form, tenant } = await opened()
  const { access_token: token } = json(await post('/adfs/oauth2/token', form()))
  const metadata = json(await get(`/${tenant}/.well-known/openid-configuration`))
  const keys = json(await get(new URL(String(metadata['jwks_uri'])).pathname))
  const { payload } = await jwtVerify(
    String(token),
    createLocalJWKSet(keys as unknown as JSONWebKeySet),
    {
      issuer: String(metadata['issuer']),
      audience: RESOURCE,
      currentDate: new Date(1_767_225_600_000),
    },
  )
  assert.equal(payload['tid'], tenant)
})

test('what MSAL and the Python SDK send besides is ignored', async () => {
  const { post, form } = await opened()
  const extra = form({
    client_info: '1',
    claims: '{"access_token":{"xms_cc":{"values":["CP1"]}}}',
    'x-client-SKU': 'msal.js.node',
    'x-client-current-telemetry': '5|771,0,,,|,',
    scope: `${RESOURCE}/.default openid profile offline_access`,
  })
  const answer = await post('/adfs/oauth2/token', extra, {
    query: `client-request-id=${randomUUID()}`,
  })
  assert.equal(answer.status, 200)
})

test('a secret may come in the Authorization header', async () => {
  const { post, form, clientId, secret } = await opened()
  const basic = (text: string) => ({
    headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
  })
  const bare = form({ client_id: undefined, client_secret: undefined })
  assert.equal((await post('/adfs/oauth2/token', bare, basic(`${clientId}:${secret}`))).status, 200)
  const encoded = `${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`
  assert.equal((await post('/adfs/oauth2/token', bare, basic(encoded))).status, 200)
  const wrong = await post('/adfs/oauth2/token', bare, basic(`${clientId}:wrong`))
  refuses(wrong, 401, 'invalid_client', 7000215)
  assert.match(wrong.headers['WWW-Authenticate'] ?? '', /^Basic /)
  refuses(await post('/adfs/oauth2/token', bare, basic(clientId)), 400, 'invalid_request', 90013)
  refuses(
    await post('/adfs/oauth2/token', form(), basic(`${clientId}:${secret}`)),
    400,
    'invalid_request',
    90013,
  )
  refuses(
    await post('/adfs/oauth2/token', bare, { headers: { authorization: 'Basic ###' } }),
    400,
    'invalid_request',
    900144,
  )
})

test('every failed sign-in has one answer', async () => {
  const { post, form, world, clientId } = await opened()
  const answers = []
  for (const changed of [
    { client_secret: 'wrong' },
    { client_id: randomUUID() },
    { client_id: 'no guid' },
    { client_id: world.first.identity.principal.appId ?? '' },
    {
      client_secret: undefined,
      client_assertion: 'x',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    },
  ]) {
    const body = refuses(
      await post('/adfs/oauth2/token', form(changed)),
      401,
      'invalid_client',
      7000215,
    )
    answers.push(String(body['error_description']).split('\r\n')[0])
  }
  const { principals } = world.vault
  const caller = world.administrator
  const found = (await principals.list(caller, {})).find(({ appId }) => appId === clientId)
  await principals.update(caller, { principal: found?.id ?? '', enabled: false })
  const disabled = refuses(await post('/adfs/oauth2/token', form()), 401, 'invalid_client', 7000215)
  answers.push(String(disabled['error_description']).split('\r\n')[0])
  assert.equal(new Set(answers).size, 1)
  const reasons = (await world.audit())
    .filter(({ operationName }) => operationName === 'Authentication')
    .map((one) => one.resultDescription)
  assert.deepEqual(reasons, [
    'SecretWrong',
    'UnknownApplication',
    'UnknownApplication',
    'NoMatchingCredential',
    'AssertionMalformed',
    'ApplicationDisabled',
  ])
})

for (const [what, changed, status, error, number] of [
  ['no grant type', { grant_type: undefined }, 400, 'invalid_request', 900144],
  ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ['no client id', { client_id: undefined }, 400, 'invalid_request', 900144],
  ['no credential', { client_secret: undefined }, 401, 'invalid_client', 7000216],
  ['no scope', { scope: undefined }, 400, 'invalid_request', 900144],
  [
    'a scope that is no /.default',
    { scope: `${RESOURCE}/user_impersonation` },
    400,
    'invalid_scope',
    70011,
  ],
  [
    'two scopes',
    { scope: `${RESOURCE}/.default https://other/.default` },
    400,
    'invalid_scope',
    70011,
  ],
  ['user scopes alone', { scope: 'openid profile' }, 400, 'invalid_scope', 70011],
  ['an empty scope', { scope: '' }, 400, 'invalid_scope', 70011],
  [
    'a resource of somebody else',
    { scope: 'https://management.azure.com/.default' },
    400,
    'invalid_resource',
    500011,
  ],
  [
    'a doubled /.default',
    { scope: `${RESOURCE}/.default/.default` },
    400,
    'invalid_resource',
    500011,
  ],
  [
    'a v1 resource of somebody else',
    { scope: undefined, resource: 'https://graph.microsoft.com' },
    400,
    'invalid_resource',
    500011,
  ],
  ['two credentials', { client_assertion: 'x' }, 400, 'invalid_request', 90013],
  [
    'an assertion of another type',
    { client_secret: undefined, client_assertion: 'x', client_assertion_type: 'saml' },
    400,
    'invalid_request',
    90013,
  ],
  [
    'an assertion without a type',
    { client_secret: undefined, client_assertion: 'x' },
    400,
    'invalid_request',
    900144,
  ],
] as const) {
  test(`a form with ${what} is refused`, async () => {
    const { post, form } = await opened()
    refuses(await post('/adfs/oauth2/v2.0/token', form(changed)), status, error, number)
  })
}

for (const scope of [
  'https://vault.localhost/.default',
  'https://vault.localhost:8443//.default',
  'cfa8b339-82a2-471a-a3c9-0fc0be7a4093/.default',
]) {
  test(`the scope ${scope} is worth a token for the resource before /.default`, async () => {
    const { post, form } = await opened()
    const { access_token: token } = json(await post('/adfs/oauth2/token', form({ scope })))
    assert.equal(decodeJwt(String(token)).aud, scope.slice(0, -'/.default'.length))
  })
}

test('bodies that are no form, or too large, or say a thing twice, are refused', async () => {
  const { post, form } = await opened()
  const path = '/adfs/oauth2/token'
  refuses(
    await post(path, '', {
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{}'),
    }),
    400,
    'invalid_request',
    90013,
  )
  refuses(await post(path, '', { body: Buffer.alloc(0) }), 400, 'invalid_request', 900144)
  refuses(await post(path, '', { body: Buffer.alloc(70_000, 0x61) }), 413, 'invalid_request', 90013)
  refuses(
    await post(path, '', { body: Buffer.from([0xff, 0xfe, 0x00, 0x25, 0x26]) }),
    400,
    'invalid_request',
    900144,
  )
  const doubled = `${new URLSearchParams(form()).toString()}&client_id=x`
  refuses(await post(path, '', { body: Buffer.from(doubled) }), 400, 'invalid_request', 90013)
})

test('credentials in the query are not read', async () => {
  const { post, form, secret } = await opened()
  const answer = await post('/adfs/oauth2/token', form({ client_secret: undefined }), {
    query: `client_secret=${secret}`,
  })
  refuses(answer, 401, 'invalid_client', 7000216)
})

test('unknown tenants, paths and methods are refused in the same shape', async () => {
  const { get, post, form, send } = await opened()
  for (const name of [
    randomUUID(),
    'contoso.onmicrosoft.com',
    'consumers',
    '%2e%2e',
    'x'.repeat(200),
  ]) {
    refuses(await post(`/${name}/oauth2/token`, form()), 400, 'invalid_request', 90002)
    refuses(await get(`/${name}/.well-known/openid-configuration`), 400, 'invalid_request', 90002)
  }
  for (const path of [
    '/',
    '/adfs',
    '/adfs/oauth2/nothing',
    '/adfs/oauth2/v2.0/nothing',
    '/%ZZ/oauth2/token',
    `/${'x'.repeat(5000)}/oauth2/token`,
  ]) {
    refuses(await post(path, form()), 404, 'invalid_request', 90019)
  }
  const wrong = await get('/adfs/oauth2/token')
  refuses(wrong, 405, 'invalid_request', 900561)
  assert.equal(wrong.headers['Allow'], 'POST')
  refuses(
    await send({ method: 'DELETE', path: '/adfs/discovery/keys' }),
    405,
    'invalid_request',
    900561,
  )
})

test('the metadata keeps the host, the port and the tenant’s name as they were asked', async () => {
  const { get, send, tenant } = await opened()
  const v2 = json(await get(`/${tenant}/v2.0/.well-known/openid-configuration`))
  assert.equal(v2['issuer'], `https://login.localhost:8443/${tenant}/v2.0`)
  assert.equal(v2['token_endpoint'], `https://login.localhost:8443/${tenant}/oauth2/v2.0/token`)
  const adfs = json(await get('/adfs/.well-known/openid-configuration'))
  assert.equal(adfs['token_endpoint'], 'https://login.localhost:8443/adfs/oauth2/token')
  assert.equal(adfs['authorization_endpoint'], 'https://login.localhost:8443/adfs/oauth2/authorize')
  assert.equal(adfs['issuer'], `https://login.localhost:8443/${tenant}/`)
  const common = json(
    await send({
      path: '/common/v2.0/.well-known/openid-configuration',
      host: 'login.microsoftonline.com',
      port: undefined,
    }),
  )
  assert.equal(common['issuer'], 'https://login.microsoftonline.com/{tenantid}/v2.0')
  assert.equal(
    common['token_endpoint'],
    'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  )
})

test('the key set has public keys alone', async () => {
  const { get, tenant } = await opened()
  for (const path of [
    `/${tenant}/discovery/v2.0/keys`,
    `/${tenant}/discovery/keys`,
    '/adfs/discovery/keys',
    '/common/discovery/v2.0/keys',
  ]) {
    const answer = await get(path)
    const keys: unknown = json(answer)['keys']
    assert.ok(Array.isArray(keys) && keys.length === 1)
    assert.deepEqual(Object.keys(keys[0]).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use'])
    assert.equal(answer.headers['Cache-Control'], 'max-age=300, private')
  }
})

test('instance discovery knows the login hosts, with the port of the request where MSAL has dropped it', async () => {
  const { get, send, tenant } = await opened()
  const query = (endpoint: string, version = '1.1') =>
    new URLSearchParams({ 'api-version': version, authorization_endpoint: endpoint }).toString()
  const path = '/common/discovery/instance'
  for (const endpoint of [
    `https://login.localhost/${tenant}/oauth2/v2.0/authorize`,
    `https://login.localhost:8443/${tenant}/oauth2/v2.0/authorize`,
  ]) {
    assert.deepEqual(json(await get(path, query(endpoint, '1.0'))), {
      tenant_discovery_endpoint: `https://login.localhost:8443/${tenant}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [
        {
          preferred_network: 'login.localhost:8443',
          preferred_cache: 'login.localhost:8443',
          aliases: ['login.localhost:8443', 'login.localhost'],
        },
      ],
    })
  }
  const known = json(
    await send({
      path,
      query: query(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`),
      host: 'login.microsoftonline.com',
      port: undefined,
    }),
  )
  assert.equal(
    known['tenant_discovery_endpoint'],
    `https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration`,
  )
  for (const endpoint of [
    'https://evil.example/x',
    'http://login.localhost/x',
    'x',
    'https://login.localhost@evil.example/x',
    'https://u@login.localhost/x',
  ]) {
    refuses(await get(path, query(endpoint)), 400, 'invalid_instance', 50049)
  }
  refuses(await get(path), 400, 'invalid_request', 900144)
  refuses(await get(path, query('https://login.localhost/x', '7')), 400, 'invalid_request', 90013)
})

test('too many failures are answered with 429 and the time to wait', async () => {
  const { post, form } = await opened()
  for (let count = 0; count < 30; count++)
    await post('/adfs/oauth2/token', form({ client_secret: 'wrong' }))
  const answer = await post('/adfs/oauth2/token', form())
  refuses(answer, 429, 'temporarily_unavailable', 90055)
  assert.equal(answer.headers['Retry-After'], '2')
})

test('a store that fails is a 503, is logged, and gives no token', async () => {
  const { post, form, world, lines } = await opened()
  world.failCommits()
  refuses(await post('/adfs/oauth2/token', form()), 503, 'temporarily_unavailable', 90033)
  assert.equal(lines.length, 1)
})

test('an assertion is for this endpoint under any of its names', async () => {
  const { post, form, world, clientId, tenant } = await opened()
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const found = (await world.vault.principals.list(world.administrator, {})).find(
    ({ appId }) => appId === clientId,
  )
  assert.ok(found !== undefined)
  const issuer = 'https://cluster.example'
  await world.putCredential(found, {
    kind: 'federated',
    id: randomUUID(),
    displayName: 'f',
    createdAt: 0,
    issuer,
    subject: 's',
    audiences: ['a'],
    jwks: JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }),
  })
  const assertion = await new SignJWT({ iss: issuer, sub: 's', aud: 'a', exp: 1_767_229_200 })
    .setProtectedHeader({ alg: 'ES256' })
    .sign(privateKey)
  const answer = await post(
    `/${tenant}/oauth2/v2.0/token`,
    form({
      client_secret: undefined,
      client_assertion: assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    }),
  )
  assert.equal(answer.status, 200)
})

test('no secret, assertion or token is in an error, the log or the audit', async () => {
  const { post, form, world, secret, lines } = await opened()
  const canary = `canary-${randomUUID()}`
  const texts: string[] = []
  for (const changed of [
    { client_secret: canary },
    { client_id: canary },
    { client_secret: canary, client_assertion: canary },
    {
      client_secret: undefined,
      client_assertion: canary,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    },
    { client_secret: canary, grant_type: undefined },
    { client_secret: canary, scope: undefined },
  ]) {
    texts.push(String((await post('/adfs/oauth2/token', form(changed))).body))
  }
  const { access_token: token } = json(await post('/adfs/oauth2/token', form()))
  await world.identityService.flush()
  const written = [...texts, ...lines, JSON.stringify(await world.audit())].join('\n')
  for (const hidden of [canary, secret, String(token)]) assert.ok(!written.includes(hidden))
})

test('no request makes the door fail', async () => {
  const { send, form } = await opened()
  const paths = fc.oneof(
    fc.string().map((path) => `/${path}`),
    fc.constantFrom(
      '/adfs/oauth2/token',
      '/common/discovery/instance',
      '/adfs/.well-known/openid-configuration',
    ),
  )
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .dictionary(
        fc.constantFrom(
          ...Object.keys(form()),
          'resource',
          'client_assertion',
          'client_assertion_type',
        ),
        fc.string(),
      )
      .map((fields) => Buffer.from(new URLSearchParams(fields).toString())),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'PROPFIND', ''),
      paths,
      fc.string(),
      bodies,
      fc.string(),
      async (method, path, query, body, authorization) => {
        const answer = await send({ method, path, query, body, headers: { authorization } })
        assert.ok(answer.status < 500, `${answer.status} ${String(answer.body)}`)
      },
    ),
    { numRuns: 300 },
  )
})

test('what the listener refuses has the door’s shape', async () => {
  const world = await memoryIdentity()
  const door = entraDoor({
    identity: world.identityService,
    self: world.vault.self,
    clock: world.clock,
    log: { error: () => undefined, warn: () => undefined },
    settings: { loginHosts: [], services: [audienceOf('vault', 'vault.localhost')] },
  })
  const request: WireRequest = {
    method: 'POST',
    path: '/',
    query: '',
    headers: {},
    body: new Uint8Array(),
    host: 'login.localhost',
    port: 1,
    clientAddress: '',
    requestId: 'r',
  }
  refuses(
    door.refuse(request, { reason: 'BodyTooLarge', limitBytes: 1 }),
    413,
    'invalid_request',
    90013,
  )
  refuses(door.refuse(request, { reason: 'BodyIncomplete' }), 408, 'invalid_request', 90013)
  refuses(door.refuse(request, { reason: 'Overloaded' }), 503, 'temporarily_unavailable', 90033)
})

for (const kind of ['issuer-key', 'credential', 'credential-hash-key', 'principal']) {
  test(`a damaged record (${kind}) is a 503 that the log names, and gives no token`, async () => {
    const { post, form, lines, world } = await opened()
    for (const [key, { bytes }] of world.contents.bodies) {
      if (key.split('/')[1] === kind) bytes[40] = (bytes[40] ?? 0) ^ 1
    }
    const answer = await post('/adfs/oauth2/token', form())
    refuses(answer, 503, 'temporarily_unavailable', 90033)
    assert.match(lines.join(), new RegExp(`/${kind}`))
    assert.ok(!String(answer.body).includes(kind))
  })
}
