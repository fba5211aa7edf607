import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeVersionProblem } from './node-version.ts'

test('the required line is accepted in any release', () => {
  assert.equal(nodeVersionProblem('26.0.0'), undefined)
  assert.equal(nodeVersionProblem('26.10.0'), undefined)
})

test('every other line is refused with what to type', () => {
  for (const version of ['20.20.2', '24.21.0', '25.1.0', '27.0.0', '260.0.0', 'x']) {
    assert.match(nodeVersionProblem(version) ?? '', /needs Node 26.*npm ci.*npm start/)
  }
})
