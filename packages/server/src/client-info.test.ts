import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientInfo } from './client-info.ts'

test('what a client says that it is has one line of at most 200 printable characters', () => {
  assert.equal(clientInfo({ headers: {} }), '')
  assert.equal(clientInfo({ headers: { 'user-agent': 'azsdk-js/4.1\r\n\u001b[31m ünder' } }), 'azsdk-js/4.1[31m nder')
  assert.equal(clientInfo({ headers: { 'user-agent': '\u0000' + 'x'.repeat(300) } }), 'x'.repeat(200))
})
