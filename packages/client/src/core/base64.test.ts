import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decodeBase64, encodeBase64, encodeBase64url } from './base64.ts'

/** The same octets in a runtime whose arrays have no base64 of their own. */
function older(bytes: Uint8Array): Uint8Array {
  return Object.defineProperty(Uint8Array.from(bytes), 'toBase64', { value: undefined })
}

describe('base64', () => {
  it('gives what Node gives, in newer runtimes and older ones', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const buffer = Buffer.from(bytes)
        for (const octets of [bytes, older(bytes)]) {
          assert.equal(encodeBase64(octets), buffer.toString('base64'))
          assert.equal(encodeBase64url(octets), buffer.toString('base64url'))
        }
        assert.deepEqual(decodeBase64(buffer.toString('base64')), Uint8Array.from(bytes))
        assert.deepEqual(decodeBase64(buffer.toString('base64url')), Uint8Array.from(bytes))
      }),
    )
  })

  it('takes more octets than a call has arguments', () => {
    const bytes = older(new Uint8Array(300_000).fill(7))
    assert.equal(encodeBase64(bytes), Buffer.from(bytes).toString('base64'))
  })

  it('refuses what is no base64', () => {
    for (const text of ['a b', 'a\nb', 'ä', 'a===', '=a']) {
      assert.throws(() => decodeBase64(text), TypeError)
    }
  })
})
