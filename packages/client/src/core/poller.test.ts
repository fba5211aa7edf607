import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OperationOptions } from './pipeline.ts'
import { Poller, type PollOperationState, resumedName } from './poller.ts'

type State = PollOperationState<string>
const resumable = { operation: 'delete thing', vaultUrl: 'https://v', name: 'thing' }
const started: State = { isStarted: true, isCompleted: false, isCancelled: false }

function pollerOf(looks: number, intervalInMs = 1): Poller<string> {
  let left = looks
  return new Poller<string>({
    state: started,
    intervalInMs,
    resumable,
    look: async () => {
      left -= 1
      return left > 0 ? started : { ...started, isCompleted: true, result: 'done' }
    },
    cancel: async () => ({ ...started, isCancelled: true }),
  })
}

describe('a poller', () => {
  it('looks until it is done and tells of each look', async () => {
    const poller = pollerOf(3)
    const told: boolean[] = []
    assert.equal(poller.isDone(), false)
    const onProgress = ({ isCompleted }: State): void => void told.push(isCompleted)
    assert.equal(await poller.pollUntilDone({ onProgress }), 'done')
    assert.deepEqual(told, [false, false, true])
    assert.equal(poller.isDone(), true)
    assert.equal(poller.getResult(), 'done')
    assert.equal(poller.getOperationState().result, 'done')
  })

  it('looks no more once a listener is taken back or it is done', async () => {
    const poller = pollerOf(1)
    let told = 0
    const forget = poller.onProgress(() => (told += 1))
    forget()
    await poller.poll()
    await poller.poll()
    assert.equal(told, 0)
    assert.equal(await poller.pollUntilDone(), 'done')
  })

  it('ends its waiting by an abort signal', async () => {
    const reason = new Error('enough')
    const controller = new AbortController()
    const waiting = pollerOf(2, 60_000).pollUntilDone({
      abortSignal: controller.signal,
      onProgress: () => setImmediate(() => controller.abort(reason)),
    })
    await assert.rejects(waiting, reason)
  })

  it('heeds all the time what it was begun with, unless it is told otherwise', async () => {
    const controller = new AbortController()
    const told: OperationOptions[] = []
    const begun = (): Poller<string> =>
      new Poller<string>({
        state: started,
        intervalInMs: 60_000,
        call: { abortSignal: controller.signal, timeoutMs: 7 },
        resumable,
        look: async (call) => {
          told.push(call)
          return started
        },
      })
    const waiting = begun().pollUntilDone()
    setImmediate(() => controller.abort(new Error('enough')))
    await assert.rejects(waiting, /enough/)
    assert.deepEqual(told, [{ abortSignal: controller.signal, timeoutMs: 7 }])
    const own = new AbortController()
    const otherwise = begun().pollUntilDone({ abortSignal: own.signal, timeoutMs: 8 })
    setImmediate(() => own.abort(new Error('of its own')))
    await assert.rejects(otherwise, /of its own/)
    assert.equal(told[1]?.timeoutMs, 8)
  })

  it('is stopped in the middle of a wait', async () => {
    const poller = pollerOf(2, 60_000)
    const waiting = poller.pollUntilDone()
    setImmediate(() => poller.stopPolling())
    await assert.rejects(waiting, { name: 'PollerStoppedError' })
  })

  it('is stopped for all who wait', async () => {
    const poller = pollerOf(9, 60_000)
    const waiting = [poller.pollUntilDone(), poller.pollUntilDone()]
    setImmediate(() => poller.stopPolling())
    for (const one of await Promise.allSettled(waiting)) assert.equal(one.status, 'rejected')
  })

  it('keeps the result of an operation whose end a listener could not take', async () => {
    const poller = pollerOf(1, 1)
    const forget = poller.onProgress(() => assert.fail('on purpose'))
    await assert.rejects(poller.pollUntilDone(), /on purpose/)
    forget()
    assert.equal(poller.getOperationState().error, undefined)
    await poller.pollUntilDone()
  })

  it('is stopped without being done', async () => {
    const poller = pollerOf(5)
    poller.onProgress(() => poller.stopPolling())
    await assert.rejects(poller.pollUntilDone(), { name: 'PollerStoppedError' })
    assert.equal(poller.isStopped(), true)
    assert.equal(poller.isDone(), false)
  })

  it('is cancelled where the operation can be', async () => {
    const poller = pollerOf(5)
    await poller.cancelOperation()
    assert.equal(poller.getOperationState().isCancelled, true)
    await assert.rejects(poller.pollUntilDone(), { name: 'PollerCancelledError' })
    const fixed = new Poller<string>({
      state: started,
      resumable,
      look: async () => started,
    })
    await assert.rejects(fixed.cancelOperation(), TypeError)
  })

  it('keeps the error of a look in its state', async () => {
    const error = new Error('not there')
    const poller = new Poller<string>({
      state: started,
      resumable,
      look: () => Promise.reject(error),
    })
    await assert.rejects(poller.pollUntilDone(), error)
    assert.equal(poller.getOperationState().error, error)
  })

  it('is followed further by its text', () => {
    const text = pollerOf(1).toString()
    assert.equal(resumedName(text, resumable), 'thing')
    for (const other of [
      { ...resumable, operation: 'recover thing' },
      { ...resumable, vaultUrl: 'https://w' },
    ]) {
      assert.throws(() => resumedName(text, other), TypeError)
    }
    for (const wrong of ['{}', 'null', 'nope', '{"state":{"name":"thing"}}']) {
      assert.throws(() => resumedName(wrong, resumable), TypeError)
    }
  })
})
