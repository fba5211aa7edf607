import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeBase64url, encodeBase64url } from './base64url.ts'

test('octets are written as base64url without padding', () => {
  assert.equal(encodeBase64url(Uint8Array.of(0xfb, 0xff, 0xfe, 0x00)), '-__-AA')
  assert.equal(encodeBase64url(new Uint8Array()), '')
})

test('both alphabets are read, with padding and without', () => {
  for (const text of ['-__-AA', '+//+AA==', '-__-AA==', '+//+AA', '+_/-AA']) {
    assert.deepEqual(decodeBase64url(text), Uint8Array.of(0xfb, 0xff, 0xfe, 0x00), text)
  }
})

test('anything else is no base64url', () => {
  for (const text of ['A', 'AAAAA', '=', 'AA=A', 'AA===', 'A A', 'AA\n', 'ä', '%41']) {
    assert.equal(decodeBase64url(text), undefined, text)
  }
})

test('octets come back as they were', () => {
  const property = fc.property(fc.uint8Array(), (bytes) => {
    assert.deepEqual(decodeBase64url(encodeBase64url(bytes)), new Uint8Array(bytes))
  })
  fc.assert(property)
})
