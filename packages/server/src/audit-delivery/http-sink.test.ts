import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { isFault } from '@claviger/vault'
import { HttpSink, SinkRefused } from './http-sink.ts'

const never = new AbortController().signal

interface Got {
  readonly method: string | undefined
  readonly type: string | undefined
  readonly authorization: string | undefined
  readonly body: string
}

/** A collector that keeps what it gets and answers as it is told. */
async function collector(context: TestContext, answer: (response: ServerResponse) => void) {
  const got: Got[] = []
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, headers } = request
      const body = Buffer.concat(chunks).toString()
      got.push({ method, type: headers['content-type'], authorization: headers.authorization, body })
      answer(response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  context.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return { got, url: `http://127.0.0.1:${address.port}/in` }
}

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-sink-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a batch is one POST of JSON lines, taken when the answer is 2xx', async (context) => {
  const { got, url } = await collector(context, (response) => response.writeHead(202).end('taken'))
  await new HttpSink('siem', url, undefined).deliver(['{"a":1}', '{"b":"秘"}'], never)
  const body = '{"a":1}\n{"b":"秘"}\n'
  const type = 'application/x-ndjson'
  assert.deepEqual(got, [{ method: 'POST', type, authorization: undefined, body }])
})

test('any other answer is none, and a redirect is not followed', async (context) => {
  for (const status of [301, 307, 400, 401, 429, 500, 503]) {
    const { got, url } = await collector(context, (response) =>
      response.writeHead(status, { location: '/elsewhere' }).end(),
    )
    await assert.rejects(new HttpSink('siem', url, undefined).deliver(['{}'], never), (thrown) => {
      assert.ok(thrown instanceof SinkRefused)
      assert.equal(thrown.code, `HTTP_${status}`)
      return true
    })
    assert.equal(got.length, 1)
  }
})

test('a token is read for each batch, from a file that nobody else may read', async (context) => {
  const file = join(folderOf(context), 'siem')
  const { got, url } = await collector(context, (response) => response.writeHead(204).end())
  const sink = new HttpSink('siem', url, file)
  await sink.deliver(['{}'], never)
  writeFileSync(file, 'first\n', { mode: 0o600 })
  await sink.deliver(['{}'], never)
  writeFileSync(file, 'second')
  await sink.deliver(['{}'], never)
  chmodSync(file, 0o644)
  await assert.rejects(sink.deliver(['{}'], never), (thrown) => {
    assert.ok(isFault(thrown, 'UnsealFailed'))
    assert.match(thrown.detail.reason, /chmod 600/)
    assert.ok(!thrown.message.includes('second'))
    return true
  })
  const tokens = got.map(({ authorization }) => authorization)
  assert.deepEqual(tokens, [undefined, 'Bearer first', 'Bearer second'])
})

test('a collector that never answers is given up', async (context) => {
  const { url, got } = await collector(context, () => {})
  const end = new AbortController()
  const sending = new HttpSink('siem', url, undefined).deliver(['{}'], end.signal)
  sending.catch(() => undefined)
  while (got.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  end.abort()
  await assert.rejects(sending, { name: 'AbortError' })
})
