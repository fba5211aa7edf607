import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemCall } from './directory/authenticate-system.ts'
import { isFault } from './fault.ts'
import { runDue } from './scheduler.ts'
import { Secret } from './seal/secret.ts'
import { damageRecord } from './testing/damage-record.ts'
import { memoryVault } from './testing/memory-vault.ts'

const DAY = 86_400

describe('a damaged record of a scheduled task', () => {
  it('is reported by name and holds no other up', async () => {
    const world = await memoryVault()
    const { vault, administrator, contents } = world
    for (const name of ['one', 'two', 'three']) {
      const secret = { vault: 'default', name }
      await vault.secrets.set(administrator, { secret, value: Secret.fromText('x') })
      await vault.secrets.delete(administrator, { secret })
    }
    // The first, the last or one between, as names have it: all stand at the same time.
    const record = damageRecord(contents, '/purgesecret/three')
    world.clock.advance(90 * DAY)
    const told: unknown[] = []
    const { done, failed } = await runDue(
      world,
      vault,
      (tenant) => systemCall('test', tenant),
      (task, thrown) => told.push(task, isFault(thrown, 'RecordCorrupt') && thrown.detail.record),
    )
    assert.deepEqual({ done, failed }, { done: 2, failed: 1 })
    assert.deepEqual(told, ['readDue', record])
  })
})
