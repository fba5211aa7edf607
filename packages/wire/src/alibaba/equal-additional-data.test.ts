import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { equalAdditionalData } from './equal-additional-data.ts'

const digest = createHash('sha256').update('a=1&b=2').digest()
const hex = Buffer.from(digest.toString('hex'))
const octets = (list: readonly Uint8Array[]): readonly Buffer[] => list.map((one) => Buffer.from(one))

test('the digest of a context and its hex stand for each other', () => {
  assert.deepEqual(octets(equalAdditionalData(digest)), [hex])
  assert.deepEqual(octets(equalAdditionalData(hex)), [digest])
})

test('the JSON text of a context stands for both, in whichever order it names its members', () => {
  for (const text of ['{"a":"1","b":"2"}', '{ "b" : "2", "a" : "1" }']) {
    assert.deepEqual(octets(equalAdditionalData(Buffer.from(text))), [digest, hex])
  }
})

test('anything else stands for itself alone', () => {
  for (const text of ['', '{}', '{', '[1]', '{"a":1}', hex.toString().toUpperCase(), 'x'.repeat(64)]) {
    assert.deepEqual(equalAdditionalData(Buffer.from(text)), [], text)
  }
})
