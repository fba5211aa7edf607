import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Poller, type PollOperationState, resumedName } from './poller.ts'

type State = PollOperationState<string>
const started: State = { isStarted: true, isCompleted: false, isCancelled: false }

function pollerOf(looks: number, intervalInMs = 1): Poller<string> {
  let left = looks
  return new Poller<string>({
    state: started,
    intervalInMs,
    resumable: { name: 'thing' },
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
      resumable: {},
      look: async () => started,
    })
    await assert.rejects(fixed.cancelOperation(), TypeError)
  })

  it('keeps the error of a look in its state', async () => {
    const error = new Error('not there')
    const poller = new Poller<string>({
      state: started,
      resumable: {},
      look: () => Promise.reject(error),
    })
    await assert.rejects(poller.pollUntilDone(), error)
    assert.equal(poller.getOperationState().error, error)
  })

  it('is followed further by its text', () => {
    assert.equal(resumedName(pollerOf(1).toString()), 'thing')
    assert.throws(() => resumedName('{}'), TypeError)
    assert.throws(() => resumedName('null'), TypeError)
  })
})
