import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FixedClock } from '../testing/fixed-clock.ts'
import { RateLimit } from './rate-limit.ts'

function opened(maximumNames = 10) {
  const clock = new FixedClock()
  return { clock, limit: new RateLimit({ burst: 2, perSecond: 0.5, maximumNames }, clock) }
}

test('a burst passes, then one at a time', () => {
  const { clock, limit } = opened()
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a')], [0, 0, 2])
  clock.advance(1)
  assert.equal(limit.take('a'), 1)
  clock.advance(1)
  assert.deepEqual([limit.take('a'), limit.take('a')], [0, 2])
})

test('names do not share', () => {
  const { limit } = opened()
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('b')], [0, 0, 0])
})

test('what is given back can be taken again, and a bucket does not overflow', () => {
  const { clock, limit } = opened()
  limit.take('a')
  limit.take('a')
  limit.giveBack('a')
  assert.deepEqual([limit.take('a'), limit.take('a')], [0, 2])
  clock.advance(1000)
  limit.giveBack('a')
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('a')], [0, 0, 2])
})

test('a clock that is set back neither fills nor blocks', () => {
  const { clock, limit } = opened()
  limit.take('a')
  clock.advance(-1000)
  assert.deepEqual([limit.take('a'), limit.take('a')], [0, 2])
  clock.advance(2)
  assert.equal(limit.take('a'), 0)
})

test('memory is bounded', () => {
  const { limit } = opened(2)
  for (const name of ['a', 'a', 'b', 'c']) limit.take(name)
  assert.equal(limit.take('a'), 0)
})
