import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inLanes } from './in-lanes.ts'

test('Results stand in the order of their items, whichever is done first.', async () => {
  const { promise: second, resolve } = Promise.withResolvers<void>()
  const results = await inLanes(['a', 'b', 'c'], 2, async (item, place) => {
    if (item === 'a') await second
    else resolve()
    return item + String(place)
  })
  assert.deepEqual(results, ['a0', 'b1', 'c2'])
})

test('No more are begun at a time than there are lanes, and in their order.', async () => {
  const begun: string[] = []
  let running = 0
  let most = 0
  await inLanes(['a', 'b', 'c', 'd', 'e', 'f'], 3, async (item) => {
    begun.push(item)
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
  })
  assert.equal(begun.join(''), 'abcdef')
  assert.equal(most, 3)
})

test('One that fails makes all of it fail.', async () => {
  await assert.rejects(
    inLanes(['a', 'b'], 2, (item) => (item === 'b' ? Promise.reject(new Error('no')) : Promise.resolve())),
    /no/,
  )
})
