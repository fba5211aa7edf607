import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryVault } from '@claviger/vault/testing'
import type { LogFields } from '../log.ts'
import { clockAfter } from './clock-after.ts'

const HOUR = 3_600_000

/** What a server would see that starts `laterMs` after the last entry of an audit. */
async function startedAfter(laterMs: number) {
  const { store, clock } = await memoryVault()
  const lastEntry = clock.now()
  const warnings: LogFields[] = []
  const log = { warn: (_message: string, fields: LogFields = {}) => void warnings.push(fields) }
  const wall = lastEntry + laterMs
  const started = await clockAfter(store, log, () => wall)
  return { now: started.now(), wall, lastEntry, warnings }
}

test('time goes on from the last entry of the audit when the clock was set back by an hour', async () => {
  const { now, wall, lastEntry, warnings } = await startedAfter(-HOUR)
  assert.equal(now, lastEntry)
  const [warning] = warnings
  assert.deepEqual(warning, {
    machine: new Date(wall).toISOString(),
    lastEntry: new Date(lastEntry).toISOString(),
  })
})

test('a clock that was not set back is believed without a word', async () => {
  const { now, wall, warnings } = await startedAfter(HOUR)
  assert.equal(now, wall)
  assert.deepEqual(warnings, [])
})

test('a clock that was set back by more than a day is believed, with a warning', async () => {
  const { now, wall, warnings } = await startedAfter(-25 * HOUR)
  assert.equal(now, wall)
  assert.equal(warnings.length, 1)
})

test('an audit without entries, or with one that is none, says nothing about the time', async () => {
  const warn = (): never => assert.fail('a warning')
  const wall = (): number => 5
  for (const [count, entry] of [[0, ''], [1, ''], [1, '{"time":"'], [1, '[]']] as const) {
    const auditLog = {
      head: async () => ({ ...(await (await memoryVault()).store.head()), count }),
      entries: async () => [{ sequence: 1, entry, hash: new Uint8Array() }],
    }
    assert.equal((await clockAfter(auditLog, { warn }, wall)).now(), 5)
  }
})
