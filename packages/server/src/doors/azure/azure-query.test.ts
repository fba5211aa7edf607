import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AzureQuery } from './azure-query.ts'

test('a parameter is found in any case and decoded, and the first of a name wins', () => {
  const query = new AzureQuery('API%2DVersion=7.6&maxresults=5&MAXRESULTS=6&a+b=c%20d&empty&x=y=z')
  const found = ['api-version', 'maxResults', 'a b', 'empty', 'x', 'none'].map((name) => query.get(name))
  assert.deepEqual(found, ['7.6', '5', 'c d', '', 'y=z', undefined])
})

test('a query that needs no decoding is read as one that does', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'B', '7', '.', '-', '_', '$', '=', '&', '') })
  fc.assert(fc.property(fc.oneof(part, fc.string()), (text) => {
    const read = new AzureQuery(text)
    const wanted = new Map<string, string>()
    for (const [name, value] of new URLSearchParams(text)) {
      const key = name.toLowerCase()
      if (!wanted.has(key)) wanted.set(key, value)
    }
    for (const [name, value] of wanted) assert.equal(read.get(name), value)
    assert.equal(read.get('not there'), undefined)
  }))
})
