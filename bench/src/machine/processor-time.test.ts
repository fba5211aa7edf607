import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseProcessorSeconds } from './processor-time.ts'

const rest = 'S 1 10 10 0 -1 4194560 5 0 0 0 150 50 7 8 20 0 11 0 100 1000 200'

test('User and system time are added; those of children that were waited for are not.', () => {
  assert.equal(parseProcessorSeconds(`10 (node) ${rest}`), 2)
})

test('A name with spaces and parentheses does not move the fields.', () => {
  assert.equal(parseProcessorSeconds(`10 (a) b (c 1 2) ${rest}`), 2)
})

test('Any other text is refused.', () => {
  assert.throws(() => parseProcessorSeconds('10 (node) S 1'), RangeError)
  assert.throws(() => parseProcessorSeconds(''), RangeError)
})
