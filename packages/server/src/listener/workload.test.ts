import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Workload } from './workload.ts'

test('as many requests as the limit are at work, and one more is refused unasked', async () => {
  const workload = new Workload({ requests: 2, bodyBytes: 10 })
  const { promise, resolve } = Promise.withResolvers<string>()
  const first = workload.run(() => promise, () => 'full')
  const second = workload.run(() => promise, () => 'full')
  assert.equal(await workload.run(() => assert.fail('asked'), () => 'full'), 'full')
  resolve('done')
  assert.deepEqual(await Promise.all([first, second]), ['done', 'done'])
  assert.equal(await workload.run(async () => 'again', () => 'full'), 'again')
})

test('work that fails is no longer counted', async () => {
  const workload = new Workload({ requests: 1, bodyBytes: 10 })
  await assert.rejects(workload.run(() => Promise.reject(new Error('no')), () => 'full'), /no/)
  assert.equal(await workload.run(async () => 'again', () => 'full'), 'again')
})

test('bytes beyond the limit are not held, and released ones can be held again', () => {
  const workload = new Workload({ requests: 1, bodyBytes: 10 })
  assert.equal(workload.hold(6), true)
  assert.equal(workload.hold(5), false)
  assert.equal(workload.hold(4), true)
  workload.release(10)
  assert.equal(workload.hold(10), true)
})
