import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decisionReport } from './decision-report.ts'

test('The report of the decision says where it has become slower than it may.', () => {
  const text = decisionReport([
    { assignments: 1, allowed: [1, 1], denied: [10, 10] },
    { assignments: 100, allowed: [1.25, 1.25], denied: [10, 10] },
    { assignments: 10_000, allowed: [1, 1], denied: [20, 20] },
  ])
  const [one = '', hundred = '', many = ''] = text.split('\n').filter((line) => /^\| \d/.test(line))
  assert.match(one, /1,000,000 .* 1\.00 .* 100,000 .* 1\.00 .* met/)
  assert.match(hundred, /800,000 .* 0\.80 .* met/)
  assert.match(many, /50,000 .* 0\.50 .* MISSED/)
})
