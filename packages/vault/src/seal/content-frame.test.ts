import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeContent, encodeContent } from './content-frame.ts'
import { Secret } from './secret.ts'

test('an empty secret and none are told apart', () => {
  const none = decodeContent(Buffer.from(encodeContent({ meta: {} })))
  const empty = decodeContent(Buffer.from(encodeContent({ meta: {}, secret: Secret.fromText('') })))
  assert.equal(none?.secret, undefined)
  assert.equal(empty?.secret?.byteLength, 0)
})

test('any octets are a content or none, and never an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (octets) => {
      decodeContent(Buffer.from(octets))
    }),
  )
})

test('octets that no encoding gives are no content', () => {
  const frame = Buffer.from(encodeContent({ meta: { a: 1 }, secret: Secret.fromText('s') }))
  const changed = (at: number, octet: number): Buffer => {
    const copy = Buffer.from(frame)
    copy.writeUInt8(octet, at)
    return copy
  }
  assert.equal(decodeContent(changed(0, 2)), undefined)
  assert.equal(decodeContent(changed(0, 0)), undefined)
  assert.equal(decodeContent(changed(1, 0xff)), undefined)
  assert.equal(decodeContent(changed(5, 0x21)), undefined)
  assert.equal(decodeContent(frame.subarray(0, 4)), undefined)
})
