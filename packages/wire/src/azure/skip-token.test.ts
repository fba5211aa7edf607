import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeSkipToken, encodeSkipToken } from './skip-token.ts'

test('a skip token has the wrapping of the service', () => {
  const unwrapped = Buffer.from(encodeSkipToken('name'), 'base64url').toString('utf8')
  assert.equal(unwrapped, '{"NextMarker":"name","TargetLocation":0}')
})

test('a marker comes back as it was', () => {
  const property = fc.property(fc.string({ unit: 'grapheme' }), (marker) => {
    assert.equal(decodeSkipToken(encodeSkipToken(marker)), marker)
  })
  fc.assert(property)
})

test('whatever is no skip token is read as none', () => {
  const texts = ['', 'null', '[]', '"x"', '{}', '{"NextMarker":1}', '{"nextmarker":"a"}', '{']
  for (const text of texts) {
    assert.equal(decodeSkipToken(Buffer.from(text).toString('base64url')), undefined, text)
  }
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    assert.doesNotThrow(() => decodeSkipToken(text))
  }))
})
