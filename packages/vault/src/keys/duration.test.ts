import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addDuration, parseDuration, subtractDuration, type Duration } from './duration.ts'

const seconds = (text: string): number => Date.parse(text) / 1000

function duration(text: string): Duration {
  const parsed = parseDuration(text)
  assert.ok(parsed !== undefined, text)
  return parsed
}

describe('a duration', () => {
  it('is read in every form that the service documents', () => {
    const day = 86_400
    assert.deepEqual(duration('P90D'), { months: 0, seconds: 90 * day })
    assert.deepEqual(duration('P3M'), { months: 3, seconds: 0 })
    assert.deepEqual(duration('P2Y'), { months: 24, seconds: 0 })
    assert.deepEqual(duration('P1Y10D'), { months: 12, seconds: 10 * day })
    assert.deepEqual(duration('PT48H'), { months: 0, seconds: 2 * day })
    assert.deepEqual(duration('P2W'), { months: 0, seconds: 14 * day })
    assert.deepEqual(duration('P1Y2M3DT4H5M6S'), { months: 14, seconds: 3 * day + 14_706 })
  })

  it('is not read when it is none', () => {
    const wrong = [
      '', 'P', 'PT', 'P1YT', '90D', 'P-1D', '-P1D', 'P1.5D', 'P1D1Y', 'p90d', ' P1D', 'P1D\n', 'P1H',
      'P9999999D', 'P1S', 'PT1D', '٣',
    ]
    for (const text of wrong) assert.equal(parseDuration(text), undefined, text)
  })

  it('counts months by the calendar and stops at the last day of a month', () => {
    const cases = [
      ['2026-01-31T10:00:00Z', 'P1M', '2026-02-28T10:00:00Z'],
      ['2024-01-31T10:00:00Z', 'P1M', '2024-02-29T10:00:00Z'],
      ['2024-02-29T00:00:00Z', 'P1Y', '2025-02-28T00:00:00Z'],
      ['2026-12-15T00:00:00Z', 'P1M', '2027-01-15T00:00:00Z'],
      ['2026-03-01T00:00:00Z', 'P1Y10D', '2027-03-11T00:00:00Z'],
    ] as const
    for (const [from, text, to] of cases) {
      assert.equal(addDuration(seconds(from), duration(text)), seconds(to), `${from} ${text}`)
    }
    assert.equal(
      subtractDuration(seconds('2026-03-31T00:00:00Z'), duration('P1M')),
      seconds('2026-02-28T00:00:00Z'),
    )
  })

  it('never gives less time for more months', () => {
    const time = fc.integer({ min: 0, max: 4_102_444_800 })
    const months = fc.integer({ min: 0, max: 1200 })
    fc.assert(
      fc.property(time, months, (from, count) => {
        const sooner = addDuration(from, { months: count, seconds: 0 })
        const later = addDuration(from, { months: count + 1, seconds: 0 })
        assert.ok(sooner >= from && later >= sooner + 28 * 86_400 - 3 * 86_400)
        const days = (sooner - from) / 86_400
        assert.ok(Math.abs(days - count * 30.436_875) < 4)
      }),
    )
  })
})
