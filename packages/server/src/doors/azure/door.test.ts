import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '@claviger/vault'
import { assertRefused } from './assert-refused.ts'
import { responseHeaders } from './response-headers.ts'
import { doorUnderTest, REQUEST_ID, requestOf } from './door-under-test.ts'

test('the api-version must be given', async () => {
  const { send } = await doorUnderTest()
  for (const query of ['', '?', '?api-version=', '?apiversion=7.3']) {
    assertRefused(await send('GET', `/secrets${query}`), {
      status: 400,
      code: 'BadParameter',
      message: 'api-version must be specified. Add ?api-version=2026-04-01 to the request URI.',
    })
  }
})

test('the api-version must be one that was published, or a later date', async () => {
  const { send } = await doorUnderTest()
  const versions = ['7.7', '2015-06-01', '2027-13-01', '2027-01-01-beta', '%zz', 'x'.repeat(5000)]
  for (const version of versions) {
    const message = new RegExp(
      String.raw`^The specified version \(.{1,65}\) is not recognized\. ` +
        String.raw`Consider using the latest supported version \(2026-04-01\)\.$`,
    )
    const answer = await send('GET', `/secrets?api-version=${version}`)
    assertRefused(answer, { status: 400, code: 'BadParameter', message })
  }
})

test('the name of api-version may be percent-encoded and in any case', async () => {
  const { send } = await doorUnderTest()
  const queries = [
    'api%2Dversion=2025-07-01',
    'API-Version=7.0',
    'x=1&api-version=7.6-preview.2&api-version=wrong',
  ]
  for (const query of queries) assert.equal((await send('GET', `/secrets?${query}`)).status, 200)
})

test('an api-version dated later than the newest is served as that, and logged once', async () => {
  const { send, logged } = await doorUnderTest()
  for (const version of ['2029-02-01', '2029-02-01', '2029-02-01-preview']) {
    assert.equal((await send('GET', `/secrets?api-version=${version}`)).status, 200)
  }
  assert.deepEqual(logged.map(({ asked, served }) => [asked, served]), [
    ['2029-02-01', '2026-04-01'],
    ['2029-02-01-preview', '2026-04-01'],
  ])
})

test('a path that leads nowhere is not found', async () => {
  const { call } = await doorUnderTest()
  const paths = ['/', '//', '/nothing', '/secrets/a/b/c', '/secretsx', '/secrets/a/versions/b']
  for (const path of paths) {
    const message = 'There is nothing at this path. Correct the path of the request URI.'
    assertRefused(await call('GET', path), { status: 404, code: 'ResourceNotFound', message })
  }
})

test('a path that cannot be read says how to write it', async () => {
  const { call } = await doorUnderTest()
  const paths = ['/secrets/%zz', '/secrets/%', '/secrets/%E4', '/secrets/a#b', 'secrets', '*', '']
  for (const path of paths) {
    const message = /^The path of the request URI cannot be read\. .* escaped as %XX of/
    assertRefused(await call('GET', path), { status: 400, code: 'BadParameter', message })
  }
})

test('a wrong method is told, with those that are right', async () => {
  const { call } = await doorUnderTest()
  const wrong = [
    ['POST', '/secrets/a', 'DELETE, GET, PATCH, PUT'],
    ['PUT', '/secrets', 'GET'],
    ['PUT', '/secrets/', 'GET'],
    ['OPTIONS', '/secrets', 'GET'],
    ['HEAD', '/deletedsecrets/a', 'DELETE, GET'],
    ['POST', '/secrets//backup', ''],
    ['constructor', '/secrets', 'GET'],
  ] as const
  for (const [method, path, allowed] of wrong) {
    const answer = await call(method, path)
    const message = `HTTP ${method} not allowed`
    assertRefused(answer, { status: 405, code: 'MethodNotAllowed', message })
    assert.equal(answer.headers['Allow'], allowed)
  }
})

