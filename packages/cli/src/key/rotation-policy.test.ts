import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePolicy, policyRecord } from './rotation-policy.ts'

const POLICY = {
  expiresIn: 'P2Y',
  lifetimeActions: [
    { action: 'Rotate', timeAfterCreate: 'P90D' },
    { action: 'Notify', timeBeforeExpiry: 'P30D' },
  ],
} as const

test('a policy is read as az takes it', () => {
  const text = JSON.stringify({
    attributes: { expiryTime: 'P2Y' },
    lifetimeActions: [
      { action: { type: 'rotate' }, trigger: { timeAfterCreate: 'P90D', timeBeforeExpiry: null } },
      { action: { type: 'Notify' }, trigger: { timeBeforeExpiry: 'P30D' } },
    ],
  })
  assert.deepEqual(parsePolicy(text), POLICY)
})

test('a policy that was shown is read again', () => {
  assert.deepEqual(parsePolicy(JSON.stringify(policyRecord(POLICY))), POLICY)
})

test('anything else is refused', () => {
  for (const text of ['', '[]', '{"lifetimeActions":{}}', '{"lifetimeActions":[{"action":"Purge"}]}', '{"expiresIn":1}']) {
    assert.throws(() => parsePolicy(text), text)
  }
})
