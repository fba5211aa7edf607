import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertRefused } from './assert-refused.ts'
import { doorUnderTest, setSecret, VERSION, type Sent } from './door-under-test.ts'

const bad = { status: 400, code: 'BadParameter' } as const

test('what is not there is not found, in the words of the service', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  const missing = [
    ['GET', '/secrets/b', 'b'],
    ['GET', '/secrets/a/abc123', 'a/abc123'],
    ['PATCH', '/secrets/a/abc123', 'a/abc123'],
    ['GET', '/secrets/b/versions', 'b'],
    ['DELETE', '/secrets/b', 'b'],
    ['POST', '/secrets/b/backup', 'b'],
  ] as const
  for (const [method, path, shown] of missing) {
    assertRefused(await door.call(method, path, { body: {} }), {
      status: 404,
      code: 'SecretNotFound',
      message:
        `A secret with (name/id) ${shown} was not found in this key vault. ` +
        'If you recently deleted this secret you may be able to recover it using the correct ' +
        'recovery command. For help resolving this issue, please see ' +
        'https://go.microsoft.com/fwlink/?linkid=2125182',
    })
  }
})

test('a secret that is not deleted is not among the deleted', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  for (const [method, suffix] of [['GET', ''], ['DELETE', ''], ['POST', '/recover']] as const) {
    assertRefused(await door.call(method, `/deletedsecrets/a${suffix}`), {
      status: 404,
      code: 'SecretNotFound',
      message: 'Deleted Secret not found: a',
    })
  }
})

test('a wrong name is refused, and nothing of it is read as a path', async () => {
  const door = await doorUnderTest()
  const names = {
    a_b: 'a_b',
    'a%20b': 'a b',
    'a%2Fb': 'a/b',
    'a%00': 'a\0',
    '%C3%A4': 'ä',
    '%C4%B0': 'İ',
    'a%252e': 'a%2e',
    'a%3Fb': 'a?b',
    'a%23b': 'a#b',
    ['a'.repeat(128)]: 'a'.repeat(128),
    ['a'.repeat(20_000)]: `${'a'.repeat(1024)}…`,
  }
  for (const [name, shown] of Object.entries(names)) {
    const message = `The request URI contains an invalid name: ${shown}`
    const answer = await door.call('PUT', `/secrets/${name}`, { body: { value: 'v' } })
    assertRefused(answer, { ...bad, message })
  }
})

test('a word with a letter that only its lower case makes ASCII is no path word', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  // K is the Kelvin sign, whose lower case is the letter k.
  const kelvin = 'bac\u212aup'
  const answer = await door.call('POST', `/secrets/a/${encodeURIComponent(kelvin)}`)
  assertRefused(answer, { ...bad, message: `The request URI contains an invalid name: ${kelvin}` })
})

test('a body that is not one JSON object in UTF-8 is refused', async () => {
  const door = await doorUnderTest()
  const deep = `{"tags":${'['.repeat(300_000)}${']'.repeat(300_000)}}`
  const bodies: readonly [Sent, string][] = [
    [{}, 'The request body is empty'],
    [{ body: '{"value":"v"' }, 'The request body is not valid JSON'],
    [{ body: 'value=v' }, 'The request body is not valid JSON'],
    [{ body: '['.repeat(500_000) }, 'The request body is not valid JSON'],
    [{ body: '[{"value":"v"}]' }, 'The request body is not a JSON object'],
    [{ body: '"v"' }, 'The request body is not a JSON object'],
    [{ body: 'null' }, 'The request body is not a JSON object'],
    [{ bytes: Buffer.from('{"value":"\xe4"}', 'latin1') }, 'The request body is not valid UTF-8'],
  ]
  for (const [sent, what] of bodies) {
    const message = `${what}. Send one JSON object, encoded in UTF-8.`
    assertRefused(await door.call('PUT', '/secrets/a', sent), { ...bad, message })
  }
  const nested = await door.call('PUT', '/secrets/a', { body: deep })
  assertRefused(nested, { ...bad, message: /^Property value has invalid value/ })
})

test('a byte order mark does no harm', async () => {
  const { call } = await doorUnderTest()
  const { status } = await call('PUT', '/secrets/a', { body: '\ufeff{"value":"v"}' })
  assert.equal(status, 200)
})

