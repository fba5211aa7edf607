import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pooledRandom } from './pooled-random.ts'

test('never hands the same octets out twice, over many fillings of the pool', () => {
  const seen = new Set<string>()
  for (let draw = 0; draw < 2000; draw++) seen.add(Buffer.from(pooledRandom(32)).toString('hex'))
  assert.equal(seen.size, 2000)
})

test('hands out octets of its own, which a later draw does not change', () => {
  const first = pooledRandom(32)
  const before = Buffer.from(first).toString('hex')
  for (let draw = 0; draw < 600; draw++) pooledRandom(32)
  assert.equal(Buffer.from(first).toString('hex'), before)
  assert.equal(first.buffer.byteLength, 32)
})

test('gives nothing, more than the pool or half an octet to nobody', () => {
  for (const count of [0, -1, 1.5, 8193, Number.NaN]) {
    assert.throws(() => pooledRandom(count), RangeError)
  }
  assert.equal(pooledRandom(8192).byteLength, 8192)
})
