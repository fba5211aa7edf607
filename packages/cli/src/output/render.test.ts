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

test('letters that stand over others take no column', () => {
  const rows = [{ name: 'e\u0301', on: 'x' }, { name: '\u{20bb7}', on: 'y' }]
  const lines = render(rows, 'table', { Name: 'name', On: 'on' }).split('\n')
  assert.deepEqual(lines.slice(2, 4), ['e\u0301     x', '\u{20bb7}    y'])
})

test('letters that take two columns move no column', () => {
  const rows = [{ name: '数据库', on: 'x' }, { name: 'ab', on: 'y' }]
  const lines = render(rows, 'table', { 名称: 'name', On: 'on' }).split('\n')
  assert.deepEqual(lines, ['名称    On', '------  --', '数据库  x', 'ab      y', ''])
})

test('a table shows what a query has chosen, and no controls of a terminal', () => {
  assert.equal(render({ chosen: 'a\u001b[31mb' }, 'table', { Name: 'name' }), 'chosen  a?[31mb\n')
})

test('JSON says the same, without a character that a terminal obeys', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const json = render({ value }, 'json', {})
      assert.deepEqual(JSON.parse(json), { value })
      assert.doesNotMatch(json.replaceAll('\n', ''), /[\p{C}\p{Zl}\p{Zp}]/u)
    }),
  )
  assert.equal(render('\u{e0001}', 'json', {}), '"\\udb40\\udc01"\n')
})

test('a record without known columns shows its lists and all that it has, without depth', () => {
  const value = {
    keys: { key: [{ keyId: 'a', tags: { tag: [{ tagKey: 't', tagValue: '1' }] } }, { keyId: 'b', on: false }] },
    total: { count: 2, of: ['x', 'y'] },
    nothing: null,
    requestId: 'r',
  }
  assert.deepEqual(render(value, 'table', { Name: 'name' }).split('\n'), [
    'keyId  tag  on',
    '-----  ---  -----',
    'a      t=1',
    'b           false',
    '',
    'count      2',
    'of         x, y',
    'requestId  r',
    '',
  ])
})

test('two lists have their names above them, and two members of one name their paths', () => {
  const value = { good: [{ a: { id: 1 }, b: { id: 2 } }], bad: [{ code: 'x' }] }
  assert.deepEqual(render(value, 'table', {}).split('\n'), [
    'good', 'a.id  b.id', '----  ----', '1     2', '', 'bad', 'code', '----', 'x', '',
  ])
})

test('no name, title or value brings a control to a table', () => {
  const evil = '\u001b[31m\u009b\u202e\u2028\r\n'
  const value = { [evil]: evil, list: [{ [evil]: evil }], other: [{ a: evil }] }
  for (const shown of [value, [value]]) {
    assert.doesNotMatch(render(shown, 'table', {}).replaceAll('\n', ''), /[\p{C}\p{Zl}\p{Zp}]/u)
  }
})