test('a body must be said to be JSON, or not be said to be anything', async () => {
  const { call } = await doorUnderTest()
  const bytes = Buffer.from('{"value":"v"}')
  const put = (type: string) =>
    call('PUT', '/secrets/a', { bytes, headers: { 'content-type': type } })
  assert.equal((await call('PUT', '/secrets/a', { bytes })).status, 200)
  for (const type of [
    'application/json',
    'Application/JSON; charset=UTF-8',
    'application/json;odata=none; charset="utf-8"',
    'application/json; charset=us-ascii',
    '',
    ';',
  ]) {
    assert.equal((await put(type)).status, 200, type)
  }
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonx',
    'application/json; charset=utf-16',
    'application/json; charset="iso-8859-1"',
    'application/json; charset=',
  ]) {
    assertRefused(await put(type), {
      status: 415,
      code: 'UnsupportedMediaType',
      message:
        'The content type of the request body is not supported. ' +
        'Send JSON, encoded in UTF-8, with Content-Type: application/json.',
    })
  }
})

test('a member of the wrong type is named with what it must be', async () => {
  const { call } = await doorUnderTest()
  const wrong: readonly [object, string, string][] = [
    [{ value: undefined }, 'value', 'It must be given.'],
    [{ value: null }, 'value', 'It must be given.'],
    [{ value: 5 }, 'value', 'It must be a string.'],
    [{ value: ['v'] }, 'value', 'It must be a string.'],
    [{ contentType: 1 }, 'contentType', 'It must be a string.'],
    [{ attributes: [] }, 'attributes', 'It must be a JSON object.'],
    [{ attributes: 'x' }, 'attributes', 'It must be a JSON object.'],
    [{ attributes: { enabled: 'true' } }, 'attributes.enabled', 'It must be true or false.'],
    [{ attributes: { nbf: '1' } }, 'attributes.nbf', 'It must be a whole number.'],
    [{ attributes: { nbf: 1.5 } }, 'attributes.nbf', 'It must be a whole number.'],
    [{ attributes: { exp: 1e300 } }, 'attributes.exp', 'It must be a whole number.'],
    [{ tags: ['a'] }, 'tags', 'It must be a JSON object.'],
    [{ tags: { a: 1 } }, 'tags', 'Each of its values must be a string.'],
    [{ tags: { a: null } }, 'tags', 'Each of its values must be a string.'],
  ]
  for (const [members, property, reason] of wrong) {
    const message = `Property ${property} has invalid value\r\n${reason}`
    const body = { value: 'v', ...members }
    assertRefused(await call('PUT', '/secrets/a', { body }), { ...bad, message })
  }
})

test('what breaks a rule of secrets is told the same way', async () => {
  const { call } = await doorUnderTest()
  const many = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`t${index}`, '']))
  const wrong: readonly [object, RegExp][] = [
    [{ value: `${'ä'.repeat(12_800)}x` }, /^Property value .*\r\nIt has 25601 bytes, at most/],
    [{ contentType: 'x'.repeat(256) }, /^Property contentType .*\r\nIt has 256 characters, at/],
    [{ tags: many }, /^Property tags .*\r\nThere are 16, at most 15 are allowed\.$/],
    [{ tags: { a: 'x'.repeat(513) } }, /^Property tags .*\r\nA tag's name and its value may have/],
    [{ attributes: { exp: -1 } }, /^Property attributes\.exp .*\r\nIt must be whole seconds since/],
    [{ attributes: { nbf: 2, exp: 1 } }, /^Property attributes\.exp .*\r\nIt must be later than/],
  ]
  for (const [members, message] of wrong) {
    const body = { value: 'v', ...members }
    assertRefused(await call('PUT', '/secrets/a', { body }), { ...bad, message })
  }
  const largest = { value: 'ä'.repeat(12_800) }
  assert.equal((await call('PUT', '/secrets/a', { body: largest })).status, 200)
})

