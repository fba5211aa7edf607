import assert from 'node:assert/strict'
import { METHODS } from 'node:http'
import { Agent } from 'node:https'
import { test } from 'node:test'
import { connect, type TLSSocket } from 'node:tls'
import { ask, echo, exchangeRaw, listenerUnderTest, say } from './listener/listener-under-test.ts'
import { createAuthority, issueServerCertificate } from './tls/certificate-authority.ts'
import { privateKeyPem } from './tls/private-key-pem.ts'

const close = 'Connection: close\r\n\r\n'
const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${close}`

test('a request reaches the door as it came', async (context) => {
  const under = await listenerUnderTest(context)
  const { status, body } = await ask(under, {
    method: 'PUT',
    path: '/secrets/a%20b?api%2Dversion=7.4&x=%',
    headers: { host: 'LocalHost:8443', 'content-type': 'application/json', 'x-twice': 'v' },
    body: '{"value":',
  })
  assert.equal(status, 200)
  const seen = JSON.parse(body)
  assert.equal(seen.method, 'PUT')
  assert.equal(seen.path, '/secrets/a%20b')
  assert.equal(seen.query, 'api%2Dversion=7.4&x=%')
  assert.equal(seen.host, 'localhost')
  assert.equal(seen.port, 8443)
  assert.equal(seen.body, '{"value":')
  assert.equal(seen.clientAddress, '127.0.0.1')
  assert.equal(seen.headers['x-twice'], 'v')
  assert.match(seen.requestId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/)
})

for (const target of [
  '//',
  '/keys/k//sign',
  '/secrets/a/',
  '/%',
  '/%zz/%c3%28',
  '/a%2fb',
  '/../etc',
  `/${'n'.repeat(2000)}`,
  '/*',
  '/:name',
  '/a;b#c',
]) {
  test(`the path ${target.slice(0, 20)} reaches the door unchanged`, async (context) => {
    const under = await listenerUnderTest(context)
    const answer = await exchangeRaw(under, get(target))
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
    assert.equal(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).path.length, target.length)
  })
}

test('every method that is HTTP reaches the door, with its body', async (context) => {
  const under = await listenerUnderTest(context)
  for (const method of METHODS.filter((name) => name !== 'CONNECT')) {
    const { status, body } = await ask(under, {
      method,
      headers: { 'content-type': 'not a/type;;', 'content-length': '2' },
      body: 'hi',
    })
    assert.equal(status, 200, method)
    if (method === 'HEAD') continue
    assert.equal(JSON.parse(body).method, method)
    assert.equal(JSON.parse(body).body, 'hi')
  }
})

test('a method that is not HTTP, and CONNECT, are refused in plain words', async (context) => {
  const under = await listenerUnderTest(context)
  const unknown = await exchangeRaw(under, `FROBNICATE / HTTP/1.1\r\nHost: localhost\r\n${close}`)
  assert.match(unknown, /^HTTP\/1\.1 400 Bad Request\r\n/)
  assert.match(unknown, /not well-formed HTTP/)
  const tunnel = await exchangeRaw(under, `CONNECT a.b:443 HTTP/1.1\r\nHost: a.b:443\r\n${close}`)
  assert.match(tunnel, /^HTTP\/1\.1 405 /)
})

test('an expectation that cannot be met is refused in words, with and without a body', async (context) => {
  const under = await listenerUnderTest(context)
  for (const more of ['', 'Content-Length: 5\r\n']) {
    const head = `PUT /a HTTP/1.1\r\nHost: localhost\r\nExpect: 200-maybe\r\n${more}\r\n`
    const answer = await exchangeRaw(under, head)
    assert.match(answer, /^HTTP\/1\.1 417 [^]*connection: close/i)
    assert.match(answer, /"code":"ExpectationFailed"/)
  }
})

test('a request line of another major version is refused in words', async (context) => {
  const under = await listenerUnderTest(context)
  for (const version of ['2.0', '0.9', '3.1', '9.9']) {
    const answer = await exchangeRaw(under, `GET /a HTTP/${version}\r\nHost: localhost\r\n${close}`)
    assert.match(answer, /^HTTP\/1\.1 (505|400) [^]*"message":"[^"]*HTTP\/1\.1/, version)
  }
})

test('CONNECT behind another request does not take the place of its answer', async (context) => {
  const under = await listenerUnderTest(context)
  const connect = 'CONNECT a.b:443 HTTP/1.1\r\nHost: a.b:443\r\n\r\n'
  const answers = await exchangeRaw(under, `GET /first HTTP/1.1\r\nHost: localhost\r\n\r\n${connect}`)
  assert.match(answers, /^HTTP\/1\.1 200 /)
  assert.match(answers, /"path":"\/first"/)
  assert.doesNotMatch(answers, /405/)
})

test('bytes that are no HTTP get a plain 400', async (context) => {
  const under = await listenerUnderTest(context)
  const badHeader = `GET / HTTP/1.1\r\nBad Header\r\n${close}`
  for (const text of ['nonsense\r\n\r\n', badHeader, get('/caf\u00e9'), get('/a b')]) {
    assert.match(await exchangeRaw(under, text), /^HTTP\/1\.1 400 Bad Request\r\nConnection: close/)
  }
})

test('a length and a chunked body together are refused: no smuggling', async (context) => {
  const under = await listenerUnderTest(context)
  const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n'
  const answer = await exchangeRaw(under, `${head}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)
  assert.match(answer, /^HTTP\/1\.1 400 /)
})

