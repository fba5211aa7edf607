import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WireRequest } from '../door.ts'
import { healthDoor, isHealthPath, type Readiness } from './health.ts'

function request(path: string, method = 'GET'): WireRequest {
  return {
    method, path, query: '', headers: {}, body: new Uint8Array(), host: 'localhost',
    port: undefined, clientAddress: '127.0.0.1', requestId: 'r',
  }
}

function bodyOf(answer: { readonly body: string | Uint8Array }): unknown {
  return JSON.parse(String(answer.body))
}

test('live answers while ready says why it does not', async () => {
  let readiness: Readiness = { ready: true, reasons: [] }
  const door = healthDoor(() => readiness)
  assert.equal((await door.answer(request('/health/ready'))).status, 200)
  readiness = { ready: false, reasons: ['The store cannot be written.'] }
  const answer = await door.answer(request('/health/ready'))
  assert.equal(answer.status, 503)
  assert.deepEqual(bodyOf(answer), { status: 'unavailable', reasons: readiness.reasons })
  assert.equal((await door.answer(request('/health/live'))).status, 200)
})

test('only GET and HEAD are offered', async () => {
  const answer = await healthDoor(() => ({ ready: true, reasons: [] })).answer(
    request('/health/live', 'POST'),
  )
  assert.equal(answer.status, 405)
  assert.equal(answer.headers['allow'], 'GET, HEAD')
})

test('only the two paths are the health door’s', () => {
  assert.ok(isHealthPath('/health/live') && isHealthPath('/health/ready'))
  assert.ok(!isHealthPath('/health') && !isHealthPath('/health/live/') && !isHealthPath('/secrets'))
})
