import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secretName, secretNames } from './secret-names.ts'

test('A sample holds different names of the store, spread over all of it.', () => {
  const cases = [[10_000, 2000], [7, 3], [1, 1], [10, 100], [1_000_000, 5000]] as const
  for (const [count, size] of cases) {
    const names = secretNames(count).sample(size)
    assert.equal(names.length, Math.min(size, count))
    assert.equal(new Set(names).size, names.length)
    assert.ok(names.every((name) => name >= secretName(0) && name < secretName(count)))
  }
})

test('Neighbours in a sample are no neighbours in the store.', () => {
  const indices = secretNames(10_000).sample(10_000).map((name) => Number(name.slice(-7)))
  const near = indices.filter((one, at) => Math.abs(one - (indices[at + 1] ?? 0)) < 100)
  assert.ok(near.length < 300)
})
