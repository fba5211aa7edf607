import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { maximumSm2DerBytes, sm2DerCiphertext, sm2JoinedCiphertext } from './sm2-ciphertext.ts'

/** 32 octets that may begin with zeros. */
const coordinate = fc
  .tuple(fc.nat(32), fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([zeros, octets]) => octets.fill(0, 0, zeros))
const masked = fc.uint8Array({ minLength: 1, maxLength: 700 })
const code = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('the two forms of a ciphertext of SM2', () => {
  it('turn into each other without loss, small numbers too', () => {
    fc.assert(
      fc.property(coordinate, coordinate, code, masked, (x, y, c3, c2) => {
        const joined = Buffer.concat([Uint8Array.of(4), x, y, c3, c2])
        const der = sm2DerCiphertext(joined) ?? assert.fail('it was not read')
        assert.ok(der.byteLength <= maximumSm2DerBytes(c2.byteLength))
        assert.equal(sm2DerCiphertext(der), der)
        assert.deepEqual(Buffer.from(sm2JoinedCiphertext(der)), joined)
      }),
    )
  })

  it('are what GB/T 35276 says, also at the lengths where DER writes more', () => {
    const joined = (masked: number): Uint8Array =>
      Buffer.concat([Uint8Array.of(4), Buffer.alloc(32, 1), Buffer.alloc(32, 0xff), Buffer.alloc(32 + masked, 2)])
    const headOf = (length: number): string =>
      Buffer.from(sm2DerCiphertext(joined(length)) ?? []).subarray(0, 8).toString('hex')
    assert.equal(headOf(1), '306a022001010101')
    assert.equal(headOf(22), '307f022001010101')
    assert.equal(headOf(23), '3081800220010101')
    assert.equal(headOf(148), '3081fe0220010101')
    assert.equal(headOf(149), '3081ff0220010101')
    assert.equal(headOf(150), '3082010002200101')
    assert.equal(headOf(6047), '3082180a02200101')
  })

  it('are nothing else, whatever the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(0x30, 0x04, 0x02), (octets, first) => {
        const input = Uint8Array.of(first, ...octets)
        const der = sm2DerCiphertext(input)
        if (first === 0x04) assert.equal(der !== undefined, input.byteLength > 97)
        else assert.equal(der, undefined)
      }),
    )
    assert.throws(() => sm2JoinedCiphertext(Buffer.alloc(120)), TypeError)
  })
})
