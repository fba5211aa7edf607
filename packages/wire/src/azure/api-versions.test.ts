import assert from 'node:assert/strict'
import { test } from 'node:test'
import { API_VERSIONS, apiVersionFor, isApiVersionAtLeast } from './api-versions.ts'

test('every published version is served as itself', () => {
  for (const version of API_VERSIONS) assert.equal(apiVersionFor(version), version)
})

test('a date later than the newest is served as the newest', () => {
  for (const text of ['2026-04-02', '2026-06-01-preview', '2031-12-31']) {
    assert.equal(apiVersionFor(text), '2026-04-01')
  }
})

test('everything else is none', () => {
  const texts = ['', '7', '7.7', '2026-03-31', '2015-06-01', '2027-00-01', '2027-01-32', '2027-1-1']
  for (const text of [...texts, '2027-01-01-Preview', ' 7.0', '7.0 ', '20270101']) {
    assert.equal(apiVersionFor(text), undefined, text)
  }
})

test('a preview comes before its version, and dates after numbers', () => {
  assert.equal(isApiVersionAtLeast('7.2', '7.2-preview'), true)
  assert.equal(isApiVersionAtLeast('7.2-preview', '7.2'), false)
  assert.equal(isApiVersionAtLeast('2025-07-01', '7.6'), true)
  assert.equal(isApiVersionAtLeast('2016-10-01', '7.0'), false)
  assert.equal(isApiVersionAtLeast('7.0', '7.0'), true)
})
