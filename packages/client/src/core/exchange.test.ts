import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { nodeFetch } from '../node/node-fetch.ts'
import { ConnectionError } from './errors.ts'
import { type Exchange, exchangeBy, exchangeByNode, MOST_ANSWER_BYTES } from './exchange.ts'
import { type HttpRequest, send } from './pipeline.ts'

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

describe('a write on a connection that the server has closed meanwhile', () => {
  const write: Partial<HttpRequest> = { method: 'POST', body: '{}', isRepeatable: false }
  const retryOptions = { retryDelayInMs: 1 }
  for (const [name, fetch] of Object.entries({ 'node:http': undefined, nodeFetch: nodeFetch() })) {
    it(`is sent on another one by ${name}`, async () => {
      const pipeline = { retryOptions, ...(fetch && { fetch }) }
      for (let call = 0; call < 4; call += 1) {
        const { status } = await send(() => request('/stale', write), pipeline)
        assert.equal(status, 200)
      }
    })
  }

  it('is not sent again when the connection was new, or the answer had begun', async () => {
    let sent = 0
    const next = (path: string) => (): HttpRequest => {
      sent += 1
      return request(path, write)
    }
    await assert.rejects(send(next('/cut'), { retryOptions }), ConnectionError)
    assert.equal(sent, 1)
    const reset = { retryOptions, fetch: nodeFetch() }
    await assert.rejects(send(next('/reset'), reset), ConnectionError)
    assert.equal(sent, 2)
  })
})
