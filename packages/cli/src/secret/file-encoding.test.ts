import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FILE_ENCODINGS, octetsOf, valueOf } from './file-encoding.ts'

test('octets come back as they were, by every encoding that takes them', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.constantFrom(...FILE_ENCODINGS), (octets, encoding) => {
      let value: string
      try {
        value = valueOf(octets, encoding)
      } catch {
        // Text encodings take no other octets.
        assert.ok(encoding !== 'base64' && encoding !== 'hex')
        return
      }
      assert.deepEqual(Uint8Array.from(octetsOf(value, encoding)), octets)
    }),
  )
})

test('what is not of an encoding is refused', () => {
  assert.throws(() => octetsOf('no base64!', 'base64'))
  assert.throws(() => octetsOf('abc', 'hex'))
  assert.throws(() => octetsOf('ä', 'ascii'))
  assert.throws(() => valueOf(Uint8Array.of(0xff), 'utf-8'))
})
