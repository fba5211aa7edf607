import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatHttpDate, parseHttpDate } from './http-date.ts'

test('a date is read as RFC 1123 writes it', () => {
  assert.equal(parseHttpDate('Tue, 02 Jan 2024 03:04:05 GMT'), 1_704_164_645)
  assert.equal(formatHttpDate(1_704_164_645), 'Tue, 02 Jan 2024 03:04:05 GMT')
  assert.equal(parseHttpDate('Thu, 29 Feb 2024 23:59:59 GMT'), 1_709_251_199)
})

test('a date that was written is read again', () => {
  const property = fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
    assert.equal(parseHttpDate(formatHttpDate(seconds)), seconds)
  })
  fc.assert(property)
})

test('every other form is none', () => {
  const texts = [
    '',
    'Invalid Date',
    'Mon, 02 Jan 2024 03:04:05 GMT',
    'Tue, 2 Jan 2024 03:04:05 GMT',
    'tue, 02 jan 2024 03:04:05 gmt',
    'Tue, 02 Jan 2024 03:04:05 UTC',
    'Tue, 02 Jan 2024 03:04:05 +0000',
    'Tue, 02 Jan 2024 03:04:05',
    'Tue, 02 Jan 24 03:04:05 GMT',
    'Tue, 02 Jan 2024 24:04:05 GMT',
    'Tue, 02 Jan 2024 03:04:60 GMT',
    'Fri, 30 Feb 2024 03:04:05 GMT',
    'Tuesday, 02-Jan-24 03:04:05 GMT',
    'Tue Jan  2 03:04:05 2024',
    '2024-01-02T03:04:05Z',
    '1704164645',
    ' Tue, 02 Jan 2024 03:04:05 GMT',
  ]
  for (const text of texts) assert.equal(parseHttpDate(text), undefined, text)
})
