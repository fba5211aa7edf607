import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { Fault } from '@claviger/vault'
import { Channel, ChannelClosed, type Pipe, RemoteError } from './channel.ts'

interface Left {
  readonly notices: { readonly told: number }
  readonly requests: { readonly double: { readonly ask: number; readonly reply: number } }
}
interface Right {
  readonly notices: object
  readonly requests: { readonly store: { readonly ask: Uint8Array; readonly reply: unknown } }
}

/** Two ends of a pipe that clones as node's does. */
function pipes() {
  const frames: unknown[] = []
  const make = (): EventEmitter & Pipe & { peer?: EventEmitter } =>
    Object.assign(new EventEmitter(), {
      send(this: EventEmitter & { peer?: EventEmitter }, message: unknown) {
        const copy: unknown = structuredClone(message)
        frames.push(copy)
        setImmediate(() => this.peer?.emit('message', copy))
        return true
      },
    })
  const [a, b] = [make(), make()]
  a.peer = b
  b.peer = a
  return { a, b, frames }
}

function channels() {
  const { a, b, frames } = pipes()
  const failures: string[] = []
  const note = (kind: string): void => void failures.push(kind)
  return {
    left: new Channel<Left, Right>(a, note),
    right: new Channel<Right, Left>(b, note),
    a,
    b,
    frames,
    failures,
  }
}

test('requests get their own replies, in whatever order these come', async () => {
  const { left, right } = channels()
  right.onRequest('double', async (n) => {
    await new Promise((resolve) => setTimeout(resolve, 10 - n))
    return n * 2
  })
  const asked = [1, 2, 3, 4].map((n) => left.request('double', n))
  assert.deepEqual(await Promise.all(asked), [2, 4, 6, 8])
})

test('what is said within one turn travels as one frame', async () => {
  const { left, right, frames } = channels()
  right.onRequest('double', (n) => n * 2)
  await Promise.all([1, 2, 3].map((n) => left.request('double', n)))
  assert.equal(frames.length, 2)
})

test('notices arrive in order', async () => {
  const { left, right } = channels()
  const told: number[] = []
  right.onNotice('told', (n) => told.push(n))
  right.onRequest('double', () => 0)
  for (const n of [1, 2, 3]) left.notify('told', n)
  await left.request('double', 0)
  assert.deepEqual(told, [1, 2, 3])
})

test('a Fault arrives as the same Fault', async () => {
  const { left, right } = channels()
  right.onRequest('double', () => {
    throw new Fault('StoreUnavailable', { reason: 'the disk is full' })
  })
  await assert.rejects(left.request('double', 1), (thrown) => {
    assert.ok(thrown instanceof Fault)
    assert.equal(thrown.code, 'StoreUnavailable')
    assert.deepEqual(thrown.detail, { reason: 'the disk is full' })
    return true
  })
})

test('anything else that is thrown arrives by its name alone', async () => {
  const { left, right, failures } = channels()
  right.onRequest('double', () => {
    throw new TypeError('canary')
  })
  await assert.rejects(left.request('double', 1), (thrown) => {
    assert.ok(thrown instanceof RemoteError)
    assert.match(thrown.message, /TypeError/)
    assert.ok(!thrown.message.includes('canary'))
    return true
  })
  assert.deepEqual(failures, ['double'])
})

test('a request that nothing handles is an error, not a wait', async () => {
  const { left } = channels()
  await assert.rejects(left.request('double', 1), RemoteError)
})

test('when the other process ends, what is pending and what comes later is rejected', async () => {
  const { left, right, a } = channels()
  right.onRequest('double', () => new Promise(() => undefined))
  let closed = 0
  left.onClose(() => {
    closed += 1
  })
  const pending = left.request('double', 1)
  await new Promise((resolve) => setTimeout(resolve, 5))
  a.emit('disconnect')
  a.emit('disconnect')
  await assert.rejects(pending, ChannelClosed)
  await assert.rejects(left.request('double', 1), ChannelClosed)
  left.notify('told', 1)
  assert.equal(closed, 1)
  assert.equal(left.isClosed, true)
})

test('what cannot be cloned fails alone', async () => {
  const { left, right } = channels()
  right.onRequest('double', (n) => n * 2)
  left.onRequest('store', () => () => 'a function')
  const good = left.request('double', 1)
  const bad = right.request('store', new Uint8Array(1))
  const alsoGood = left.request('double', 2)
  await assert.rejects(bad, RemoteError)
  assert.deepEqual(await Promise.all([good, alsoGood]), [2, 4])
})

test('foreign messages are ignored', async () => {
  const { left, right, b } = channels()
  right.onRequest('double', (n) => n * 2)
  for (const foreign of [undefined, null, 'x', {}, { mark: 'claviger' }, { messages: [] }]) {
    b.emit('message', foreign)
  }
  assert.equal(await left.request('double', 4), 8)
})
