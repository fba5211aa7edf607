import assert from 'node:assert/strict'
import { createCipheriv, createDecipheriv, hash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  buildAdvanceCiphertext,
  buildCiphertext,
  parseAdvanceCiphertext,
  parseCiphertext,
  type AdvanceCiphertext,
} from './ciphertext.ts'

const keyVersionId = '11111111-2222-4333-8444-555555555555'
const iv = Uint8Array.from({ length: 12 }, (_, index) => 0xa0 + index)
const BLOB =
  'MTExMTExMTEtMjIyMi00MzMzLTg0NDQtNTU1NTU1NTU1NTU1oKGio6Slpqeoqaqrjn0QQSojIKhmluw+uPgGMAuhZFNm'

function sealedAsPublished(): Uint8Array {
  const key = Uint8Array.from({ length: 32 }, (_, index) => index)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(hash('sha256', 'a=1&b=2', 'buffer'))
  return Buffer.concat([cipher.update('hello'), cipher.final(), cipher.getAuthTag()])
}

function octets(length: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: length, maxLength: length })
}

const anyId = fc.stringMatching(/^[0-9A-Za-z-]{36}$/)

const anyAdvance: fc.Arbitrary<AdvanceCiphertext> = fc.oneof(
  fc.record({
    mode: fc.constant('GCM' as const),
    padding: fc.constant('none' as const),
    keyVersionId: anyId,
    iv: octets(12),
    sealed: fc.uint8Array({ minLength: 16 }),
  }),
  fc.constantFrom('CBC' as const, 'ECB' as const).chain((mode) =>
    fc.record({
      mode: fc.constant(mode),
      padding: fc.constantFrom('none' as const, 'PKCS7' as const),
      keyVersionId: anyId,
      iv: octets(mode === 'CBC' ? 16 : 0),
      sealed: fc.integer({ min: 1, max: 4 }).chain((blocks) => octets(blocks * 16)),
    }),
  ),
)

describe('a ciphertext of the shared gateway', () => {
  it('has the octets of the published example', () => {
    const sealed = sealedAsPublished()
    assert.equal(sealed.toHex(), '8e7d10412a2320a86696ec3eb8f806300ba1645366')
    assert.equal(buildCiphertext({ keyVersionId, iv, sealed }).toBase64(), BLOB)
    const parts = parseCiphertext(Uint8Array.fromBase64(BLOB))
    assert.deepEqual(parts, { keyVersionId, iv, sealed: new Uint8Array(sealed) })
  })

  it('can hold nothing but its tag', () => {
    const blob = buildCiphertext({ keyVersionId, iv, sealed: new Uint8Array(16) })
    assert.equal(blob.length, 64)
    assert.equal(parseCiphertext(blob)?.sealed.length, 16)
    assert.equal(parseCiphertext(blob.subarray(0, 63)), undefined)
  })

  it('is the other form without its first three octets, and is read from that as well', () => {
    const parts = { keyVersionId, iv, sealed: sealedAsPublished() }
    const advance = buildAdvanceCiphertext({ ...parts, mode: 'GCM', padding: 'none' })
    assert.equal(advance.toHex(), `240002${Uint8Array.fromBase64(BLOB).toHex()}`)
    assert.equal(advance.subarray(3).toBase64(), BLOB)
    assert.equal(parseCiphertext(advance)?.keyVersionId, keyVersionId)
    assert.deepEqual(parseAdvanceCiphertext(advance), {
      ...parts,
      sealed: new Uint8Array(parts.sealed),
      mode: 'GCM',
      padding: 'none',
    })
  })

  it('opens again after the way through a client', () => {
    const parts = { keyVersionId, iv, sealed: sealedAsPublished() }
    const advance = buildAdvanceCiphertext({ ...parts, mode: 'GCM', padding: 'none' })
    const kept = advance.subarray(3)
    const found = parseAdvanceCiphertext(Uint8Array.from([0x24, 0x00, 0x02, ...kept]))
    assert.ok(found !== undefined)
    const key = Uint8Array.from({ length: 32 }, (_, index) => index)
    const opener = createDecipheriv('aes-256-gcm', key, found.iv, { authTagLength: 16 })
    opener.setAAD(hash('sha256', 'a=1&b=2', 'buffer')).setAuthTag(found.sealed.subarray(-16))
    const opened = Buffer.concat([opener.update(found.sealed.subarray(0, -16)), opener.final()])
    assert.equal(opened.toString(), 'hello')
  })

  it('is not one of CBC or ECB', () => {
    const cbc = { keyVersionId, iv: new Uint8Array(16), sealed: new Uint8Array(32) }
    const blob = buildAdvanceCiphertext({ ...cbc, mode: 'CBC', padding: 'PKCS7' })
    assert.equal(parseCiphertext(blob), undefined)
  })
})

