import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { derFromJoined, joinedFromDer, maximumDerBytes } from './ecdsa-signature.ts'

const SIZES = [32, 48, 66]

describe('the two forms of an ECDSA signature', () => {
  it('turn into each other without loss, small numbers too', () => {
    for (const size of SIZES) {
      const number = fc
        .tuple(fc.nat(size), fc.uint8Array({ minLength: size, maxLength: size }))
        .map(([zeros, octets]) => octets.fill(0, 0, zeros))
      fc.assert(
        fc.property(number, number, (r, s) => {
          const joined = Buffer.concat([r, s])
          const der = derFromJoined(joined)
          assert.ok(der.byteLength <= maximumDerBytes(size))
          assert.deepEqual(Buffer.from(joinedFromDer(der, size)), joined)
        }),
      )
    }
  })

  it('are what RFC 3279 and RFC 7518 say', () => {
    const joined = Buffer.concat([Buffer.alloc(31), Buffer.of(0x80), Buffer.alloc(31), Buffer.of(0x7f)])
    assert.equal(Buffer.from(derFromJoined(joined)).toString('hex'), '30070202008002017f')
    const long = derFromJoined(new Uint8Array(132).fill(255))
    assert.equal(Buffer.from(long.subarray(0, 6)).toString('hex'), '30818a024300')
  })
})