test('a target in absolute form names the host itself', async (context) => {
  const under = await listenerUnderTest(context)
  const text = `GET https://localhost:8443?a=b HTTP/1.1\r\nHost: other\r\n${close}`
  const answer = await exchangeRaw(under, text)
  const seen = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))
  assert.deepEqual([seen.host, seen.port, seen.path, seen.query], ['localhost', 8443, '/', 'a=b'])
})

test('OPTIONS * reaches the door', async (context) => {
  const under = await listenerUnderTest(context)
  const answer = await exchangeRaw(under, `OPTIONS * HTTP/1.1\r\nHost: localhost\r\n${close}`)
  assert.match(answer, /"path":"\*"/)
})

test('a header that came twice is joined, a cookie that a client sets too', async (context) => {
  const under = await listenerUnderTest(context)
  const twice = 'X-A: 1\r\nX-A: 2\r\nAuthorization: a\r\nAuthorization: b\r\nSet-Cookie: c=d\r\n'
  const answer = await exchangeRaw(under, `GET / HTTP/1.1\r\nHost: localhost\r\n${twice}${close}`)
  const { headers } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))
  assert.equal(headers['x-a'], '1, 2')
  assert.equal(headers['authorization'], 'a, b')
  assert.equal(headers['set-cookie'], 'c=d')
})

test('an unknown host is misdirected, with a sentence', async (context) => {
  const under = await listenerUnderTest(context)
  const { status, headers, body } = await ask(under, { headers: { host: 'evil.example' } })
  assert.equal(status, 421)
  assert.equal(headers['content-type'], 'application/json; charset=utf-8')
  const { error } = JSON.parse(body)
  assert.equal(error.code, 'MisdirectedRequest')
  assert.match(error.message, /evil\.example/)
  assert.equal(under.answered[0]?.door, 'none')
})

for (const [what, header] of [
  ['no', ''],
  ['an empty', 'Host:\r\n'],
  ['a doubled', 'Host: localhost\r\nHost: localhost\r\n'],
  ['an invalid', 'Host: a b\r\n'],
  ['a too large port in the', 'Host: localhost:70000\r\n'],
  ['a path in the', 'Host: localhost/x\r\n'],
] as const) {
  test(`${what} Host header is a bad request`, async (context) => {
    const under = await listenerUnderTest(context)
    const answer = await exchangeRaw(under, `GET / HTTP/1.1\r\n${header}${close}`)
    assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/)
    assert.match(answer, /"code":"BadRequest"/)
  })
}

test('an IPv6 host loses its brackets, and a final dot is no difference', async (context) => {
  const hosts: string[] = []
  const under = await listenerUnderTest(context, undefined, {
    doorForHost(host) {
      hosts.push(host)
      return undefined
    },
  })
  await ask(under, { headers: { host: '[::1]:8443' } })
  await ask(under, { headers: { host: 'localhost.' } })
  assert.deepEqual(hosts, ['::1', 'localhost'])
})

