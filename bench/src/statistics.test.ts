import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median, percentile, spread } from './statistics.ts'

test('The median is the middle value, whatever the order.', () => {
  assert.equal(median([9, 1, 5]), 5)
  assert.equal(median([4, 1, 3, 2]), 2.5)
  assert.equal(median([10, 9, 100]), 10)
})

test('The spread is half of the range beside the median.', () => {
  assert.equal(spread([90, 100, 110]), 0.1)
  assert.equal(spread([7]), 0)
})

test('A percentile is one of the values.', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  assert.equal(percentile(values, 0.5), 50)
  assert.equal(percentile(values, 0.99), 99)
  assert.equal(percentile([3], 0.99), 3)
  assert.equal(percentile([3, 4], 0), 3)
})

test('Nothing measured is an error, not a zero.', () => {
  assert.throws(() => median([]), RangeError)
  assert.throws(() => percentile([], 0.5), RangeError)
})
