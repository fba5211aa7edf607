import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOptions } from './options.ts'
import { ROWS } from './rows.ts'

test('Without options all rows are measured, three rounds of them.', () => {
  const options = readOptions([])
  assert.deepEqual(options.rows, ROWS)
  assert.equal(options.rounds, 3)
  assert.equal(options.write, false)
})

test('Rows are chosen by name, and a wrong name says which there are.', () => {
  const { rows } = readOptions(['--rows', 'set-secret,bare-route'])
  assert.deepEqual(rows.map((row) => row.name), ['set-secret', 'bare-route'])
  assert.throws(() => readOptions(['--rows', 'set-secrets']), /get-secret/)
})

test('What is no whole run is not written down.', () => {
  for (const args of [['--quick'], ['--rows', 'get-secret'], ['--profile', 'there']]) {
    assert.throws(() => readOptions(['--write', ...args]), /whole run/)
  }
})

test('Wrong options are refused in words.', () => {
  assert.throws(() => readOptions(['--quik']), /--quik/)
  assert.throws(() => readOptions(['--rounds', '0']), /--rounds/)
  assert.throws(() => readOptions(['--seconds', 'ten']), /--seconds/)
})