test('pipelined requests are answered in order, on one connection that stays', async (context) => {
  const under = await listenerUnderTest(context)
  const one = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`
  const connection = await say(under, one('/1') + one('/2') + one('/3'))
  await connection.until(/"\/3"/)
  connection.socket.write(one('/4'))
  const all = await connection.until(/"\/4"/)
  assert.deepEqual(all.match(/"path":"\/\d"/g), [1, 2, 3, 4].map((n) => `"path":"/${n}"`))
  connection.socket.destroy()
})

test('rubbish after a request is not taken for the answer to it', async (context) => {
  const first = Promise.withResolvers<void>()
  const under = await listenerUnderTest(context, async (request) => {
    await first.promise
    return await echo(request)
  })
  const connection = await say(under, 'GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\nrubbish\r\n\r\n')
  while (under.listener.inFlight === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(connection.received(), '')
  first.resolve()
  assert.match(await connection.ended, /^HTTP\/1\.1 200 OK[^]*"path":"\/1"/)
})

test('a connection is kept and says for how long', async (context) => {
  const under = await listenerUnderTest(context)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  context.after(() => agent.destroy())
  const first = await ask(under, { agent })
  assert.equal(first.headers['keep-alive'], 'timeout=75')
  assert.equal(JSON.parse(first.body).method, 'GET')
  await ask(under, { agent })
  assert.equal(Object.values(agent.freeSockets).flat().length, 1)
})

test('a door that throws gives 500 without a word of the cause, which the log has', async (context) => {
  const under = await listenerUnderTest(context, () => Promise.reject(new TypeError('canary')))
  const { status, body } = await ask(under)
  assert.equal(status, 500)
  assert.ok(!body.includes('canary'))
  assert.match(under.logged.join(''), /TypeError/)
  assert.ok(!under.logged.join('').includes('canary'))
  assert.match(body, new RegExp(under.answered[0]?.requestId ?? 'none'))
})

test('an answer with a header that HTTP cannot carry gives 500, not a hanging client', async (context) => {
  const answer = { status: 200, headers: { 'x-bad': 'a\r\nb' }, body: '' }
  const under = await listenerUnderTest(context, () => Promise.resolve(answer))
  assert.equal((await ask(under)).status, 500)
})

test('answers without a body carry no length', async (context) => {
  const answer = { status: 204, headers: {}, body: '' }
  const under = await listenerUnderTest(context, () => Promise.resolve(answer))
  const { status, headers } = await ask(under)
  assert.equal(status, 204)
  assert.equal(headers['content-length'], undefined)
})

function handshake(port: number, ca: string, options: object = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, ca, host: '127.0.0.1', servername: 'localhost', ...options })
    socket.once('secureConnect', () => resolve(socket)).once('error', reject)
  })
}

test('TLS 1.2 and 1.3 are spoken, 1.1 is not', async (context) => {
  const { port, ca } = await listenerUnderTest(context)
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const socket = await handshake(port, ca, { minVersion: version, maxVersion: version })
    assert.equal(socket.getProtocol(), version)
    socket.destroy()
  }
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }
  await assert.rejects(handshake(port, ca, old))
})

test('another certificate is served at once, while connections and tickets live on', async (context) => {
  const under = await listenerUnderTest(context)
  const { port, ca, listener } = under
  const held = await say(under, 'GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await held.until(/"\/1"/)
  const session = held.socket.getSession()
  const other = await createAuthority(Date.now())
  const issued = await issueServerCertificate(other, ['localhost'], Date.now())
  listener.setKeyPair({
    certificate: issued.certificatePem,
    key: privateKeyPem(issued.privateKeyPkcs8),
  })
  const fresh = await handshake(port, other.certificatePem)
  assert.equal(fresh.authorized, true)
  fresh.destroy()
  await assert.rejects(handshake(port, ca))
  held.socket.write('GET /2 HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await held.until(/"\/2"/)
  held.socket.destroy()
  const resumed = await handshake(port, ca, { session })
  assert.equal(resumed.isSessionReused(), true)
  resumed.destroy()
})