describe('a ciphertext', () => {
  it('is read as it was built', () => {
    const property = fc.property(anyAdvance, (parts) => {
      const blob = buildAdvanceCiphertext(parts)
      assert.deepEqual(parseAdvanceCiphertext(blob), { ...parts })
    })
    fc.assert(property)
  })

  it('is none when its key version, its header or its length is wrong', () => {
    const blob = Uint8Array.fromBase64(BLOB)
    const advance = Uint8Array.from([0x24, 0x00, 0x02, ...blob])
    const changed = (from: Uint8Array, at: number, octet: number): Uint8Array =>
      from.with(at, octet)
    for (const octet of [0x00, 0x20, 0x2f, 0x7f, 0x80, 0xff]) {
      assert.equal(parseCiphertext(changed(blob, 7, octet)), undefined)
      assert.equal(parseAdvanceCiphertext(changed(advance, 10, octet)), undefined)
    }
    const headers = [
      [0x25, 0x00, 0x02],
      [0x24, 0x10, 0x02],
      [0x24, 0x01, 0x02],
      [0x24, 0x02, 0x02],
      [0x24, 0x00, 0x00],
      [0x24, 0x00, 0x81],
    ]
    for (const header of headers) {
      const found = parseAdvanceCiphertext(Uint8Array.from([...header, ...blob]))
      assert.equal(found, undefined, String(header))
    }
    for (let length = 0; length < 64; length += 1) {
      assert.equal(parseCiphertext(blob.subarray(0, length)), undefined)
      assert.equal(parseAdvanceCiphertext(advance.subarray(0, length)), undefined)
    }
    const long = new Uint8Array(5 * 1024 * 1024)
    long.set(blob)
    assert.equal(parseCiphertext(long), undefined)
  })

  it('is or is not one, whatever the octets are', () => {
    const octetsOfAny = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }).map((rest) => Uint8Array.from([0x24, 0x00, 0x02, ...rest])),
    )
    const property = fc.property(octetsOfAny, (blob) => {
      parseCiphertext(blob)
      parseAdvanceCiphertext(blob)
    })
    fc.assert(property)
  })

  it('is not built from parts that do not fit', () => {
    const sealed = new Uint8Array(16)
    const wrong = [
      { keyVersionId: 'short', iv, sealed },
      { keyVersionId: `${keyVersionId}1`, iv, sealed },
      { keyVersionId: `é${keyVersionId.slice(1)}`, iv, sealed },
      { keyVersionId, iv: new Uint8Array(16), sealed },
      { keyVersionId, iv, sealed: new Uint8Array(15) },
      { keyVersionId, iv, sealed: new Uint8Array(5 * 1024 * 1024) },
    ]
    for (const parts of wrong) {
      assert.throws(() => buildCiphertext(parts), RangeError)
      const advance = { ...parts, mode: 'GCM', padding: 'none' } as const
      assert.throws(() => buildAdvanceCiphertext(advance), RangeError)
    }
    const padded = { keyVersionId, iv, sealed, mode: 'GCM', padding: 'PKCS7' } as const
    assert.throws(() => buildAdvanceCiphertext(padded), RangeError)
    const ragged = { keyVersionId, iv: new Uint8Array(16), sealed: new Uint8Array(17) }
    const cbc = { ...ragged, mode: 'CBC', padding: 'none' } as const
    assert.throws(() => buildAdvanceCiphertext(cbc), RangeError)
  })
})
