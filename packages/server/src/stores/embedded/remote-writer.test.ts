import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { isFault, prefixOf, recordKeyOf } from '@claviger/vault'
import { changeOf } from '@claviger/vault/testing'
import { RemoteWriter } from './remote-writer.ts'
import {
  embeddedFixture, openIn, tamper, temporaryFolder, type EmbeddedFixture,
} from './testing/embedded-fixture.ts'
import { portPair, type PortPair } from './testing/port-pair.ts'
import { serveWriter } from './writer-channel.ts'

async function withChannel(
  body: (remote: RemoteWriter, pair: PortPair, embedded: EmbeddedFixture) => Promise<void>,
): Promise<void> {
  const embedded = await embeddedFixture()
  const pair = portPair()
  serveWriter(pair.primary, embedded.writer)
  try {
    await body(new RemoteWriter(pair.worker), pair, embedded)
  } finally {
    await embedded.close()
  }
}

const key = (n: number): ReturnType<typeof recordKeyOf> => recordKeyOf('t', `n${n}`)

test('the changes of one turn travel in one message, and so do their outcomes', () =>
  withChannel(async (remote, { sent }, { store }) => {
    await Promise.all(Array.from({ length: 50 }, (_, n) =>
      remote.commit(changeOf({ put: [[key(n), 'absent', 'x']] }))))
    assert.deepEqual(sent.map(({ by }) => by), ['worker', 'primary'])
    assert.equal((await store.list(prefixOf('t'), { limit: 99 })).length, 50)
  }))

test('audit entries of one turn travel as one change, in the order they were given', () =>
  withChannel(async (remote, { sent }, { audit }) => {
    const wanted = Array.from({ length: 300 }, (_, n) => JSON.stringify({ n }))
    await Promise.all([
      ...wanted.map((entry) => remote.commit(changeOf({ audit: [entry] }))),
      remote.commit(changeOf({ put: [[key(1), 'absent', 'x']] })),
    ])
    assert.deepEqual(sent.map(({ by }) => by), ['worker', 'primary'])
    assert.deepEqual((await audit.entries(0, 400)).map(({ entry }) => entry), wanted)
    await remote.commit(changeOf({ audit: ['{}'] }))
    assert.equal((await audit.head()).count, 301)
  }))

test('audit entries that claim something travel together too, and are refused one by one', () =>
  withChannel(async (remote, { sent }, { audit }) => {
    const claimOf = (n: number): string => Buffer.alloc(16, n).toString('base64url')
    const claims = [1, 2, 1, undefined, 3]
    const outcomes = await Promise.allSettled(claims.map((claim, n) => remote.commit({
      ...changeOf({ audit: [`{"n":${n}}`] }),
      ...(claim === undefined ? {} : { claims: [claimOf(claim)] }),
    })))
    const refused = outcomes.map((outcome) =>
      outcome.status === 'rejected' && isFault(outcome.reason, 'RequestReplayed'))
    assert.deepEqual(refused, [false, false, true, false, false])
    assert.deepEqual(sent.map(({ by }) => by), ['worker', 'primary'])
    const entries = (await audit.entries(0, 9)).map(({ entry }) => entry).toSorted()
    assert.deepEqual(entries, ['{"n":0}', '{"n":1}', '{"n":3}', '{"n":4}'])
  }))

test('an audit entry that cannot be kept is refused, and so is the next', () =>
  withChannel(async (remote, pair, { writer }) => {
    await writer.close()
    const refused = { code: 'StoreUnavailable', detail: { reason: 'the store is closed' } }
    const both = [1, 2].map(() => remote.commit(changeOf({ audit: ['{}'] })))
    for (const commit of both) await assert.rejects(commit, refused)
    await assert.rejects(remote.commit(changeOf({ audit: ['{}'] })), refused)
    pair.cut()
    const gone = { code: 'StoreUnavailable', detail: { reason: 'the writer is gone' } }
    for (let time = 0; time < 3; time += 1) {
      await assert.rejects(remote.commit(changeOf({ audit: ['{}'] })), gone)
    }
  }))

test('each change gets its own outcome', () => withChannel(async (remote) => {
  await remote.commit(changeOf({ put: [[key(0), 'absent', 'x']] }))
  const outcomes = await Promise.allSettled([
    remote.commit(changeOf({ put: [[key(1), 'absent', 'x']] })),
    remote.commit(changeOf({ put: [[key(0), 'absent', 'x']] })),
    remote.heartbeat(),
    remote.commit(changeOf({ delete: [[key(0), 1]], audit: ['{}', '{}'] })),
  ])
  const [made, conflict, beat, deleted] = outcomes
  assert.deepEqual([made?.status, beat?.status, deleted?.status], Array(3).fill('fulfilled'))
  assert.ok(conflict?.status === 'rejected' && isFault(conflict.reason, 'Conflict'))
}))

