import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFault } from '../fault.ts'
import { changedAttributes, type Json } from './attributes.ts'

test('a change names what it changes; null takes away, also within objects', () => {
  const before = {
    notes: 'old',
    web: { homePageUrl: 'https://a', redirectUris: ['https://b'] },
    tags: ['x'],
  }
  const change = { notes: null, web: { redirectUris: [], homePageUrl: null }, tags: ['y'] }
  assert.deepEqual(changedAttributes(before, change), {
    attributes: { web: { redirectUris: [] }, tags: ['y'] },
  })
  assert.deepEqual(changedAttributes(before, undefined), { attributes: before })
  assert.deepEqual(changedAttributes({ a: 1 }, { a: null }), {})
})

test('a name is a name, whatever it means elsewhere', () => {
  const change = JSON.parse('{"__proto__":{"polluted":true}}')
  assert.equal(
    JSON.stringify(changedAttributes({}, change)),
    '{"attributes":{"__proto__":{"polluted":true}}}',
  )
  assert.equal(Reflect.get({}, 'polluted'), undefined)
})

test('too much and too deep is refused, not a failure', () => {
  const invalid = (thrown: unknown): boolean => isFault(thrown, 'InvalidInput')
  assert.throws(() => changedAttributes({}, { notes: 'x'.repeat(70_000) }), invalid)
  let deepObject: Json = {}
  let deepList: Json = []
  for (let level = 0; level < 5000; level++) {
    deepObject = { a: deepObject }
    deepList = [deepList]
  }
  assert.throws(() => changedAttributes({}, { deepObject }), invalid)
  assert.throws(() => changedAttributes({}, { deepList }), invalid)
})
