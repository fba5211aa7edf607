import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, echo, listenerUnderTest, say } from './listener/listener-under-test.ts'

/** A door that answers `/slow…` only once it is let go. */
function slowDoor() {
  const slow = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  const answer: typeof echo = async (request) => {
    if (request.path.startsWith('/slow')) {
      arrived.resolve()
      await slow.promise
    }
    return await echo(request)
  }
  return { answer, letGo: slow.resolve, arrived: arrived.promise }
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

test('shutdown ends idle connections, refuses new ones, and finishes what is in flight', async (context) => {
  const { answer, letGo, arrived } = slowDoor()
  const under = await listenerUnderTest(context, answer)
  const idle = await say(under, get('/idle'))
  await idle.until(/"\/idle"/)
  const busy = await say(under, get('/slow'))
  await arrived
  let isClosed = false
  const closed = under.listener.close(60_000).then(() => {
    isClosed = true
  })
  await idle.ended
  await assert.rejects(ask(under), { code: 'ECONNREFUSED' })
  assert.equal(isClosed, false)
  letGo()
  const received = await busy.ended
  assert.match(received, /^HTTP\/1\.1 200 OK\r\n/)
  assert.match(received, /connection: close/i)
  assert.match(received, /"\/slow"/)
  await closed
})

test('shutdown answers every pipelined request, and only the last says close', async (context) => {
  const { answer, letGo, arrived } = slowDoor()
  const under = await listenerUnderTest(context, answer)
  const busy = await say(under, get('/slow/1') + get('/slow/2') + get('/quick'))
  await arrived
  const closed = under.listener.close(60_000)
  letGo()
  const received = await busy.ended
  assert.deepEqual(received.match(/"path":"[^"]*"/g), [
    '"path":"/slow/1"',
    '"path":"/slow/2"',
    '"path":"/quick"',
  ])
  await closed
})

test('a body that is still arriving is awaited', async (context) => {
  const under = await listenerUnderTest(context)
  const head = 'PUT /late HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n'
  const busy = await say(under, `${head}ab`)
  while (under.listener.inFlight === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const closed = under.listener.close(60_000)
  busy.socket.write('cd')
  assert.match(await busy.ended, /"body":"abcd"/)
  await closed
})

test('a connection that never asked anything does not hold a shutdown up', async (context) => {
  const under = await listenerUnderTest(context)
  const fresh = await say(under, '')
  await under.listener.close(60_000)
  await fresh.ended
})

test('after the grace period what still runs is cut off', async (context) => {
  const { answer, arrived, letGo } = slowDoor()
  const under = await listenerUnderTest(context, answer)
  const busy = await say(under, get('/slow'))
  await arrived
  await under.listener.close(50)
  assert.equal(await busy.ended, '')
  letGo()
})
