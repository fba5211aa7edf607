import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallQueue } from './call-queue.ts'

describe('a queue of calls', () => {
  it('runs no more than its limit at once, all of them in order', async () => {
    const queue = new CallQueue(3)
    const started: number[] = []
    let running = 0
    let most = 0
    const tasks = Array.from({ length: 20 }, (_, index) =>
      queue.run(async () => {
        started.push(index)
        running++
        most = Math.max(most, running)
        await new Promise(setImmediate)
        running--
        return index
      }),
    )
    const order = Array.from({ length: 20 }, (_, index) => index)
    assert.deepEqual(await Promise.all(tasks), order)
    assert.deepEqual(started, order)
    assert.equal(most, 3)
    assert.ok(queue.isIdle)
  })

  it('refuses more than may wait, and takes them again later', async () => {
    const queue = new CallQueue(1, 2)
    const release = Promise.withResolvers<void>()
    const taken = [1, 2, 3].map(() => queue.run(() => release.promise))
    await assert.rejects(queue.run(async () => {}), { code: 'TooManyRequests' })
    release.resolve()
    await Promise.all(taken)
    await queue.run(async () => {})
  })

  it('goes on after a task that fails', async () => {
    const queue = new CallQueue(1)
    const failing = queue.run(async () => assert.fail('on purpose'))
    const next = queue.run(async () => 'next')
    await assert.rejects(failing, /on purpose/)
    assert.equal(await next, 'next')
    assert.ok(queue.isIdle)
  })
})
