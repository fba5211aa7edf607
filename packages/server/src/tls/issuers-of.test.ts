import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issuersOf } from './issuers-of.ts'

const pem = (text: string): string =>
  `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`

test('what stands above a certificate is what clients trust, else the certificate itself', () => {
  assert.equal(issuersOf(pem('leaf') + pem('ca') + pem('root')), pem('ca') + pem('root'))
  assert.equal(issuersOf(pem('own')), pem('own'))
  assert.equal(issuersOf(''), '')
})
