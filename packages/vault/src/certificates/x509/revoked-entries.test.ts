import assert from 'node:assert/strict'
import { it } from 'node:test'
import { AsnConvert } from '@peculiar/asn1-schema'
import { CRLReason, id_ce_cRLReasons, RevokedCertificate, Time } from '@peculiar/asn1-x509'
import fc from 'fast-check'
import { REVOCATION_REASONS, type RevocationReason } from '../authority/revocation-reason.ts'
import { extension } from './certificate-extensions.ts'
import { revokedEntries, type RevokedEntry } from './revoked-entries.ts'

const REASONS = Object.keys(REVOCATION_REASONS) as RevocationReason[] // the keys of that record

function byTheGeneralEncoder({ serial, at, reason }: RevokedEntry): Uint8Array {
  const code = extension(id_ce_cRLReasons, new CRLReason(REVOCATION_REASONS[reason]), false)
  const entry = new RevokedCertificate({
    userCertificate: Uint8Array.fromHex(serial).buffer,
    revocationDate: new Time(new Date(at * 1000)),
    ...(reason === 'unspecified' ? {} : { crlEntryExtensions: [code] }),
  })
  return new Uint8Array(AsnConvert.serialize(entry))
}

it('entries of a list are what the general encoder makes of them', () => {
  const entry = fc.record({
    serial: fc
      .uint8Array({ minLength: 1, maxLength: 20 })
      .map((octets) => octets.with(0, ((octets[0] ?? 0) & 0x3f) | 0x40).toHex()),
    at: fc.oneof(fc.nat({ max: 4_000_000_000 }), fc.constantFrom(0, 2_524_607_999, 2_524_608_000)),
    reason: fc.constantFrom(...REASONS),
  })
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
      const expected = Buffer.concat(entries.map(byTheGeneralEncoder))
      assert.equal(Buffer.from(revokedEntries(entries)).toString('hex'), expected.toString('hex'))
    }),
  )
})
