import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { pemOf } from '../../crypto/pem-of.ts'
import { isFault } from '../../fault.ts'
import * as files from '../../testing/known-answers/certificate-files.ts'
import { formatName, parseName } from './distinguished-name.ts'
import { propertiesOf, readCertificate, readPem, readPkcs12 } from './index.ts'

const runs = { numRuns: 300 }
const [certificate] = readPem(files.EC_PEM) ?? []
const pfx = Uint8Array.fromBase64(files.AES_EC)
const old = Uint8Array.fromBase64(files.RC2_RSA)

/** A file with some octets changed, some taken out, or cut. */
function mutated(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat({ max: original.byteLength - 1 })
  return fc
    .record({
      changes: fc.array(fc.tuple(place, fc.nat({ max: 255 })), { maxLength: 4 }),
      cut: fc.option(place, { freq: 4 }),
    })
    .map(({ changes, cut }) => {
      const copy = Uint8Array.from(original)
      for (const [at, value] of changes) copy[at] = value
      return cut === null ? copy : copy.slice(0, cut)
    })
}

describe('whatever stands in a file', () => {
  it('a certificate is read or is none', () => {
    assert.ok(certificate !== undefined)
    const input = fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated(certificate.der))
    fc.assert(
      fc.property(input, (der) => {
        const read = readCertificate(der)
        if (read !== undefined) propertiesOf(read)
      }),
      runs,
    )
  })

  it('a PKCS #12 file opens or does not', async () => {
    const input = fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated(pfx), mutated(old))
    await fc.assert(
      fc.asyncProperty(input, fc.constantFrom('pässword', '', 'x'), async (file, password) => {
        await readPkcs12(file, password).catch((thrown: unknown) => {
          assert.ok(isFault(thrown, 'CertificateUnreadable'), String(thrown))
        })
      }),
      runs,
    )
  })

  it('PEM has blocks or cannot be read', () => {
    const part = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom(...files.EC_PEM.split('\n'), '\n', '\r\n'))
    fc.assert(fc.property(fc.array(part, { maxLength: 30 }), (parts) => void readPem(parts.join(''))), runs)
  })

  it('PEM is read as it was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (der) => {
        assert.deepEqual(readPem(pemOf('CERTIFICATE', der)), [{ label: 'CERTIFICATE', der }])
      }),
      runs,
    )
  })
})

describe('names', () => {
  it('are read or refused, and what is read is read again the same', () => {
    const part = fc.constantFrom('CN', 'cn', 'O', 'OID.2.5.4.3', '=', ',', '+', '\\', '"', ' ', 'ü', '#', 'a', ';', '\\2C', '\\C3\\BC', '<')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const name = parseName(parts.join(''))
        if ('problem' in name) return
        const text = formatName(name)
        const again = parseName(text)
        assert.ok(!('problem' in again), text)
        assert.equal(formatName(again), text)
      }),
      { numRuns: 2000 },
    )
  })

  it('keep any value that stands in quotes', () => {
    const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(value, (text) => {
        const quoted = `CN="${text.replace(/["\\]/g, '\\$&')}"`
        const name = parseName(quoted)
        assert.ok(!('problem' in name), quoted)
        assert.equal(name[0]?.[0]?.value.utf8String, text)
      }),
      runs,
    )
  })
})

describe('a file that asks for ten million iterations', () => {
  it('is refused before they are computed', async () => {
    const started = process.cpuUsage().user
    const file = Uint8Array.fromBase64(files.TOO_MANY_ITERATIONS)
    await assert.rejects(readPkcs12(file, ''), (thrown) => isFault(thrown, 'CertificateUnreadable'))
    assert.ok(process.cpuUsage().user - started < 1_000_000)
  })
})
