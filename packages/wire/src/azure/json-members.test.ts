import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JsonMembers, MalformedMember } from './json-members.ts'

function read(text: string): JsonMembers {
  return new JsonMembers(Object(JSON.parse(text)))
}

function malformed(property: string, reason: RegExp): (thrown: unknown) => boolean {
  return (thrown) =>
    thrown instanceof MalformedMember && thrown.property === property && reason.test(thrown.reason)
}

test('absent and null are one', () => {
  for (const text of ['{}', '{"a":null}']) {
    const members = read(text)
    assert.equal(members.string('a'), undefined)
    assert.equal(members.boolean('a'), undefined)
    assert.equal(members.integer('a'), undefined)
    assert.equal(members.object('a'), undefined)
    assert.equal(members.stringMap('a'), undefined)
    assert.throws(() => members.requiredString('a'), malformed('a', /given/))
  }
})

test('false, zero and the empty text are not absent', () => {
  const members = read('{"b":false,"i":0,"s":""}')
  assert.deepEqual([members.boolean('b'), members.integer('i'), members.string('s')], [false, 0, ''])
})

test('an error has the whole path of its member and nothing of its value', () => {
  const outer = read('{"outer":{"inner":{"leaf":"canary"}}}')
  const leaf = (): unknown => outer.object('outer')?.object('inner')?.integer('leaf')
  assert.throws(leaf, malformed('outer.inner.leaf', /^it must be a whole number$/))
})

test('what an object inherits is not among its members', () => {
  assert.equal(read('{}').string('constructor'), undefined)
  assert.equal(read('{"__proto__":{"a":"x"}}').string('a'), undefined)
})

test('a map keeps every name as its own member', () => {
  const map = read('{"m":{"__proto__":"p","a":""}}').stringMap('m')
  assert.deepEqual(Object.entries(map ?? {}), [['__proto__', 'p'], ['a', '']])
})
