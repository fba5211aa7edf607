import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DenialLimit, Fault } from '@claviger/vault'
import {
  BASE,
  graphDoorUnderTest,
  REQUEST_ID,
  requestOf,
  type Received,
} from './door-under-test.ts'

function errorOf({ json }: Received) {
  const error = json['error'] as {
    readonly code: string
    readonly message: string
    readonly innerError: object
  }
  return { ...error }
}

test('who brings no token, or a bad one, is told where tokens come from', async () => {
  let anonymous = 0
  const { call } = await graphDoorUnderTest({ onAnonymous: () => void anonymous++ })
  for (const token of [null, 'bad']) {
    const answer = await call('GET', '/users', { token })
    assert.equal(answer.status, 401)
    assert.equal(errorOf(answer).code, 'InvalidAuthenticationToken')
    assert.match(
      answer.headers['WWW-Authenticate'] ?? '',
      /authorization_uri="https:\/\/login\.localhost:8443\/common\/oauth2\/authorize"/,
    )
  }
  assert.equal(anonymous, 1)
})

test('a token for something else, or one that is over, is refused in words that say so', async () => {
  const refused = (reason: 'AudienceWrong' | 'Expired') =>
    graphDoorUnderTest({
      authenticate: async () => {
        throw new Fault('TokenInvalid', {
          reason,
          expected: 'https://graph.localhost',
          found: 'https://other',
        })
      },
    })
  const wrong = await (await refused('AudienceWrong')).call('GET', '/users')
  assert.equal(wrong.status, 401)
  assert.match(errorOf(wrong).message, /Invalid audience; it must be 'https:\/\/graph\.localhost'/)
  assert.match(errorOf(await (await refused('Expired')).call('GET', '/users')).message, /expired/)
})

test('an error has the shape of the service, with the ids of the request', async () => {
  const { call } = await graphDoorUnderTest()
  const id = '3f0b2a34-5d0c-4c1c-8a5e-6f1a2b3c4d5e'
  const answer = await call('GET', `/users/${id}`, { headers: { 'client-request-id': 'mine' } })
  assert.equal(answer.status, 404)
  assert.deepEqual(errorOf(answer), {
    code: 'Request_ResourceNotFound',
    message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    innerError: {
      date: '2026-01-01T00:00:00',
      'request-id': REQUEST_ID,
      'client-request-id': 'mine',
    },
  })
  assert.equal(answer.headers['request-id'], REQUEST_ID)
  assert.equal(answer.headers['client-request-id'], 'mine')
})

test('who may not read the directory is told what is missing, and may read itself', async () => {
  const { call, memory, list } = await graphDoorUnderTest()
  const { vault, administrator } = memory
  const input = { kind: 'user', displayName: 'Ada', userPrincipalName: 'ada@localhost' } as const
  const { id: token } = await vault.principals.create(administrator, input)
  const refused = await call('GET', '/users', { token })
  assert.equal(refused.status, 403)
  assert.equal(errorOf(refused).code, 'Authorization_RequestDenied')
  assert.match(errorOf(refused).message, /Microsoft\.Directory\/allEntities\/read/)
  const me = await call('GET', '/me', { token })
  assert.equal(me.json['userPrincipalName'], 'ada@localhost')
  assert.equal((await call('GET', '/users/ada@localhost', { token })).status, 200)
  const filtered = await list("/users?$filter=userPrincipalName eq 'ada@localhost'", { token })
  assert.equal(filtered[0]?.['id'], token)
  assert.deepEqual(await list('/me/memberOf', { token }), [])
  const { id: other } = memory.first.user
  assert.equal((await call('GET', `/users/${other}`, { token })).status, 403)
})

test('an application that may read nothing finds itself by its client id, as az does', async () => {
  const { memory, list, call } = await graphDoorUnderTest()
  const { vault, administrator } = memory
  const { id, appId } = await vault.principals.create(administrator, {
    kind: 'application',
    displayName: 'a',
  })
  const filter = `servicePrincipalNames/any(c:c eq '${appId}')`
  const found = await list(`/servicePrincipals?$filter=${encodeURIComponent(filter)}`, {
    token: id,
  })
  assert.equal(found[0]?.['id'], id)
  const me = await call('GET', '/me', { token: id })
  assert.equal(me.status, 400)
  assert.equal(errorOf(me).message, '/me request is only valid with delegated authentication flow.')
})

