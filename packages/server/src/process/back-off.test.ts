import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BackOff } from './back-off.ts'

test('the first restart is immediate, later ones wait longer, up to a limit', () => {
  const backOff = new BackOff()
  const delays = Array.from({ length: 8 }, () => backOff.delayMs(10))
  assert.deepEqual(delays, [0, 100, 200, 400, 800, 1600, 2000, 2000])
})

test('a healthy life starts the series anew', () => {
  const backOff = new BackOff()
  for (let i = 0; i < 5; i += 1) backOff.delayMs(10)
  assert.equal(backOff.delayMs(60_000), 0)
  assert.equal(backOff.delayMs(10), 100)
})
