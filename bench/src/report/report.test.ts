import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RowFigures } from '../measure/per-processor.ts'
import { getSecret } from '../rows/get-secret.ts'
import { withSection } from './document.ts'
import { limitOf, rowReport } from './row-report.ts'
import { tableText } from './table.ts'

test('A table is Markdown with even columns.', () => {
  const text = tableText({ columns: ['row', 'x'], rows: [['a longer name', '1'], ['b', '1,000']] })
  assert.deepEqual(text.split('\n'), [
    '| row           |     x |',
    '| ------------- | ----: |',
    '| a longer name |     1 |',
    '| b             | 1,000 |',
  ])
})

const costs = { primary: 8, bare: 20, signature: 4, operation: 10, read: 5, commit: 15 }
const round = { ...costs, p50Ms: 1, p99Ms: 2 }

test('The limit is the sum of its parts, and no part of the server.', () => {
  assert.equal(limitOf({ ...round, server: 1000 }), 54)
})

test('A ratio is that of the middle round, and a target missed is said loudly.', () => {
  const figures = (servers: readonly number[]): readonly RowFigures[] => [
    {
      row: getSecret,
      limitOf: 'two reads',
      rounds: servers.map((server) => ({ ...round, server })),
    },
  ]
  const met = rowReport(figures([54, 67.5, 216]))
  assert.match(met, /get-secret.*14,815.*18,519.*0\.80.*±47 %.*0\.70.*met/)
  assert.match(met, /- get-secret: two reads\./)
  assert.match(rowReport(figures([108])), /0\.50.*MISSED/)
})

test('A section of the report is replaced, the other one kept.', () => {
  const both = withSection(withSection('', 'million', 'text M'), 'rows', 'text R')
  assert.ok(both.indexOf('text R') > 0 && both.indexOf('text R') < both.indexOf('text M'))
  const again = withSection(both, 'rows', 'other R')
  assert.ok(again.includes('other R') && again.includes('text M') && !again.includes('text R'))
  assert.equal(withSection(again, 'rows', 'other R'), again)
})
