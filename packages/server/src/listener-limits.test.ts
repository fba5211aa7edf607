import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ask, echo, exchangeRaw, listenerUnderTest, say } from './listener/listener-under-test.ts'
import type { Door } from './door.ts'
import { type Exchanged, type ListenAt, openListener } from './listener.ts'
import { openLog } from './log.ts'

const slow = { limits: { headersTimeoutMs: 200, requestTimeoutMs: 400 } }

test('a client that is slow with its headers gets 408', async (context) => {
  const under = await listenerUnderTest(context, echo, slow)
  const answer = await exchangeRaw(under, 'GET / HTTP/1.1\r\nHost: loc')
  assert.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n/)
  assert.match(answer, /did not arrive in time/)
})

test('a client that is slow with its body gets 408', async (context) => {
  const under = await listenerUnderTest(context, echo, slow)
  const head = 'PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n'
  const answer = await exchangeRaw(under, `${head}abc`)
  assert.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n/)
})

test('a client that says nothing at all is closed', async (context) => {
  const under = await listenerUnderTest(context, echo, slow)
  await exchangeRaw(under, '')
})

test('a client that never starts TLS is closed', async (context) => {
  const { port } = await listenerUnderTest(context, echo, slow)
  const socket = connect(port, '127.0.0.1').on('error', () => undefined).resume()
  await once(socket, 'close')
})

test('a request that takes its time inside a door is not cut off', async (context) => {
  const under = await listenerUnderTest(
    context,
    async (asked) => {
      await new Promise((resolve) => setTimeout(resolve, 1200))
      return await echo(asked)
    },
    slow,
  )
  assert.equal((await ask(under)).status, 200)
})

test('headers beyond the limit get 431', async (context) => {
  const under = await listenerUnderTest(context)
  const answer = await exchangeRaw(
    under,
    `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(9000)}\r\n\r\n`,
  )
  assert.match(answer, /^HTTP\/1\.1 431 /)
})

test('a body that says it is too large is refused by the door', async (context) => {
  const under = await listenerUnderTest(context)
  const { status, headers } = await ask(under, { method: 'PUT', body: 'x'.repeat(1001) })
  assert.equal(status, 413)
  assert.equal(headers['x-refused'], 'BodyTooLarge')
})

test('a body of the very limit is taken', async (context) => {
  const under = await listenerUnderTest(context)
  const { body } = await ask(under, { method: 'PUT', body: 'x'.repeat(1000) })
  assert.equal(JSON.parse(body).body.length, 1000)
})

test('a body that turns out too large is refused, and a large rest is no reset', async (context) => {
  const under = await listenerUnderTest(context)
  const { status } = await ask(under, {
    method: 'POST',
    headers: { 'transfer-encoding': 'chunked' },
    body: 'x'.repeat(5_000_000),
  })
  assert.equal(status, 413)
})

test('after a body that was too large the connection still works', async (context) => {
  const under = await listenerUnderTest(context)
  const head = 'PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n\r\n'
  const next = 'GET /next HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
  const answers = await exchangeRaw(under, head + 'x'.repeat(2000) + next)
  assert.match(answers, /^HTTP\/1\.1 413 /)
  assert.match(answers, /"path":"\/next"/)
})

test('a client that leaves in the middle of its body harms nothing', async (context) => {
  const under = await listenerUnderTest(context)
  const head = 'PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n'
  const connection = await say(under, `${head}abc`)
  connection.socket.destroy()
  await connection.ended
  assert.equal((await ask(under)).status, 200)
})

test('more requests than a worker may work on are refused, and taken again later', async (context) => {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let arrived = (): void => undefined
  const waiting = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const under = await listenerUnderTest(
    context,
    async (asked) => {
      arrived()
      await released
      return await echo(asked)
    },
    { limits: { requestsInFlight: 1 } },
  )
  const first = ask(under)
  await waiting
  assert.equal((await ask(under)).headers['x-refused'], 'Overloaded')
  release()
  assert.equal((await first).status, 200)
  assert.equal((await ask(under)).status, 200)
})

test('one connection more than there may be is closed, and taken when another has left', async (context) => {
  const under = await listenerUnderTest(context, echo, { maximumConnections: 1 })
  const first = await say(under, '')
  await assert.rejects(ask(under))
  first.socket.destroy()
  await first.ended
  const again = async (): Promise<number | undefined> =>
    ask(under).then(
      ({ status }) => status,
      () => again(),
    )
  assert.equal(await again(), 200)
})

