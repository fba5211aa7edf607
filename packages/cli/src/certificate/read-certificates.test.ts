import assert from 'node:assert/strict'
import { rootCertificates } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { readCertificates } from './read-certificates.ts'

const [first = '', second = ''] = rootCertificates
const octetsOf = (pem: string): Buffer => new X509Certificate(pem).raw

test('a chain in PEM is read in its order, whatever stands between', () => {
  const file = `subject=one\n${first}\r\nsubject=two\n${second}\n`
  assert.deepEqual(readCertificates(Buffer.from(file)), [octetsOf(first), octetsOf(second)])
})

test('one certificate in DER is read', () => {
  assert.deepEqual(readCertificates(octetsOf(first)), [octetsOf(first)])
})

test('a file without a certificate is refused', () => {
  assert.throws(() => readCertificates(Buffer.from('')))
  assert.throws(() => readCertificates(Buffer.from(first.replaceAll('MII', 'AAA'))))
})
