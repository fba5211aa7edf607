import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { WireRequest } from '../../door.ts'
import { doorUnderTest, REQUEST_ID } from './door-under-test.ts'

// Most requests are nearly right, so that they come past the first checks and reach operations.

const anyText = fc.string({ unit: 'binary', maxLength: 60 })

const word = fc.constantFrom(
  'secrets', 'deletedsecrets', 'a', 'b', 'restore', 'backup', 'recover', 'versions', '', '..',
  '%zz', '%2F', '%00', '%C4%B0', '0123456789abcdef0123456789abcdef', '__proto__', 'constructor',
  ':name', '*',
)
const path = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '/secrets/a', '/secrets/b/', '/secrets', '/secrets/a/versions', '/secrets/a/backup',
      '/secrets/restore', '/deletedsecrets', '/deletedsecrets/a', '/deletedsecrets/a/recover',
    ),
  },
  fc.array(fc.oneof(word, fc.string({ maxLength: 20 })), { maxLength: 6 })
    .map((words) => `/${words.join('/')}`),
  anyText,
)

const parameter = fc.tuple(
  fc.constantFrom('maxresults', '$skiptoken', 'outContentType', 'api%2Dversion', '%zz', ''),
  fc.oneof(fc.constantFrom('5', '0', 'bnVsbA', '%', 'e30', '2025-07-01'), fc.string()),
)
const query = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.array(parameter, { maxLength: 3 })
      .map((all) => ['api-version=7.3', ...all.map((one) => one.join('='))].join('&')),
  },
  anyText,
)

const header = fc.constantFrom(
  'content-type', 'x-http-method', 'x-http-request', 'user-agent', 'x-ms-client-request-id',
  'authorization', '__proto__',
)
const headers = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.dictionary(header, fc.oneof(fc.constantFrom('DELETE', 'PATCH', 'Bearer x'), anyText)),
)

const member = fc.constantFrom(
  'value', 'tags', 'attributes', 'enabled', 'nbf', 'exp', 'contentType', '__proto__',
)
const leaf = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  anyText,
  fc.constantFrom('\ud800', 'AAAA', 1e300, -1, 1, true, null),
)
const members = fc.dictionary(member, fc.oneof(leaf, fc.dictionary(member, leaf)))
const json = fc.oneof(leaf, members, members.map((some) => ({ ...some, value: 'v' })))
const body = fc.oneof(
  { weight: 3, arbitrary: fc.constant(Buffer.from('{"value":"v","tags":{}}')) },
  { weight: 3, arbitrary: json.map((value) => Buffer.from(JSON.stringify(value))) },
  fc.uint8Array({ maxLength: 100 }),
)

const request: fc.Arbitrary<WireRequest> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'PATCH', 'POST', 'DELETE', 'HEAD', 'BREW'),
  path,
  query,
  headers: headers.map((some) => ({ authorization: 'Bearer administrator', ...some })),
  body,
  host: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('default.vault.localhost', '::1') },
    anyText,
  ),
  port: fc.constantFrom(undefined, 443, 8443),
  clientAddress: fc.constantFrom('192.0.2.7', '::1', ''),
  requestId: fc.constant(REQUEST_ID),
})

test('whatever a client sends, the answer is never a failure of the server', async () => {
  const { door, logged } = await doorUnderTest()
  const reached = new Set<number>()
  const property = fc.asyncProperty(request, async (sent) => {
    const { status, headers: answered, body: text } = await door.answer(sent)
    reached.add(status)
    assert.ok(status < 500, String(status))
    assert.ok(Object.values(answered).every((value) => /^[\x20-\x7e]*$/.test(value)))
    if (status === 204) return
    const read: unknown = JSON.parse(String(text))
    assert.ok(typeof read === 'object' && read !== null)
    assert.equal(status >= 400, 'error' in read)
  })
  await fc.assert(property, { numRuns: 4000 })
  assert.ok([200, 400, 401, 404, 405].every((status) => reached.has(status)), [...reached].join())
  assert.deepEqual(logged.filter((line) => 'error' in line), [])
})