test('a POST may name the method that is meant, nothing else may', async () => {
  const { call } = await doorUnderTest()
  await call('PUT', '/secrets/a', { body: { value: 'v' } })
  for (const header of ['x-http-request', 'x-http-method', 'x-http-method-override']) {
    const answer = await call('POST', '/secrets/a', { headers: { [header]: 'get' } })
    assert.equal(answer.json['value'], 'v', header)
  }
  const tunnelling = (meant: string) => ({ headers: { 'x-http-method': meant } })
  assert.equal((await call('GET', '/secrets/a', tunnelling('DELETE'))).status, 200)
  for (const meant of ['', 'GET, DELETE', 'G@T', 'X'.repeat(17)]) {
    assertRefused(await call('POST', '/secrets/a', tunnelling(meant)), {
      status: 400,
      code: 'BadParameter',
      message: 'The header x-http-method must name one HTTP method, such as PATCH, or be left out.',
    })
  }
  assert.equal((await call('POST', '/secrets/a', tunnelling('BREW'))).status, 405)
})

test('every answer has the headers of the service, errors too', async () => {
  const { call } = await doorUnderTest()
  for (const token of ['administrator', 'stranger', null]) {
    const sent = { token, headers: { 'x-ms-client-request-id': 'my-id' } }
    const headers = new Map(Object.entries((await call('GET', '/secrets', sent)).headers))
    assert.equal(headers.delete('WWW-Authenticate'), token === null)
    assert.deepEqual(Object.fromEntries(headers), {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-cache',
      Pragma: 'no-cache',
      Expires: '-1',
      'x-ms-request-id': REQUEST_ID,
      'x-ms-client-request-id': 'my-id',
      'x-ms-keyvault-region': 'test',
      'x-ms-keyvault-service-version': '0.1.0',
      'x-ms-keyvault-network-info': 'conn_type=Ipv4;addr=192.0.2.7;act_addr_fam=InterNetwork;',
      'X-Content-Type-Options': 'nosniff',
    })
  }
})

test('only hosts of a real domain ask browsers to insist on HTTPS', async () => {
  const request = { headers: {}, requestId: REQUEST_ID, clientAddress: '192.0.2.7' }
  const security = (host: string): string | undefined =>
    responseHeaders({ ...request, host }, { region: 'test', serviceVersion: '0.1.0' })['Strict-Transport-Security']
  assert.equal(security('kv.vault.example.com'), 'max-age=31536000;includeSubDomains')
  for (const host of ['localhost', 'default.vault.localhost']) assert.equal(security(host), undefined)
})

test('a client request id that is not fit to be sent back is left out', async () => {
  const { call, lastAudit } = await doorUnderTest()
  for (const id of ['', 'a b', 'ä', 'x'.repeat(129), 'a\r\nb']) {
    const sent = { headers: { 'x-ms-client-request-id': id } }
    assert.equal((await call('GET', '/secrets', sent)).headers['x-ms-client-request-id'], undefined)
    assert.equal((await lastAudit())?.correlationId, REQUEST_ID)
  }
})

test('the audit is told what it may record of a request, and no more', async () => {
  const { send, lastAudit } = await doorUnderTest()
  await send('GET', '/secrets/a?api-version=7.4&token=canary&outContentType=application/x-pkcs12', {
    headers: {
      'user-agent': `x\u0007${'y'.repeat(300)}`,
      'x-ms-client-request-id': 'id-1',
      'x-canary': 'canary',
    },
  })
  const entry = await lastAudit()
  assert.equal(
    entry?.properties.requestUri,
    'https://default.vault.localhost:8443/secrets/a?api-version=7.4',
  )
  assert.equal(entry.properties.clientInfo, `x${'y'.repeat(199)}`)
  assert.equal(entry.properties.httpStatusCode, 404)
  assert.equal(entry.operationVersion, '7.4')
  assert.equal(entry.correlationId, 'id-1')
  assert.equal(entry.callerIpAddress, '192.0.2.7')
  assert.doesNotMatch(JSON.stringify(entry), /canary/)
})

test('a long path does not make a long audit entry', async () => {
  const { call, memory } = await doorUnderTest()
  const before = (await memory.audit()).length
  await call('GET', `/secrets/${'a'.repeat(1024)}/${'b'.repeat(1024)}`)
  await call('GET', `/secrets/${'a'.repeat(20_000)}`)
  const entries = (await memory.audit()).slice(before)
  assert.equal(entries.length, 1)
  assert.ok(JSON.stringify(entries).length < 4000)
})

