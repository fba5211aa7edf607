import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { speaking } from './language/messages.ts'
import { readTags, readTime } from './read-options.ts'

const say = speaking('en')
const timeOf = (text: string): string | undefined =>
  readTime('--expires', text, say)?.toISOString().slice(0, 19)

describe('a time on a command line', () => {
  it('is taken in the forms of az, and with a zone', () => {
    const times = ['2030-01-31', '2030-01-31T01Z', '2030-01-31T01:02Z', '2030-01-31T01:02:03+01:00']
    assert.deepEqual(times.map(timeOf), [
      '2030-01-31T00:00:00', '2030-01-31T01:00:00', '2030-01-31T01:02:00', '2030-01-31T00:02:03',
    ])
    assert.equal(timeOf('2028-02-29'), '2028-02-29T00:00:00')
  })

  it('is of a day that there is', () => {
    const wrong = [
      '2030-02-31', '2030-02-29T00:00Z', '2030-04-31T01Z', '2030-13-01', '2030-00-10',
      '2030-01-31T25:00Z', '2030-01-31T01:60Z', '2030-01-31T01:02', '2030-1-1', '',
    ]
    for (const text of wrong) assert.throws(() => timeOf(text), { exitCode: 2 }, text)
  })
})

describe('tags on a command line', () => {
  it('may lack a value, and may be none at all, as for az', () => {
    assert.deepEqual(readTags(['urgent', 'a=', 'b=1=2', 'c=1\n2'], say), {
      urgent: '', a: '', b: '1=2', c: '1\n2',
    })
    assert.deepEqual(readTags([''], say), {})
    assert.deepEqual(readTags(true, say), {})
    assert.equal(readTags(undefined, say), undefined)
  })

  it('have a name', () => {
    assert.throws(() => readTags(['=1'], say), { exitCode: 2 })
  })
})
