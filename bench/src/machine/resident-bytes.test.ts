import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseResidentBytes } from './resident-bytes.ts'

test('The resident size is given in bytes.', () => {
  assert.equal(parseResidentBytes('Name:\tnode\nVmHWM:\t 999 kB\nVmRSS:\t   2048 kB\n'), 2_097_152)
})

test('A process without memory is an error, not a zero.', () => {
  assert.throws(() => parseResidentBytes('Name:\tnode\nState:\tZ (zombie)\n'), RangeError)
})
