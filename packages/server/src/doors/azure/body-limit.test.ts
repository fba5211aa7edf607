import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyLimitBytes } from './body-limit.ts'

const mebibyte = 1024 * 1024
const headers = { authorization: 'Bearer x' }

test('a restore with a token may bring a whole backup', () => {
  for (const path of ['/secrets/restore', '//Secrets/RESTORE/', '/keys/restore']) {
    assert.equal(bodyLimitBytes({ method: 'POST', path, headers }), 32 * mebibyte)
  }
})

test('everything else, and everybody without a token, has the standard limit', () => {
  const heads = [
    { method: 'PUT', path: '/secrets/restore', headers },
    { method: 'POST', path: '/secrets/a/backup', headers },
    { method: 'POST', path: '/secrets/restore/backup', headers },
    { method: 'POST', path: '/secrets/restore', headers: {} },
  ]
  for (const head of heads) assert.equal(bodyLimitBytes(head), mebibyte)
})

test('an operator\'s larger limit holds for a restore too', () => {
  const head = { method: 'POST', path: '/secrets/restore', headers }
  assert.equal(bodyLimitBytes(head, 64 * mebibyte), 64 * mebibyte)
  assert.equal(bodyLimitBytes({ ...head, method: 'PUT' }, 5), 5)
})
