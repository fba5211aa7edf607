import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OrderedOutput } from './ordered-output.ts'

test('What comes first is shown as it comes, and what comes later whole behind it.', () => {
  let shown = ''
  const output = new OrderedOutput((text) => (shown += text))
  output.write(1, 'b')
  output.write(0, 'a')
  assert.equal(shown, 'a')
  output.write(2, 'd')
  output.end(2)
  output.write(1, 'c')
  output.end(0)
  assert.equal(shown, 'abc')
  output.end(1)
  assert.equal(shown, 'abcd')
})

test('A run that ends before its time shows the rest, in order and once.', () => {
  let shown = ''
  const output = new OrderedOutput((text) => (shown += text))
  output.write(2, 'c')
  output.write(1, 'b')
  output.write(0, 'a')
  output.flush()
  output.flush()
  assert.equal(shown, 'abc')
})
