import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../fault.ts'
import { FixedClock } from '../testing/fixed-clock.ts'
import { SignInLimit } from './sign-in-limit.ts'

test('sign-ins that fail through no fault of the client do not count', async () => {
  const limit = new SignInLimit(new FixedClock())
  const down = new Fault('StoreUnavailable', { reason: 'the store failed' })
  for (let count = 0; count < 100; count++) {
    await assert.rejects(
      limit.guard('192.0.2.1', 'one', () => Promise.reject(down)),
      { code: 'StoreUnavailable' },
    )
  }
  assert.equal(await limit.guard('192.0.2.1', 'one', async () => 'in'), 'in')
})

test('of a client id that is none only the beginning is remembered', async () => {
  const limit = new SignInLimit(new FixedClock())
  const wrong = new Fault('SignInFailed', { reason: 'UnknownApplication' })
  const guarded = (count: number): Promise<unknown> =>
    limit.guard(`192.0.2.${count}`, `${'x'.repeat(60_000)}${count}`, () => Promise.reject(wrong))
  for (let count = 0; count < 30; count++) {
    await assert.rejects(guarded(count), { code: 'SignInFailed' })
  }
  await assert.rejects(guarded(30), { code: 'TooManyRequests' })
})
