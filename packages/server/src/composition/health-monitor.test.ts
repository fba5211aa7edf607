import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { Fault } from '@claviger/vault'
import type { Readiness } from '../doors/health.ts'
import { HealthMonitor } from './health-monitor.ts'

test('each change of health is logged once, with its reason', async () => {
  mock.timers.enable({ apis: ['setTimeout'] })
  const lines: string[] = []
  const states: Readiness[] = []
  let problem: string | undefined
  const log = {
    error: (message: string, fields: object = {}) => void lines.push(message + JSON.stringify(fields)),
    info: (message: string) => void lines.push(message),
  }
  const beat = async (): Promise<void> => {
    if (problem !== undefined) throw new Fault('StoreUnavailable', { reason: problem })
  }
  const monitor = new HealthMonitor(beat, (state) => states.push(state), log)
  const beats = async (count: number): Promise<void> => {
    const wanted = states.length + count
    while (states.length < wanted) {
      await new Promise(setImmediate)
      mock.timers.tick(400)
    }
  }
  try {
    monitor.start()
    await beats(3)
    problem = 'database or disk is full'
    await beats(4)
    assert.equal(states.at(-1)?.ready, false)
    problem = undefined
    await beats(4)
    assert.equal(states.at(-1)?.ready, true)
    const reason = 'The store and the audit cannot be written: database or disk is full.'
    assert.deepEqual(lines, [
      `The store or the audit does not work.${JSON.stringify({ reason })}`,
      'The store and the audit work again.',
    ])
  } finally {
    monitor.stop()
    mock.timers.reset()
  }
})