test('clients that never send their bodies keep nobody else out', async (context) => {
  const under = await listenerUnderTest(context, echo, { limits: { requestsInFlight: 1 } })
  const head = 'PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc'
  await Promise.all(Array.from({ length: 5 }, () => say(under, head)))
  assert.equal((await ask(under)).status, 200)
})

test('a door refuses whom it does not admit before the body has come', async (context) => {
  let asked = 0
  const door: Door = {
    name: 'walled',
    admit: async ({ headers, body }) => {
      assert.equal(body.byteLength, 0)
      return headers['x-known'] === 'yes' ? undefined : { status: 401, headers: {}, body: 'who?' }
    },
    answer: async (request) => {
      asked++
      return echo(request)
    },
    refuse: () => ({ status: 413, headers: {}, body: '' }),
  }
  const under = await listenerUnderTest(context, echo, { doorForHost: () => door })
  const head = 'PUT / HTTP/1.1\r\nHost: localhost\r\n'
  for (const framing of ['Content-Length: 99999', 'Transfer-Encoding: chunked']) {
    const stranger = await say(under, `${head}${framing}\r\n\r\n`)
    assert.match(await stranger.until(/who\?/), /^HTTP\/1\.1 401 /)
    stranger.socket.destroy()
  }
  assert.equal(asked, 0)
  const known = await ask(under, { method: 'PUT', headers: { 'x-known': 'yes' }, body: 'hi' })
  assert.equal(JSON.parse(known.body).body, 'hi')
  assert.equal((await ask(under, { method: 'GET' })).status, 200)
})

test('a client that leaves while it is being admitted is not waited for', async (context) => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<undefined>()
  const { promise: left, resolve: leave } = Promise.withResolvers<undefined>()
  const { promise: answered, resolve: done } = Promise.withResolvers<Exchanged>()
  const door: Door = {
    name: 'slow to admit',
    admit: () => {
      ask(undefined)
      return left
    },
    answer: () => assert.fail('the body never came'),
    refuse: () => ({ status: 408, headers: {}, body: '' }),
  }
  const under = await listenerUnderTest(context, echo, { doorForHost: () => door, answered: done })
  const head = 'PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc'
  const connection = await say(under, head)
  await asked
  connection.socket.destroy()
  while (under.listener.inFlight > 0) await new Promise((resolve) => setImmediate(resolve))
  leave(undefined)
  assert.equal((await answered).status, 408)
})

test('a port in use is an error with its code', async (context) => {
  const taken = createServer().listen(0, '127.0.0.1')
  context.after(() => taken.close())
  await once(taken, 'listening')
  const address = taken.address()
  assert.ok(typeof address === 'object' && address !== null)
  const at = { host: '127.0.0.1', port: address.port }
  await assert.rejects(listenerUnderTest(context, echo, { at }), { code: 'EADDRINUSE' })
})

const limits = {
  bodyLimitBytes: 1000,
  headerLimitBytes: 8192,
  headersTimeoutMs: 1000,
  requestTimeoutMs: 1000,
  keepAliveTimeoutMs: 1000,
  requestsInFlight: 10,
}

function plainListener(at: ListenAt) {
  const refuse = () => ({ status: 413, headers: {}, body: '' })
  const door = { name: 'admin', answer: echo, refuse }
  return openListener({ at, limits, log: openLog('silent'), doorForHost: () => door })
}

test('a Unix socket is for its owner alone, and its stale file is replaced', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-socket-'))
  context.after(() => rmSync(folder, { recursive: true }))
  chmodSync(folder, 0o755)
  const socketPath = join(folder, 'admin.sock')
  const listener = await plainListener({ socketPath })
  context.after(() => listener.close(0))
  assert.equal(statSync(socketPath).mode & 0o777, 0o600)
  const asked = request({ socketPath, path: '/x', headers: { host: 'localhost' } }).end()
  const [response] = await once(asked, 'response')
  assert.equal(response.statusCode, 200)
  response.resume()
  await assert.rejects(plainListener({ socketPath }), /Another process listens/)
  const long = join(folder, 'x'.repeat(100))
  await assert.rejects(plainListener({ socketPath: long }), /set CLAVIGER_DATA_DIR to a folder with a shorter/)
  const file = join(folder, 'file')
  writeFileSync(file, 'kept')
  await assert.rejects(plainListener({ socketPath: file }), /no socket/)
})

test('plain HTTP is served where there is no certificate', async (context) => {
  const listener = await plainListener({ host: '127.0.0.1', port: 0 })
  context.after(() => listener.close(0))
  const response = await fetch(`http://127.0.0.1:${listener.port}/msi/token?a=b`)
  assert.match(await response.text(), /"path":"\/msi\/token"/)
})
