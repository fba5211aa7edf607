import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { HeldKeys, type HeldKey } from './held-keys.ts'

class TestKey implements HeldKey {
  left = 0
  leave(): void {
    this.left++
  }
}

const never = (): Promise<TestKey> => assert.fail('it is held already')

describe('held keys', () => {
  it('are loaded once, however many ask at the same moment', async () => {
    const keys = new HeldKeys<TestKey>(10)
    let loads = 0
    const load = async (): Promise<TestKey> => {
      loads++
      await new Promise(setImmediate)
      return new TestKey()
    }
    const used = await Promise.all(Array.from({ length: 50 }, () => keys.use('a', load, (key) => key)))
    assert.equal(loads, 1)
    assert.equal(new Set(used).size, 1)
  })

  it('leave when nobody has used them for a while', async () => {
    // The clock of the cache, which looks at it at most once in a millisecond.
    let now = performance.now()
    const clock = mock.method(performance, 'now', () => now)
    try {
      const keys = new HeldKeys<TestKey>(2, 50)
      const [idle, fresh] = [new TestKey(), new TestKey()]
      await keys.use('a', async () => idle, () => undefined)
      now += 51
      await new Promise((resolve) => setTimeout(resolve, 5))
      assert.equal(await keys.use('a', async () => fresh, (key) => key), fresh)
      assert.deepEqual([idle.left, fresh.left], [1, 0])
    } finally {
      clock.mock.restore()
    }
  })

  it('are at most so many; the one used longest ago leaves, once', async () => {
    const keys = new HeldKeys<TestKey>(2)
    const made = { a: new TestKey(), b: new TestKey(), c: new TestKey() }
    await keys.use('a', async () => made.a, () => undefined)
    await keys.use('b', async () => made.b, () => undefined)
    await keys.use('a', never, () => undefined)
    await keys.use('c', async () => made.c, () => undefined)
    assert.deepEqual([made.a.left, made.b.left, made.c.left], [0, 1, 0])
    keys.forget('a')
    keys.clear()
    assert.deepEqual([made.a.left, made.b.left, made.c.left], [1, 1, 1])
  })

  it('are never used after they have left, however small the room', async () => {
    const keys = new HeldKeys<TestKey>(1)
    const use = (id: string): Promise<number> =>
      keys.use(
        id,
        async () => new TestKey(),
        (key) => key.left,
      )
    const ids = Array.from({ length: 200 }, (_, index) => `key ${index % 7}`)
    assert.deepEqual(new Set(await Promise.all(ids.map(use))), new Set([0]))
  })

  it('are asked for again after a load that failed', async () => {
    const keys = new HeldKeys<TestKey>(1)
    const failing = keys.use('a', async () => assert.fail('on purpose'), () => undefined)
    await assert.rejects(failing, /on purpose/)
    assert.equal(await keys.use('a', async () => new TestKey(), () => 'used'), 'used')
  })
})
