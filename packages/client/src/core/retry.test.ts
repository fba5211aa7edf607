import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { delayBefore, retryAfterMs } from './retry.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const asked = (headers: Record<string, string>): number | undefined =>
  retryAfterMs(new Headers(headers), now)

describe('what the service says about when to come back', () => {
  it('is read in milliseconds, seconds or as a date', () => {
    assert.equal(asked({ 'retry-after-ms': '250' }), 250)
    assert.equal(asked({ 'x-ms-retry-after-ms': '120', 'retry-after': '9' }), 120)
    assert.equal(asked({ 'retry-after': '3' }), 3000)
    assert.equal(asked({ 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' }), 5000)
    assert.equal(asked({ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }), 0)
  })

  it('is nothing when it cannot be read', () => {
    assert.equal(asked({}), undefined)
    assert.equal(asked({ 'retry-after': 'soon' }), undefined)
    assert.equal(asked({ 'retry-after-ms': '-4' }), undefined)
  })
})

describe('the wait before a repetition', () => {
  it('doubles up to its limit, with a random half', () => {
    const options = { maxRetries: 20, retryDelayInMs: 100, maxRetryDelayInMs: 1000 }
    for (const [retry, longest] of [[0, 100], [1, 200], [3, 800], [9, 1000]] as const) {
      const delays = Array.from({ length: 50 }, () => delayBefore(retry, options) ?? -1)
      assert.ok(delays.every((delay) => delay >= longest / 2 && delay <= longest))
      assert.ok(new Set(delays).size > 1)
    }
  })

  it('is what the service asks for, unless that is too long', () => {
    assert.equal(delayBefore(0, {}, 5000), 5000)
    assert.equal(delayBefore(0, {}, 65_000), undefined)
    assert.equal(delayBefore(0, { maxRetryDelayInMs: 70_000 }, 65_000), 65_000)
  })

  it('is none when it has been repeated enough', () => {
    assert.equal(delayBefore(3, {}), undefined)
    assert.equal(delayBefore(0, { maxRetries: 0 }, 1), undefined)
  })
})
