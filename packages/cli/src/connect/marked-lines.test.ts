import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markedLines, withLines, withoutLines } from './marked-lines.ts'

const block = markedLines('node', ['export A=1'])
const FILES = [
  '',
  'one\n',
  'one\n\n# Claviger node: end\n',
  'one\n# Claviger node: begin. Taken\n',
] as const

test('taken back, the file is as it was, whatever stands before and behind', () => {
  for (const before of FILES) {
    for (const behind of FILES) {
      const file = `${withLines(before, 'node', block)}${behind}`
      assert.equal(withoutLines(file, 'node'), before + behind)
    }
  }
})

test('they replace those before, and stand on lines of their own', () => {
  const first = withLines('last line', 'node', block)
  assert.match(first, /^last line\n# Claviger node: begin/)
  const second = withLines(first, 'node', markedLines('node', ['export A=2']))
  assert.doesNotMatch(second, /A=1/)
  assert.match(second, /\nexport A=2\n# Claviger node: end\n$/)
})

test('those of another program stay', () => {
  const both = withLines(block, 'go', markedLines('go', ['export B=1']))
  assert.equal(withoutLines(both, 'go'), block)
})

test('marks without an end are not ours to take away', () => {
  const cut = block.slice(0, block.indexOf('# Claviger node: end'))
  assert.equal(withoutLines(cut, 'node'), cut)
})

test('a file that ends in the last mark, without a newline, loses it too', () => {
  assert.equal(withoutLines(`one\n${block.trimEnd()}`, 'node'), 'one\n')
})
