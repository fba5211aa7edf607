import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Fault, type Store } from '@claviger/vault'
import { deliveryUnderTest, fakeSink, requests, until, worldWith } from './delivery-under-test.ts'

/** What happens to a server and its sink, one after the other. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('requests'), count: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constantFrom('down', 'up', 'restart', 'fullDisk', 'space', 'turns') }),
)

/**
 * Repeats are batches that are given once more: each goes on from somewhere that was reached before.
 * @returns how far it got.
 */
function demandInOrder(got: readonly string[], wanted: readonly string[]): number {
  let next = 0
  let reached = 0
  for (const entry of got) {
    if (wanted[next] !== entry) next = wanted.indexOf(entry)
    assert.ok(next >= 0 && next <= reached, 'an entry was left out, or is none of the vault')
    next++
    reached = Math.max(reached, next)
  }
  return reached
}

test('whatever fails and whenever, a sink gets all entries in their order', async () => {
  const property = fc.asyncProperty(fc.array(happening, { maxLength: 25 }), async (happenings) => {
    const world = await worldWith('siem')
    const sink = fakeSink('siem')
    let isFull = false
    const store: Store = {
      read: (keys) => world.store.read(keys),
      list: (prefix, page) => world.store.list(prefix, page),
      async commit(change) {
        if (isFull) throw new Fault('StoreUnavailable', { reason: 'the disk is full' })
        await world.store.commit(change)
      },
    }
    const begin = () => deliveryUnderTest(world, [sink], { store, seal: world.seal }).delivery
    let delivery = begin()
    for (const one of happenings) {
      if ('count' in one) {
        for (let done = 0; done < one.count; done++) {
          // So that no two entries are the same.
          world.clock.advance(0.001)
          await requests(world, 1)
        }
      } else if (one.kind === 'down' || one.kind === 'up') sink.isUp = one.kind === 'up'
      else if (one.kind === 'fullDisk' || one.kind === 'space') isFull = one.kind === 'fullDisk'
      else if (one.kind === 'restart') {
        await delivery.stop()
        delivery = begin()
      } else await new Promise((resolve) => setImmediate(resolve))
      delivery.wake()
    }
    sink.isUp = true
    isFull = false
    const wanted = (await world.store.entries(0, 100_000))
      .map(({ entry }) => entry)
      .filter((entry) => /"operationName":"(?:SecretList|DiagnosticSettingSet)"/.test(entry))
    delivery.wake()
    await until(() => sink.entries.at(-1) === wanted.at(-1))
    await delivery.stop()
    assert.equal(demandInOrder(sink.entries, wanted), wanted.length)
  })
  await fc.assert(property, { numRuns: 60 })
})
