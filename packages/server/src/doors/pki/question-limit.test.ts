import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FixedClock } from '@claviger/vault/testing'
import { PkiRefusal } from './pki-refusal.ts'
import { QuestionLimit } from './question-limit.ts'

function askAll(limit: QuestionLimit, address: string): number {
  for (let asked = 0; asked < 10_000; asked++) {
    try {
      limit.take(address)
    } catch (thrown) {
      assert.ok(thrown instanceof PkiRefusal && thrown.status === 429)
      return asked
    }
  }
  return Infinity
}

test('questions that have answers are limited too, for each network by itself', () => {
  const clock = new FixedClock()
  const limit = new QuestionLimit(clock)
  assert.equal(askAll(limit, '192.0.2.1'), 600)
  assert.equal(askAll(limit, '2001:db8::1'), 600)
  // An IPv6 client may choose among more addresses than there are to be counted.
  assert.equal(askAll(limit, '2001:db8::2'), 0)
  clock.advance(10)
  assert.equal(askAll(limit, '192.0.2.1'), 100)
})
