import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RootKeys } from './root-keys.ts'
import { decodeRootKeys, encodeRootKeys, randomKey, type RootSet } from './root-set.ts'

function rootSet(sealVersion: number, ...generations: readonly [number, ...number[]]): RootSet {
  const keys = new Map(generations.map((generation) => [generation, randomKey()]))
  return { sealVersion, current: Math.max(...generations), keys }
}

test('an answer that a newer one has overtaken is not taken', async () => {
  const [older, newer] = [rootSet(1, 1), rootSet(2, 1, 2)]
  const roots = new RootKeys(newer, async () => older)
  await roots.reload()
  assert.equal(roots.set, newer)
})

test('root keys come back as they were written, and other octets are none', () => {
  const { current, keys } = rootSet(1, 7, 8)
  const bytes = encodeRootKeys({ current, keys })
  const decoded = decodeRootKeys(bytes)
  assert.equal(decoded?.current, 8)
  assert.ok([...keys].every(([generation, key]) => decoded.keys.get(generation)?.equals(key)))
  for (const length of [0, 3, 4, 5, 39, 75, 77]) {
    assert.equal(decodeRootKeys(Buffer.alloc(length, 1)), undefined)
  }
  assert.equal(decodeRootKeys(Buffer.alloc(bytes.byteLength)), undefined)
  bytes.writeUInt32BE(9, 0)
  assert.equal(decodeRootKeys(bytes), undefined)
})
