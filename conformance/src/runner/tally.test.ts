import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exitCode, sum, tallyText } from './tally.ts'

const good = { passed: 2, failed: 0, notRun: 0 }
const partial = { passed: 2, failed: 0, notRun: 1 }

test('A failure, or a run of nothing, ends with a code that is not zero.', () => {
  assert.equal(exitCode(good, false), 0)
  assert.equal(exitCode({ ...good, failed: 1 }, false), 1)
  assert.equal(exitCode({ passed: 0, failed: 0, notRun: 3 }, false), 1)
})

test('What was not run fails where everything has to run.', () => {
  assert.equal(exitCode(partial, false), 0)
  assert.equal(exitCode(partial, true), 1)
})

test('The text counts everything.', () => {
  assert.equal(tallyText(sum([good, partial])), '4 passed, 0 failed, 1 not run')
})