test('a worker hears what is damaged', async () => {
  const folder = temporaryFolder()
  try {
    const before = openIn(folder.path)
    await before.store.commit(changeOf({ audit: ['{}', '{}'] }))
    await before.close()
    tamper(folder.path, 'DELETE FROM audit WHERE sequence = 1')
    const damaged = openIn(folder.path, { remote: true })
    const detail = { record: 'audit entry 1', reason: 'it is missing' }
    await assert.rejects(damaged.audit.prune(1), { code: 'RecordCorrupt', detail })
    await damaged.close()
  } finally {
    folder.remove()
  }
})

test('when the writer cannot write, a worker hears why', () =>
  withChannel(async (remote, _, { writer }) => {
    await writer.close()
    const detail = { reason: 'the store is closed' }
    await assert.rejects(remote.commit(changeOf({})), { code: 'StoreUnavailable', detail })
    await assert.rejects(remote.heartbeat(), { code: 'StoreUnavailable', detail })
  }))

test('when the channel closes, nothing is left hanging', () => withChannel(async (remote, pair) => {
  const sent = remote.commit(changeOf({ put: [[key(1), 'absent', 'x']] }))
  await new Promise(setImmediate)
  const gathered = remote.commit(changeOf({ put: [[key(2), 'absent', 'x']] }))
  pair.cut()
  const later = remote.commit(changeOf({ put: [[key(3), 'absent', 'x']] }))
  const gone = { code: 'StoreUnavailable', detail: { reason: 'the writer is gone' } }
  for (const commit of [sent, gathered, later]) await assert.rejects(commit, gone)
}))

test('a writer that does not answer is given up, and what it says later is let alone', async () => {
  mock.timers.enable({ apis: ['setInterval'] })
  try {
    const { worker, primary, sent } = portPair()
    const asked = Promise.withResolvers<void>()
    primary.onMessage(() => asked.resolve())
    const remote = new RemoteWriter(worker)
    const commit = remote.commit(changeOf({ put: [[key(1), 'absent', 'x']] }))
    const refused = assert.rejects(commit, {
      code: 'StoreUnavailable', detail: { reason: 'the writer does not answer' },
    })
    await asked.promise
    mock.timers.tick(16_000)
    await refused
    primary.send({ store: 'outcomes', done: [1], conflicts: [], replays: [], failures: [] })
    const later = remote.heartbeat()
    await new Promise(setImmediate)
    primary.send({ store: 'outcomes', done: [2], conflicts: [], replays: [], failures: [] })
    await later
    assert.ok(sent.length >= 3)
  } finally {
    mock.timers.reset()
  }
})

test('more commits than can wait are refused, and those that wait still land', () =>
  withChannel(async (remote, _, { store }) => {
    const commits = Array.from({ length: 10_003 }, (_unused, n) =>
      remote.commit(changeOf({ put: [[key(n), 'absent', 'x']] })))
    const outcomes = await Promise.allSettled(commits)
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    assert.equal(refused.length, 3)
    assert.ok(refused.every(({ reason }) => isFault(reason, 'StoreUnavailable')))
    await remote.commit(changeOf({ put: [[key(10_003), 'absent', 'x']] }))
    assert.equal((await store.list(prefixOf('t'), { limit: 20_000 })).length, 10_001)
  }))

test('a change that contradicts itself never leaves the worker', () =>
  withChannel(async (remote, { sent }) => {
    const [put] = changeOf({ put: [[key(1), 'absent', 'x']] }).puts
    assert.ok(put !== undefined)
    const change = { checks: [], puts: [put], deletes: [], audit: [] }
    await assert.rejects(remote.commit(change), TypeError)
    assert.deepEqual(sent, [])
  }))

test('messages of others on the channel are let alone', () => withChannel(async (remote, pair) => {
  for (const message of [null, 7, 'store', {}, { store: 'else' }, ['store']]) {
    pair.worker.send(message)
    pair.primary.send(message)
  }
  await remote.heartbeat()
}))

test('an outcome nobody waits for is let alone', () => withChannel(async (remote, pair) => {
  pair.primary.send({ store: 'outcomes', done: [99], conflicts: [98], replays: [97], failures: [] })
  await remote.heartbeat()
}))
