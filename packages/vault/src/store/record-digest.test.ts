import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { nameDifferences } from './name-differences.ts'
import { groupOf, RecordDigest, type RecordVersion } from './record-digest.ts'
import { recordKeyOf } from './record-key.ts'

const keyOf = (n: number) => recordKeyOf('t', `record-${n}`)

function digestOf(empty: RecordDigest, records: Iterable<RecordVersion>): RecordDigest {
  const digest = empty.emptied()
  for (const record of records) digest.toggle(record)
  return digest
}

function stateOf(count: number): RecordVersion[] {
  return Array.from({ length: count }, (_, n) => ({ key: keyOf(n), version: 10 + n }))
}

describe('the digest of the records', () => {
  const any = RecordDigest.create()

  it('depends on what there is, not on the way there', () => {
    const version = fc.record({ key: fc.nat(20).map(keyOf), version: fc.nat(5) })
    fc.assert(fc.property(fc.array(version), (writes) => {
      const digest = any.emptied()
      const now = new Map<RecordVersion['key'], number>()
      for (const record of writes) {
        const before = now.get(record.key)
        if (before !== undefined) digest.toggle({ key: record.key, version: before })
        digest.toggle(record)
        now.set(record.key, record.version)
      }
      const state = Array.from(now, ([key, number]) => ({ key, version: number }))
      assert.ok(digest.equals(digestOf(any, state)))
      assert.ok(digest.equals(RecordDigest.decode(digest.encode())))
    }))
  })

  it('differs with another version, another record, one more and one less', () => {
    const state = stateOf(50)
    const digest = digestOf(any, state)
    for (const other of [
      state.with(7, { key: keyOf(7), version: 18 }),
      state.with(7, { key: keyOf(99), version: 17 }),
      [...state, { key: keyOf(99), version: 1 }],
      state.slice(1),
    ]) {
      assert.ok(!digest.equals(digestOf(any, other)))
    }
  })

  it('has another value in another store, so that none can be computed outside', () => {
    const state = stateOf(3)
    const other = digestOf(RecordDigest.create(), state).encode().subarray(32)
    assert.notDeepEqual(digestOf(any, state).encode().subarray(32), other)
  })

  it('refuses to decode what is none', () => {
    const bytes = any.encode()
    assert.throws(() => RecordDigest.decode(bytes.subarray(1)), RangeError)
    assert.throws(() => RecordDigest.decode(Buffer.concat([bytes, bytes])), RangeError)
  })

  it('spreads the records over its groups', () => {
    const groups = new Set(stateOf(2000).map(({ key }) => groupOf(key)))
    assert.equal(groups.size, 64)
  })
})

describe('what a digest tells of a difference', () => {
  const any = RecordDigest.create()

  it('is the record that was put back, and by how many changes', () => {
    const state = stateOf(500)
    const older = state.with(123, { key: keyOf(123), version: 133 - 40 })
    const named = nameDifferences(digestOf(any, state), digestOf(any, older), () => older)
    assert.deepEqual(named.map(({ record }) => record), [keyOf(123)])
    assert.match(named[0]?.reason ?? '', /last 40 changes are/)
  })

  it('is a group where two records of it were put back at once', () => {
    const inGroup = stateOf(2000).filter(({ key }) => groupOf(key) === 5)
    const older = inGroup.map(({ key, version }, index) =>
      ({ key, version: index < 2 ? version - 1 : version }))
    const named = nameDifferences(digestOf(any, inGroup), digestOf(any, older), () => older)
    assert.deepEqual(named.map(({ record }) => record), [undefined])
    assert.match(named[0]?.reason ?? '', /several were put back/)
  })

  it('is told of a few groups, in one walk, where nearly all differ', () => {
    const state = stateOf(2000)
    let walks = 0
    const named = nameDifferences(any, digestOf(any, state), () => {
      walks += 1
      return state
    })
    assert.equal(walks, 1)
    assert.equal(named.length, 17)
    assert.deepEqual(named.at(-1), { reason: 'records of 48 further groups differ too' })
  })

  it('is nothing where there is none', () => {
    const state = stateOf(10)
    const named = nameDifferences(digestOf(any, state), digestOf(any, state.toReversed()), () => state)
    assert.deepEqual(named, [])
  })
})
