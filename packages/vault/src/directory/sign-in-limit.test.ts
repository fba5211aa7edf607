import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault, isFault, type FaultCode } from '../fault.ts'
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

const WRONG = new Fault('SignInFailed', { reason: 'SecretWrong' })

/** Ends some turns of the event loop later, as one that reads does. */
async function slowly<Result>(result: () => Result): Promise<Result> {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate)
  return result()
}

function countOf(outcomes: readonly PromiseSettledResult<unknown>[], code: FaultCode): number {
  return outcomes.filter((one) => one.status === 'rejected' && isFault(one.reason, code)).length
}

test('any number that would not fail may be under way', async () => {
  const limit = new SignInLimit(new FixedClock())
  const all = Array.from({ length: 300 }, (_, index) =>
    limit.guard('192.0.2.1', 'one', () => slowly(() => index)),
  )
  assert.deepEqual(await Promise.all(all), [...all.keys()])
})

test('of many wrong guesses at a time no more are made than one after the other', async () => {
  const limit = new SignInLimit(new FixedClock())
  let made = 0
  const guess = (): Promise<never> => {
    made++
    return slowly(() => {
      throw WRONG
    })
  }
  const all = Array.from({ length: 300 }, (_, index) =>
    limit.guard(`192.0.2.${index % 250}`, 'one', guess),
  )
  const outcomes = await Promise.allSettled(all)
  assert.equal(made, 30)
  assert.equal(countOf(outcomes, 'SignInFailed'), 30)
  assert.equal(countOf(outcomes, 'TooManyRequests'), 270)
  await assert.rejects(limit.guard('198.51.100.1', 'one', guess), { code: 'TooManyRequests' })
  assert.equal(made, 30)
})

test('of guesses in many names at a time an address makes no more either', async () => {
  const limit = new SignInLimit(new FixedClock())
  let made = 0
  const all = Array.from({ length: 300 }, (_, index) =>
    limit.guard('192.0.2.1', `name ${index % 7}`, () => {
      made++
      return slowly(() => {
        throw WRONG
      })
    }),
  )
  assert.equal(countOf(await Promise.allSettled(all), 'TooManyRequests'), 240)
  assert.equal(made, 60)
})

test('right ones among wrong ones all have their turn while any may still fail', async () => {
  const limit = new SignInLimit(new FixedClock())
  const all = Array.from({ length: 300 }, (_, index) =>
    limit.guard(`192.0.2.${index % 250}`, 'one', () =>
      slowly(() => {
        if (index % 12 === 0) throw WRONG
        return index
      }),
    ),
  )
  const outcomes = await Promise.allSettled(all)
  assert.equal(countOf(outcomes, 'SignInFailed'), 25)
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 275)
})

test('no more than a thousand wait for those under way, and they are let in later', async () => {
  const limit = new SignInLimit(new FixedClock())
  const held = Promise.withResolvers<string>()
  const all = Array.from({ length: 1030 }, () =>
    limit.guard('192.0.2.1', 'one', () => held.promise),
  )
  await assert.rejects(
    limit.guard('192.0.2.1', 'one', () => held.promise),
    (thrown) => isFault(thrown, 'TooManyRequests') && thrown.detail.retryAfterSeconds <= 2,
  )
  held.resolve('in')
  assert.deepEqual(new Set(await Promise.all(all)), new Set(['in']))
  assert.equal(await limit.guard('192.0.2.1', 'one', async () => 'in'), 'in')
})
