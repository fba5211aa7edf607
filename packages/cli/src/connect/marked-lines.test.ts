import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markedLines, withLines, withoutLines } from './marked-lines.ts'

const block = markedLines('node', ['export A=1'])
const FILES = [
  '',
  'no end',
  'one\r\ntwo\r\n',
  'one\n',
  'one\n\n# Claviger node: end\n',
  'one\n# Claviger node: begin. Taken\n',
] as const

test('taken back, the file is as it was, or is not there again', () => {
  for (const before of [...FILES, undefined]) {
    const once = withLines(before, 'node', block)
    assert.equal(withoutLines(once, 'node'), before)
    assert.equal(withLines(once, 'node', block), once)
    const byAnEditor = once.replaceAll(/\r?\n/g, '\r\n')
    assert.equal(withoutLines(byAnEditor, 'node'), before?.replaceAll(/\r?\n/g, '\r\n'))
  }
})

test('what stands before and behind stays', () => {
  for (const before of FILES.filter((file) => file !== 'no end')) {
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

test('those of several programs leave the file as it was, in whatever order they go', () => {
  const go = markedLines('go', ['export B=1'])
  const java = markedLines('java', ['export C=1'])
  for (const before of ['', 'no end', 'one\n', 'one\r\ntwo', undefined]) {
    for (const order of [['node', 'go', 'java'], ['java', 'node', 'go'], ['go', 'java', 'node']]) {
      let file: string | undefined = withLines(before, 'node', block)
      file = withLines(withLines(file, 'go', go), 'java', java)
      // Connected again, it stands behind the others.
      file = withLines(file, 'node', markedLines('node', ['export A=2']))
      for (const program of order) file = withoutLines(file, program)
      assert.equal(file, before)
    }
  }
})

test('an editor may have ended the lines of several programs in its own way', () => {
  const both = withLines(withLines('no end', 'node', block), 'go', markedLines('go', ['export B=1']))
  const byAnEditor = both.replaceAll('\n', '\r\n')
  assert.equal(withoutLines(withoutLines(byAnEditor, 'node'), 'go'), 'no end')
})

test('marks without an end that follow stay as they are', () => {
  const cut = markedLines('go', ['export B=1']).replace('# Claviger go: end\n', '')
  assert.equal(withoutLines(`${withLines('no end', 'node', block)}${cut}`, 'node'), `no end\n${cut}`)
})

test('marks without an end are not ours to take away', () => {
  const cut = block.slice(0, block.indexOf('# Claviger node: end'))
  assert.equal(withoutLines(cut, 'node'), cut)
})

test('lines of their owner behind a mark without an end stay', () => {
  const cut = block.slice(0, block.indexOf('# Claviger node: end'))
  const theirs = 'export MINE=1\n'
  assert.equal(withoutLines(`${cut}${theirs}${block}`, 'node'), `${cut}${theirs}`)
  const other = markedLines('go', ['export B=1'])
  const mixed = `${cut}${other}${theirs}# Claviger node: end\n`
  assert.equal(withoutLines(mixed, 'node'), mixed)
})

test('what was written behind a line without an end keeps to a line of its own', () => {
  const file = `${withLines('one', 'node', block)}two\n`
  assert.equal(withoutLines(file, 'node'), 'one\ntwo\n')
})

test('lines that stand there twice go', () => {
  assert.equal(withoutLines(`${block}one\n${block}`, 'node'), 'one\n')
})

test('a file that ends in the last mark, without a newline, loses it too', () => {
  assert.equal(withoutLines(`one\n${block.trimEnd()}`, 'node'), 'one\n')
})
