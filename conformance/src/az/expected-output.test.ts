import assert from 'node:assert/strict'
import { test } from 'node:test'
import { equals, has, hasNot, hasOnly, member } from './expected-output.ts'

const listed = [{ name: 'one' }, { name: 'two', id: '2' }, 'no object']

test('A listing has what it has, and lacks what it lacks.', () => {
  has('name', 'one', 'two')(listed)
  assert.throws(() => has('name', 'one', 'three')(listed), /three/)
  hasNot('name', 'three')(listed)
  assert.throws(() => hasNot('name', 'two')(listed))
  hasOnly('id', '', '', '2')(listed)
  assert.throws(() => hasOnly('name', 'one')(listed))
})

test('What is no listing has nothing, and does not pass for one that lacks something.', () => {
  assert.throws(() => has('name', 'one')({ name: 'one' }))
  assert.throws(() => hasNot('name', 'one')(undefined))
  assert.equal(member(undefined, 'name'), '')
})

test('An output is equal to itself alone.', () => {
  equals(undefined)(undefined)
  assert.throws(() => equals([])(undefined))
})
