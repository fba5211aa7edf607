import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fromEpochSeconds, toEpochSeconds } from './epoch-seconds.ts'

describe('a time of the wire', () => {
  it('is in whole seconds', () => {
    assert.equal(toEpochSeconds(new Date('1970-01-01T00:00:01.999Z')), 1)
    assert.deepEqual(fromEpochSeconds(1), new Date('1970-01-01T00:00:01Z'))
  })

  it('is never made of a date that is none', () => {
    assert.throws(() => toEpochSeconds(new Date('30/02/2027x')), RangeError)
  })
})
