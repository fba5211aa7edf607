import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { nodeFetch } from '../node/node-fetch.ts'
import { ConnectionError } from './errors.ts'
import {
  type Exchange,
  exchangeBy,
  exchangeByNode,
  MOST_ANSWER_BYTES,
  orStale,
  StaleConnection,
} from './exchange.ts'
import { type HttpAnswer, type HttpRequest, send } from './pipeline.ts'

// All ways of this runtime, held against one server.

const byNode = exchangeByNode()
assert.ok(byNode)
const ways: Readonly<Record<string, Exchange>> = {
  'node:http': byNode,
  fetch: exchangeBy((url, init) => fetch(url, init)),
  nodeFetch: exchangeBy(nodeFetch()),
}

let server: Server
const used = new WeakSet<object>()
let base = ''
before(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': '100' }).write('half')
        setImmediate(() => response.destroy())
        return
      }
      if (request.url === '/never') return
      if (request.url === '/reset') {
        request.socket.destroy()
        return
      }
      if (request.url === '/endless') {
        const piece = Buffer.alloc(1024 * 1024)
        let left = 64
        const write = (): void => {
          if ((left -= 1) > 0 && !response.destroyed) response.write(piece, write)
        }
        write()
        return
      }
      if (request.url === '/stale') {
        const { socket } = request
        if (used.has(socket)) socket.destroy()
        else response.end()
        used.add(socket)
        return
      }
      const { method, headers } = request
      const status = request.url === '/redirect' ? 302 : 200
      const length = headers['content-length'] ?? 'none'
      const body = Buffer.concat(chunks).toString()
      response.writeHead(
        status,
        [
          ['location', '/elsewhere'],
          ['x-two', 'a'],
          ['x-two', 'b'],
        ].flat(),
      )
      response.end(JSON.stringify({ method, length, sent: headers['x-sent'], body }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => {
  server.closeAllConnections()
  server.close()
})

/** Closes the connections that are kept, of which the client has not heard when it returns. */
async function closeIdle(): Promise<number> {
  const count = await new Promise<number>((resolve, reject) => {
    server.getConnections((error, found) => (error ? reject(error) : resolve(found)))
  })
  server.closeIdleConnections()
  return count
}

const request = (path: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: `${base}${path}`,
  headers: { 'x-sent': 'yes' },
  isRepeatable: true,
  ...more,
})
const never = new AbortController().signal

for (const [name, exchange] of Object.entries(ways)) {
  describe(`an exchange by ${name}`, () => {
    it('carries method, headers and body there, and status, headers and body back', async () => {
      const body = 'é'.repeat(100_000)
      const {
        status,
        headers,
        body: back,
      } = await exchange(request('/', { method: 'PUT', body }), never)
      assert.equal(status, 200)
      assert.equal(headers.get('X-Two'), 'a, b')
      const seen = JSON.parse(new TextDecoder().decode(back)) as { readonly [name: string]: string }
      assert.deepEqual(seen, { method: 'PUT', length: '200000', sent: 'yes', body })
    })

    it('says that there is no body where a method has one', async () => {
      const { body } = await exchange(request('/', { method: 'POST' }), never)
      assert.match(new TextDecoder().decode(body), /"length":"0"/)
    })

    it('follows no redirect', async () => {
      assert.equal((await exchange(request('/redirect'), never)).status, 302)
    })

    it('breaks off an answer that is longer than any is', async () => {
      assert.ok(MOST_ANSWER_BYTES >= 8 * 1024 * 1024)
      await assert.rejects(exchange(request('/endless'), never), {
        name: 'UnexpectedAnswerError',
        code: 'AnswerTooLong',
      })
    })

    it('rejects when the answer is cut, and when it is aborted', async () => {
      await assert.rejects(exchange(request('/cut'), never))
      const controller = new AbortController()
      const waiting = exchange(request('/never'), controller.signal)
      setImmediate(() => controller.abort())
      await assert.rejects(waiting)
    })
  })
}

describe('a request without a fetch of its own', () => {
  it('goes by Node, and says what is wrong with the connection', async () => {
    const answer = await send(() => request('/'), {})
    assert.equal(answer.constructor.name, 'NodeHttpAnswer')
    const closed = request('/', { url: 'http://127.0.0.1:1/' })
    await assert.rejects(
      send(() => closed, { retryOptions: { maxRetries: 0 } }),
      (error) => {
        assert.ok(error instanceof ConnectionError)
        assert.match(error.message, /ECONNREFUSED/)
        return true
      },
    )
  })
})

describe('a write that may not be done twice', () => {
  const write: Partial<HttpRequest> = { method: 'POST', body: '{}', isRepeatable: false }
  const retryOptions = { retryDelayInMs: 1 }
  for (const [name, fetch] of Object.entries({ 'node:http': undefined, nodeFetch: nodeFetch() })) {
    const pipeline = { retryOptions, ...(fetch && { fetch }) }
    const counted = (path: string, more = write): { sent: number; answer: Promise<HttpAnswer> } => {
      const asked = { sent: 0, answer: undefined as never as Promise<HttpAnswer> }
      const next = (): HttpRequest => {
        asked.sent += 1
        return request(path, more)
      }
      asked.answer = send(next, pipeline)
      return asked
    }

    it(`avoids by ${name} a connection that the server has closed meanwhile`, async () => {
      for (let call = 0; call < 5; call += 1) {
        const asked = counted('/')
        assert.equal((await asked.answer).status, 200)
        assert.equal(asked.sent, 1)
        const sockets = await closeIdle()
        assert.ok(sockets > 0)
      }
    })

    it(`is not sent again by ${name} on one that broke off after it was read`, async () => {
      await counted('/stale').answer
      const asked = counted('/stale')
      await assert.rejects(asked.answer, ConnectionError)
      assert.equal(asked.sent, 1)
      await counted('/stale').answer
      const read = counted('/stale', { method: 'PUT', body: '{}' })
      assert.equal((await read.answer).status, 200)
      assert.equal(read.sent, 2)
    })

    it(`is not sent again by ${name} when the connection was new, or the answer begun`, async () => {
      for (const path of ['/cut', '/reset']) {
        const asked = counted(path)
        await assert.rejects(asked.answer, ConnectionError)
        assert.equal(asked.sent, 1)
      }
    })
  }

  it('has surely not been read only where its writing failed', () => {
    const failed = (code: string, syscall?: string): Error =>
      Object.assign(new Error(), { code, ...(syscall && { syscall }) })
    const reused = { reusedSocket: true }
    const isStale = (error: Error, sent: { readonly reusedSocket: boolean }): boolean =>
      orStale(error, sent) instanceof StaleConnection
    assert.ok(isStale(failed('EPIPE', 'write'), reused))
    assert.ok(isStale(failed('ECONNRESET', 'write'), reused))
    // What Node says of a connection that was closed, and of one that was reset.
    assert.ok(!isStale(failed('ECONNRESET'), reused))
    assert.ok(!isStale(failed('ECONNRESET', 'read'), reused))
    assert.ok(!isStale(failed('EPIPE', 'write'), { reusedSocket: false }))
    const answered = { reusedSocket: true, res: {} }
    assert.ok(!isStale(failed('EPIPE', 'write'), answered))
  })
})
