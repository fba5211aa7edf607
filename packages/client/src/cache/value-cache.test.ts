import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { ValueCache } from './value-cache.ts'

beforeEach(() => mock.timers.enable({ apis: ['Date'] }))
afterEach(() => mock.timers.reset())

/** What has to be fetched: a number that grows. */
function source(): { readonly fetch: () => Promise<number>; count: number; error?: Error } {
  const state: ReturnType<typeof source> = {
    count: 0,
    fetch: async () => {
      state.count += 1
      if (state.error !== undefined) throw state.error
      return state.count
    },
  }
  return state
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a cache', () => {
  it('fetches once until the time is over', async () => {
    const cache = new ValueCache<number>({ ttlMs: 1000 })
    const far = source()
    assert.equal(await cache.get('a', far.fetch), 1)
    mock.timers.tick(999)
    assert.equal(await cache.get('a', far.fetch), 1)
    mock.timers.tick(1)
    assert.equal(await cache.get('a', far.fetch), 2)
  })

  it('fetches once for many that ask at a time, and lets one of them go', async () => {
    const cache = new ValueCache<number>()
    const far = source()
    const reason = new Error('enough')
    const gone = cache.get('a', far.fetch, AbortSignal.abort(reason))
    const waiting = [cache.get('a', far.fetch), cache.get('a', far.fetch)]
    await assert.rejects(gone, reason)
    assert.deepEqual(await Promise.all(waiting), [1, 1])
    assert.equal(far.count, 1)
  })

  it('gives the old value while a new one is fetched, for as long as it is told', async () => {
    const cache = new ValueCache<number>({ ttlMs: 1000, staleMs: 500 })
    const far = source()
    await cache.get('a', far.fetch)
    mock.timers.tick(1200)
    assert.equal(await cache.get('a', far.fetch), 1)
    await settled()
    assert.equal(await cache.get('a', far.fetch), 2)
    assert.equal(far.count, 2)
    mock.timers.tick(1500)
    assert.equal(await cache.get('a', far.fetch), 3)
  })

  it('fetches ahead of the end when it is asked', async () => {
    const cache = new ValueCache<number>({ ttlMs: 1000, refreshAheadMs: 300 })
    const far = source()
    await cache.get('a', far.fetch)
    mock.timers.tick(699)
    await cache.get('a', far.fetch)
    assert.equal(far.count, 1)
    mock.timers.tick(1)
    assert.equal(await cache.get('a', far.fetch), 1)
    await settled()
    assert.equal(await cache.get('a', far.fetch), 2)
    assert.equal(far.count, 2)
  })

  it('keeps the old value while the service cannot be reached, and not when it is refused', async () => {
    const cache = new ValueCache<number>({ ttlMs: 1000, staleMs: 10_000 })
    const far = source()
    await cache.get('a', far.fetch)
    mock.timers.tick(1200)
    far.error = Object.assign(new Error('busy'), { statusCode: 503 })
    assert.equal(await cache.get('a', far.fetch), 1)
    await settled()
    mock.timers.tick(4999)
    assert.equal(await cache.get('a', far.fetch), 1)
    assert.equal(far.count, 2, 'it is not asked again at each read')
    await settled()
    mock.timers.tick(1)
    far.error = Object.assign(new Error('no'), { statusCode: 403 })
    assert.equal(await cache.get('a', far.fetch), 1)
    await settled()
    await assert.rejects(cache.get('a', far.fetch), far.error)
  })

  it('fetches anew when the clock was set back', async () => {
    const cache = new ValueCache<number>({ ttlMs: 1000 })
    mock.timers.setTime(86_400_000)
    const far = source()
    await cache.get('a', far.fetch)
    mock.timers.setTime(1)
    assert.equal(await cache.get('a', far.fetch), 2)
    assert.equal(await cache.get('a', far.fetch), 2)
  })

  it('keeps no errors', async () => {
    const cache = new ValueCache<number>()
    const far = source()
    far.error = new Error('not now')
    await assert.rejects(cache.get('a', far.fetch), far.error)
    delete far.error
    assert.equal(await cache.get('a', far.fetch), 2)
  })

  it('lets go of what was used least', async () => {
    const cache = new ValueCache<number>({ maxEntries: 2 })
    const far = source()
    await cache.get('a', far.fetch)
    await cache.get('b', far.fetch)
    await cache.get('a', far.fetch)
    await cache.get('c', far.fetch)
    assert.equal(await cache.get('a', far.fetch), 1)
    assert.equal(await cache.get('b', far.fetch), 4)
  })

  it('forgets what is cleared, also what is just being fetched', async () => {
    const cache = new ValueCache<number>()
    const far = source()
    const before = cache.get('a', far.fetch)
    cache.clear()
    const after = cache.get('a', far.fetch)
    assert.deepEqual(await Promise.all([before, after]), [1, 2])
    assert.equal(await cache.get('a', far.fetch), 2)
    cache.clear((key) => key === 'b')
    assert.equal(await cache.get('a', far.fetch), 2)
    cache.clear((key) => key === 'a')
    assert.equal(await cache.get('a', far.fetch), 3)
  })

  it('refuses times that are none', () => {
    assert.throws(() => new ValueCache({ ttlMs: -1 }), RangeError)
    assert.throws(() => new ValueCache({ maxEntries: Number.NaN }), RangeError)
    assert.throws(() => new ValueCache({ ttlMs: 1, refreshAheadMs: 2 }), RangeError)
  })
})
