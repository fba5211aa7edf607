import assert from 'node:assert/strict'
import { test } from 'node:test'
import { speaking } from '../language/messages.ts'
import { nodeVersionProblem } from './node-version.ts'

const say = speaking('en')

test('the required line is accepted in any release', () => {
  assert.equal(nodeVersionProblem('26.0.0', say), undefined)
  assert.equal(nodeVersionProblem('26.10.0', say), undefined)
})

test('every other line is refused with what to type', () => {
  for (const version of ['20.20.2', '24.21.0', '25.1.0', '27.0.0', '260.0.0', 'x']) {
    assert.match(nodeVersionProblem(version, say) ?? '', /needs Node 26.*npm ci.*npm start/)
  }
})

test('a Chinese locale is told in Chinese', () => {
  assert.match(nodeVersionProblem('20.20.2', speaking('zh-CN')) ?? '', /^Claviger 需要 Node 26，.*"npm ci"/)
})
