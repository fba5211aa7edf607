import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ChainedEntry } from '@claviger/vault'
import { EMPTY_CHAIN } from '@claviger/vault'
import { sequenceBefore } from './start-sequence.ts'

/** A chain of entries at these times, of which the first ones were pruned. */
function chainOf(times: readonly number[], pruned: number) {
  let reads = 0
  const all = times.map((time, index): ChainedEntry => {
    const entry = JSON.stringify({ time: new Date(time).toISOString() })
    return { sequence: index + 1, entry, hash: new Uint8Array(32) }
  })
  return {
    reads: () => reads,
    head: async () => ({ ...EMPTY_CHAIN, count: all.length, first: pruned + 1 }),
    async entries(after: number, limit: number) {
      reads++
      return all.slice(Math.max(after, pruned), Math.max(after, pruned) + limit)
    },
  }
}

test('everything since a time comes after, though commits may pass each other', async () => {
  const input = fc.record({
    steps: fc.array(fc.nat(120_000), { maxLength: 300 }),
    late: fc.infiniteStream(fc.nat(60_000)),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    pruned: fc.nat(100),
  })
  await fc.assert(
    fc.asyncProperty(input, async ({ steps, late, at, pruned: wanted }) => {
      let now = 1_767_225_600_000
      const times = steps.map((step) => (now += step) - (late.next().value ?? 0))
      const since = 1_767_225_600_000 + at * (now - 1_767_225_600_000)
      const pruned = Math.min(wanted, times.length)
      const chain = chainOf(times, pruned)
      const before = await sequenceBefore(chain, since)
      assert.ok(before >= pruned && before <= times.length)
      const missed = times.slice(pruned, before).filter((time) => time >= since)
      assert.deepEqual(missed, [])
      assert.ok(chain.reads() <= 10)
    }),
  )
})

test('what was long ago is passed by', async () => {
  const day = 86_400_000
  const chain = chainOf([0, day, 2 * day, 3 * day], 0)
  assert.equal(await sequenceBefore(chain, 2 * day), 2)
  assert.equal(await sequenceBefore(chain, 9 * day), 4)
  assert.equal(await sequenceBefore(chain, 0), 0)
})

test('an entry without a time is not passed by', async () => {
  const chain = { ...chainOf([0, 1], 0), entries: async () => [] }
  assert.equal(await sequenceBefore(chain, 86_400_000), 0)
})
