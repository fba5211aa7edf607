import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import { render } from './render.ts'

test('a line for a shell gives the shell the value, whatever is in it', () => {
  const text = fc.string({ unit: 'binary' }).filter((value) => !/[\0\ud800-\udfff]/.test(value))
  fc.assert(
    fc.property(text, (value) => {
      const line = render({ name: 'db-password', value }, 'env', {})
      const shown = execFileSync('/bin/sh', ['-c', `${line}printf %s "$DB_PASSWORD"`])
      assert.equal(shown.toString('utf8'), value)
    }),
    { numRuns: 20 },
  )
})

test('a row of values stays one line', () => {
  assert.equal(render([{ a: 'x\ty', b: null, c: 'z\n' }], 'tsv', {}), 'x\\ty\t\tz\\n\n')
  assert.equal(render('two\nlines', 'tsv', {}), 'two\nlines\n')
})

test('letters that take two columns move no column', () => {
  const rows = [{ name: '数据库', on: 'x' }, { name: 'ab', on: 'y' }]
  const lines = render(rows, 'table', { 名称: 'name', On: 'on' }).split('\n')
  assert.deepEqual(lines, ['名称    On', '------  --', '数据库  x', 'ab      y', ''])
})

test('a table shows what a query has chosen, and no controls of a terminal', () => {
  assert.equal(render({ chosen: 'a\u001b[31mb' }, 'table', { Name: 'name' }), 'chosen  a?[31mb\n')
})