test('what the listener refuses is told in the shape of this wire', async () => {
  const { door, logged } = await doorUnderTest()
  const refusals = [
    [{ reason: 'BodyTooLarge', limitBytes: 5 }, 413, 'RequestBodyTooLarge', /larger than 5 bytes/],
    [{ reason: 'BodyIncomplete' }, 408, 'RequestTimeout', /Send the request again/],
    [{ reason: 'Overloaded' }, 503, 'ServiceUnavailable', /again later/],
  ] as const
  for (const [refusal, status, code, message] of refusals) {
    const { body, ...answer } = door.refuse(requestOf('PUT', '/secrets/a'), refusal)
    const text = String(body)
    assertRefused({ ...answer, text, json: JSON.parse(text) }, { status, code, message })
    assert.equal(answer.headers['x-ms-request-id'], REQUEST_ID)
  }
  assert.deepEqual(logged, [])
})

test('a full disk asks the client to come again, and the log alone says why', async () => {
  const { call, memory, logged } = await doorUnderTest()
  memory.failCommits()
  const set = await call('PUT', '/secrets/a', { body: { value: 'v' } })
  const get = await call('GET', '/secrets/a')
  const answers = [
    [set, /cannot reach its store/],
    [get, /audit entry could not be written/],
  ] as const
  for (const [answer, message] of answers) {
    assertRefused(answer, { status: 503, code: 'ServiceUnavailable', message })
    assert.equal(answer.headers['Retry-After'], '1')
    assert.doesNotMatch(answer.text, /disk/)
  }
  assert.deepEqual(logged.map(({ reason }) => reason), ['the disk is full', 'the disk is full'])
})

test('a damaged record is named and not served, and its inner ids stay inside', async () => {
  const { call, memory, logged } = await doorUnderTest()
  await call('PUT', '/secrets/broken', { body: { value: 'v' } })
  for (const [key, { bytes }] of memory.contents.bodies) {
    if (key.includes('/secret-version/broken/')) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  }
  assertRefused(await call('GET', '/secrets/broken'), {
    status: 503,
    code: 'RecordCorrupt',
    message: new RegExp(
      '^What is stored of secret-version/broken/[0-9a-f]{32} is damaged and is not served. ' +
        'Ask the operator to restore it from a backup.$',
    ),
  })
  assert.match(String(logged[0]?.['record']), /\/v\/[0-9a-f]{32}\/secret-version\/broken\//)
})

test('a bug is a 500 that tells nothing; its trace is in the log', async () => {
  const { call, logged } = await doorUnderTest((vault) => ({
    ...vault,
    secrets: { ...vault.secrets, get: () => Promise.reject(new Error('canary')) },
  }))
  assertRefused(await call('GET', '/secrets/a'), {
    status: 500,
    code: 'InternalServerError',
    message:
      'The server has failed unexpectedly. Tell its operator the x-ms-request-id of this answer.',
  })
  assert.deepEqual([logged[0]?.['requestId'], logged[0]?.['error']], [REQUEST_ID, 'Error'])
})

test('faults that an operation of today does not throw have their answer too', async () => {
  const faults: readonly [Fault, number, string, string | undefined][] = [
    [new Fault('Conflict', {}), 409, 'Conflict', undefined],
    [new Fault('TooManyRequests', { retryAfterSeconds: 7 }), 429, 'Throttled', '7'],
    [new Fault('UnsealFailed', { reason: 'x' }), 503, 'ServiceUnavailable', '1'],
    [new Fault('TenantNotFound', { tenant: 't' }), 404, 'TenantNotFound', undefined],
  ]
  for (const [fault, status, code, retryAfter] of faults) {
    const { call } = await doorUnderTest((vault) => ({
      ...vault,
      secrets: { ...vault.secrets, get: () => Promise.reject(fault) },
    }))
    const answer = await call('GET', '/secrets/a')
    assertRefused(answer, { status, code, message: /\w/ })
    assert.equal(answer.headers['Retry-After'], retryAfter)
  }
})