test('paths match in any case, in both versions, with keys in brackets or without', async () => {
  const { send, memory } = await graphDoorUnderTest()
  const { id, appId } = memory.first.administrator.principal
  for (const path of [
    `/v1.0/servicePrincipals/${id}`,
    `/beta/serviceprincipals/${id}/`,
    `/V1.0/servicePrincipals('${id}')`,
    `/v1.0/servicePrincipals%28%27${id}%27%29`,
    `/v1.0/servicePrincipals(appId='${appId}')`,
  ]) {
    const answer = await send('GET', path)
    assert.equal(answer.status, 200, path)
    assert.equal(answer.json['id'], id)
  }
})

test('a path that leads nowhere, and a method that it has not, are refused as such', async () => {
  const { send } = await graphDoorUnderTest()
  for (const path of [
    '/',
    '/users',
    '/v2.0/users',
    '/v1.0/devices',
    '/v1.0/%zz',
    '/v1.0/users/a/b/c',
  ]) {
    const answer = await send('GET', path)
    assert.equal(answer.status, 400, path)
    assert.equal(errorOf(answer).code, 'BadRequest')
  }
  const wrong = await send('PUT', '/v1.0/users')
  assert.equal(wrong.status, 405)
  assert.equal(wrong.headers['Allow'], 'GET, POST')
})

test('a body that cannot be read, and a property that is not kept, is told and never left out', async () => {
  const { call } = await graphDoorUnderTest()
  const bodies: readonly [unknown, RegExp][] = [
    ['{', /not valid JSON/],
    ['[]', /not a JSON object/],
    [{ displayName: 'a', surprise: 1 }, /Invalid property 'surprise'/],
    [{ displayName: 'a', id: 'x' }, /Invalid property 'id'/],
    [{ displayName: 'a', tags: 'x' }, /property 'tags': it must be an array of strings/],
    [{ displayName: 'a', web: { redirectUris: [1] } }, /redirectUris an array of strings/],
    [{ displayName: '' }, /property 'displayName'/],
    [{ displayName: 'a', keyCredentials: [{ key: '!' }] }, /keyCredentials\[0\]\.key/],
    [{ displayName: 'a', keyCredentials: [{ key: 'AAAA' }] }, /certificate/],
    [{ displayName: 'a', passwordCredentials: [{}] }, /use addPassword/],
    [{ displayName: 'a', __proto__: null, constructor: {} }, /Invalid property 'constructor'/],
  ]
  for (const [body, message] of bodies) {
    const answer = await call('POST', '/applications', { body })
    assert.equal(answer.status, 400, JSON.stringify(body))
    assert.equal(errorOf(answer).code, 'Request_BadRequest')
    assert.match(errorOf(answer).message, message)
  }
})

test('who is denied again and again is refused with 429', async () => {
  const { call } = await graphDoorUnderTest()
  const clock = { now: () => 0 }
  const limited = await graphDoorUnderTest({ denials: new DenialLimit(1, clock) })
  assert.equal((await limited.call('GET', '/users', { token: 'stranger' })).status, 403)
  const refused = await limited.call('GET', '/users', { token: 'stranger' })
  assert.equal(refused.status, 429)
  assert.equal(refused.headers['Retry-After'], '60')
  assert.equal((await call('GET', '/users', { token: 'stranger' })).status, 403)
})

test('a body is not kept for who has no good token', async () => {
  const { door } = await graphDoorUnderTest()
  assert.equal((await door.admit?.(requestOf('POST', '/v1.0/users', { token: null })))?.status, 401)
  assert.equal(await door.admit?.(requestOf('POST', '/v1.0/users')), undefined)
  const answer = door.refuse(requestOf('POST', '/v1.0/users'), {
    reason: 'BodyTooLarge',
    limitBytes: 5,
  })
  assert.equal(answer.status, 413)
})

test('the organization is the tenant of the caller', async () => {
  const { list, memory } = await graphDoorUnderTest()
  const [found] = await list('/organization', { token: 'stranger' })
  assert.equal(found?.['id'], memory.first.tenant.id)
})

test('each change leaves its audit entry, with nothing of what was said', async () => {
  const { call, memory } = await graphDoorUnderTest()
  const body = {
    displayName: 'Ada',
    userPrincipalName: 'ada@localhost',
    passwordProfile: { password: 'a long enough phrase' },
  }
  assert.equal((await call('POST', '/users', { body })).status, 201)
  const entries = await memory.audit()
  const made = entries.find(({ operationName }) => operationName === 'DirectoryPrincipalCreate')
  assert.equal(made?.properties.requestUri, `${BASE}/users`)
  assert.ok(!JSON.stringify(entries).includes('phrase'))
})
