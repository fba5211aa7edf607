import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, it } from 'node:test'
import { nodeFetch } from './node-fetch.ts'

const names = ['NODE_USE_ENV_PROXY', 'HTTPS_PROXY']
const before = names.map((name) => process.env[name])
const asked: string[] = []
const proxy = createServer()
proxy.on('connect', ({ url = '' }, socket) => {
  asked.push(url)
  socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
})

beforeEach(async () => {
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  process.env['HTTPS_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
})
afterEach(() => {
  proxy.close()
  for (const [at, name] of names.entries()) {
    if (before[at] === undefined) delete process.env[name]
    else process.env[name] = before[at]
  }
})

it('a fetch with TLS options goes by the proxy of the environment when Node is told to', async () => {
  process.env['NODE_USE_ENV_PROXY'] = '1'
  await assert.rejects(nodeFetch()('https://vault.invalid/', {}))
  assert.deepEqual(asked, ['vault.invalid:443'])
  process.env['NODE_USE_ENV_PROXY'] = '0'
  await assert.rejects(nodeFetch()('https://vault.invalid/', {}))
  assert.equal(asked.length, 1)
})
