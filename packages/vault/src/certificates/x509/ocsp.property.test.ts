import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { AuthorityWorld, ocspRequest } from '../../testing/authority-world.ts'
import { readAuthorityCertificate, readOcspRequest } from './index.ts'

const runs = { numRuns: 500 }

/** Octets with some changed, taken out or put in, or cut. */
function mutated(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat({ max: original.byteLength - 1 })
  return fc
    .record({
      changes: fc.array(fc.tuple(place, fc.nat({ max: 255 })), { maxLength: 6 }),
      cut: fc.option(place, { freq: 4 }),
      more: fc.option(fc.tuple(place, fc.uint8Array({ maxLength: 20 })), { freq: 4 }),
    })
    .map(({ changes, cut, more }) => {
      const copy = Uint8Array.from(original)
      for (const [at, value] of changes) copy[at] = value
      const whole = cut === null ? copy : copy.slice(0, cut)
      if (more === null) return whole
      const [at, octets] = more
      return Buffer.concat([whole.subarray(0, at), octets, whole.subarray(at)])
    })
}

/** DER that is well-formed on the outside: sequences in sequences, with anything inside. */
const nested = fc
  .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0x24, 0x2c), fc.nat({ max: 1_000 }), fc.uint8Array({ maxLength: 30 }))
  .map(([tag, depth, inner]) => {
    let octets: Uint8Array = inner
    for (let at = 0; at < depth && octets.byteLength < 4_000; at++) {
      const { byteLength: length } = octets
      const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
      octets = Buffer.concat([Uint8Array.from(head), octets])
    }
    return octets
  })

describe('whatever is sent to ask after a certificate', async () => {
  const world = await AuthorityWorld.open()
  await world.create('web')
  const [ca, { serial }] = [await world.held('corp-ca'), await world.held('web')]
  const authority = await world.authorityOf('corp-ca')
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ minLength: 4_000, maxLength: 5_000 }),
    nested,
    mutated(ocspRequest(ca.x509, serial)),
    mutated(ocspRequest(ca.x509, serial, 'sha256')),
  )

  it('is a request or none', () => {
    fc.assert(
      fc.property(anything, (request) => {
        const question = readOcspRequest(request)
        if (question !== undefined) assert.match(question.serial, /^(?:[0-9a-f]{2})*$/)
      }),
      runs,
    )
  })

  it('is answered, and never with a word about what was not issued', async () => {
    const states = new Set<string>()
    await fc.assert(
      fc.asyncProperty(anything, async (request) => {
        const input = { vault: 'default', authority, request }
        const { status, der } = await world.certificates.getOcspResponse(world.publisher, input)
        states.add(status)
        assert.ok(der.byteLength > 0)
        if (status === 'good') assert.equal(readOcspRequest(request)?.serial, serial)
      }),
      runs,
    )
    assert.ok(states.has('malformedRequest') && states.has('unauthorized') && states.has('good'))
  })
})

describe('whatever stands in the certificate of an authority', () => {
  it('it is read or is none', async () => {
    const world = await AuthorityWorld.open('http://pki.example')
    const { x509 } = await world.held('corp-ca')
    fc.assert(
      fc.property(mutated(x509.raw), (der) => {
        const read = readAuthorityCertificate(der)
        if (read !== undefined) assert.match(read.authority, /^[0-9a-f]{40}$/)
      }),
      runs,
    )
  })
})
