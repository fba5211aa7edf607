import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { within } from './within.ts'

const never = new Promise<string>(() => {})

describe('a wait for the work of another call', () => {
  it('gives what it gives, and throws what it throws', async () => {
    for (const call of [{}, { timeoutMs: 60_000 }]) {
      assert.equal(await within(call, 'far.example', Promise.resolve('done')), 'done')
      const failed = Promise.reject(new Error('of the work'))
      await assert.rejects(within(call, 'far.example', failed), /of the work/)
    }
  })

  it('is as long as its own limit says', async () => {
    await assert.rejects(within({ timeoutMs: 5 }, 'far.example', never), {
      name: 'TimeoutError',
      message: 'far.example did not answer within 5 ms.',
    })
  })

  it('ends by its own signal', async () => {
    const reason = new Error('enough')
    const abortSignal = AbortSignal.abort(reason)
    for (const call of [{ abortSignal }, { abortSignal, timeoutMs: 60_000 }]) {
      await assert.rejects(within(call, 'far.example', never), reason)
    }
  })
})
