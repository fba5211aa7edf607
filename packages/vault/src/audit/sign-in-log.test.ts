import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../fault.ts'
import { MemoryStore } from '../store/memory.ts'
import { FixedClock } from '../testing/fixed-clock.ts'
import { keyedHeadSealer } from '../testing/keyed-head-sealer.ts'
import type { AuditEntry, RequestFacts } from './entry.ts'
import { SignInLog, type SignInEvent } from './sign-in-log.ts'

const FAILED = new Fault('SignInFailed', { reason: 'SecretWrong' })

function opened() {
  const store = new MemoryStore(keyedHeadSealer())
  const clock = new FixedClock()
  const log = new SignInLog(store, clock)
  const entries = async () =>
    (await store.entries(0, 20_000)).map(({ entry }) => JSON.parse(entry) as AuditEntry)
  return { store, clock, log, entries }
}

function from(clientAddress: string): RequestFacts {
  return {
    correlationId: 'c',
    clientAddress,
    clientInfo: '',
    requestUri: '',
    apiVersion: '',
    successStatus: 200,
    statusOf: () => 401,
  }
}

const event: SignInEvent = { tenant: 't', scope: '/', id: 'applications', startedAt: 0 }

test('of one address only so many failures are stored one by one, the rest as a count', async () => {
  const { log, entries, clock } = opened()
  for (let count = 0; count < 500; count++) await log.failed(event, from('192.0.2.1'), FAILED)
  await log.failed(event, from('192.0.2.2'), FAILED)
  assert.equal((await entries()).length, 21)
  await log.flush()
  const summary = (await entries()).at(-1)
  assert.equal(summary?.callerIpAddress, '192.0.2.1')
  assert.match(summary?.resultDescription ?? '', /^480 failed sign-ins/)
  await log.flush()
  assert.equal((await entries()).length, 22)
  clock.advance(5)
  await log.failed(event, from('192.0.2.1'), FAILED)
  assert.equal((await entries()).length, 23)
})

test('an IPv6 network counts as one address', async () => {
  const { log, entries } = opened()
  for (let count = 0; count < 50; count++)
    await log.failed(event, from(`2001:db8::${count.toString(16)}`), FAILED)
  assert.equal((await entries()).length, 20)
})

test('a sign-in that succeeds is always stored', async () => {
  const { log, entries } = opened()
  for (let count = 0; count < 50; count++) await log.succeeded(event, from('192.0.2.1'))
  assert.equal((await entries()).length, 50)
})

test('counts of forgotten addresses are not lost', async () => {
  const { log, entries } = opened()
  for (let count = 0; count < 10_050; count++) log.suppress(`10.0.${count >> 8}.${count & 255}`)
  await log.flush()
  const counted = (await entries()).map(({ resultDescription }) =>
    Number(resultDescription.split(' ')[0]),
  )
  assert.equal(
    counted.reduce((sum, count) => sum + count, 0),
    10_050,
  )
})

test('counts outlive a store that fails', async () => {
  const { log, store, entries } = opened()
  log.suppress('192.0.2.1')
  const commit = store.commit.bind(store)
  store.commit = async () => {
    throw new Fault('StoreUnavailable', { reason: 'full' })
  }
  await assert.rejects(log.flush(), { code: 'AuditUnavailable' })
  store.commit = commit
  await log.flush()
  assert.match((await entries()).at(-1)?.resultDescription ?? '', /^1 failed/)
})

test('what a bug threw is not told', async () => {
  const { log, entries } = opened()
  await log.failed(event, from('192.0.2.1'), new Error('canary'))
  assert.equal((await entries()).at(-1)?.resultDescription, 'InternalServerError')
})