test('half a surrogate pair is refused wherever a text is stored', async () => {
  const { call } = await doorUnderTest()
  const bodies = [
    String.raw`{"value":"\ud800"}`,
    String.raw`{"value":"v","contentType":"\udfff"}`,
    String.raw`{"value":"v","tags":{"\ud800":"x"}}`,
    String.raw`{"value":"v","tags":{"x":"\udc00\ud800"}}`,
  ]
  for (const body of bodies) {
    const message = /^Property (value|contentType|tags) .*\r\nIt(s names)? must be well-formed/
    assertRefused(await call('PUT', '/secrets/a', { body }), { ...bad, message })
  }
  const pair = String.raw`{"value":"\ud83d\ude00\u0000"}`
  const whole = await call('PUT', '/secrets/a', { body: pair })
  assert.equal(whole.json['value'], '😀\0')
})

test('names of the prototype are tags like any other', async () => {
  const { call } = await doorUnderTest()
  const tags = '{"__proto__":"p","constructor":"c","toString":"t"}'
  const body = `{"value":"v","__proto__":{"value":"x"},"tags":${tags}}`
  assert.ok((await call('PUT', '/secrets/a', { body })).text.endsWith(`"tags":${tags}}`))
  assert.ok((await call('GET', '/secrets/a')).text.endsWith(`"tags":${tags}}`))
  const inherited = await call('PUT', '/secrets/a', { body: '{"__proto__":{"value":"v"}}' })
  assertRefused(inherited, { ...bad, message: /\r\nIt must be given\.$/ })
})

test('of a member that comes twice the last one counts', async () => {
  const { call } = await doorUnderTest()
  const body = '{"value":"one","value":"two"}'
  assert.equal((await call('PUT', '/secrets/a', { body })).json['value'], 'two')
})

test('a body is not looked at where none is needed', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  const requests = [
    ['GET', '/secrets/a'],
    ['POST', '/secrets/a/backup'],
    ['DELETE', '/secrets/a'],
    ['POST', '/deletedsecrets/a/recover'],
  ] as const
  for (const [method, path] of requests) {
    const sent = { body: 'no json', headers: { 'content-type': 'text/plain' } }
    assert.equal((await door.call(method, path, sent)).status, 200, path)
  }
})

test('a damaged, cut or foreign backup is refused', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  const { json } = await door.call('POST', '/secrets/a/backup')
  const blob = Buffer.from(String(json['value']), 'base64url')
  blob[blob.length - 1] = (blob.at(-1) ?? 0) ^ 1
  for (const bytes of [blob, blob.subarray(0, 40), Buffer.from('other'), Buffer.alloc(0)]) {
    const body = { value: bytes.toString('base64url') }
    const message = /^The backup of the secret cannot be restored: .*\. Send the value of a backup/
    assertRefused(await door.call('POST', '/secrets/restore', { body }), { ...bad, message })
  }
})

test('a backup that is not base64url is refused', async () => {
  const { call } = await doorUnderTest()
  for (const value of ['!', 'a b', 'ä', 'A', '=', 'AA=A']) {
    const message =
      'Property value has invalid value\r\nIt must be base64url, as the backup gave it.'
    const answer = await call('POST', '/secrets/restore', { body: { value } })
    assertRefused(answer, { ...bad, message })
  }
})

test('who may not restore is told so before the body is read, and the audit has both', async () => {
  const door = await doorUnderTest()
  const stranger = await door.call('POST', '/secrets/restore', { body: 'no json', token: 'stranger' })
  assert.equal(stranger.status, 403)
  const administrator = await door.call('POST', '/secrets/restore', { body: 'no json' })
  assert.equal(administrator.status, 400)
  const entry = await door.lastAudit()
  assert.equal(entry?.operationName, 'SecretRestore')
  assert.equal(entry?.resultSignature, 'Bad Request')
  assert.equal(entry?.resultDescription, 'InvalidInput')
})

test('outContentType is one of two or left out', async () => {
  const door = await doorUnderTest()
  await setSecret(door, 'a')
  const get = (form: string) =>
    door.send('GET', `/secrets/a?api-version=${VERSION}&outContentType=${form}`)
  for (const form of ['application/x-pkcs12', 'application/x-pem-file']) {
    assert.equal((await get(form)).status, 200)
  }
  for (const form of ['', 'text/plain', 'pem']) {
    assertRefused(await get(form), {
      ...bad,
      message:
        'Property outContentType has invalid value\r\n' +
        'It must be application/x-pkcs12 or application/x-pem-file, or be left out.',
    })
  }
})
