import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault, type FaultCode } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { diagnosticSettingsPrefix } from './diagnostic-setting.ts'
import { openVault } from '../vault.ts'
import {
  readAuditSubscriptions,
  readDeliveryMark,
  writeDeliveryMark,
} from './audit-subscriptions.ts'
import type { SetDiagnosticSettingInput } from './set-diagnostic-setting.ts'

const toSiem = { kind: 'workspace', resourceId: '/workspaces/Siem', sink: 'siem' } as const
const toArchive = {
  kind: 'storageAccount', resourceId: '/accounts/archive', sink: 'archive',
} as const
const audit = { category: 'AuditEvent', enabled: true }

function settingOf(
  { first }: MemoryVault,
  more: Partial<SetDiagnosticSettingInput> = {},
): SetDiagnosticSettingInput {
  return {
    vault: 'default',
    resourceId: first.vault.resourceId,
    name: 'one',
    destinations: [toSiem],
    logs: [audit],
    metrics: [],
    sinks: ['siem', 'archive'],
    ...more,
  }
}

function nameOf(world: MemoryVault, name = 'one') {
  return { vault: 'default', resourceId: world.first.vault.resourceId, name }
}

async function refused(work: Promise<unknown>, code: FaultCode): Promise<void> {
  await assert.rejects(work, (thrown) => isFault(thrown, code))
}

const settingsOf = (world: MemoryVault): number =>
  [...world.contents.bodies.keys()].filter((key) =>
    key.startsWith(diagnosticSettingsPrefix(world.first.tenant.id)),
  ).length

describe('a diagnostic setting', () => {
  it('is made, found in any case, replaced, listed and deleted', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const made = await vault.diagnostics.set(administrator, settingOf(world, { name: 'To SIEM' }))
    assert.deepEqual(await vault.diagnostics.get(administrator, nameOf(world, 'to siem')), made)
    const metrics = [{ category: 'AllMetrics', enabled: true }]
    const input = settingOf(world, { name: 'TO SIEM', metrics })
    const again = await vault.diagnostics.set(administrator, input)
    assert.deepEqual(again, { ...made, metrics })
    assert.deepEqual(await vault.diagnostics.list(administrator, nameOf(world)), [again])
    const gone = await vault.diagnostics.delete(administrator, nameOf(world, 'To Siem'))
    assert.deepEqual(gone, { existed: true })
    const twice = await vault.diagnostics.delete(administrator, nameOf(world, 'To Siem'))
    assert.deepEqual(twice, { existed: false })
    const missing = vault.diagnostics.get(administrator, nameOf(world, 'To Siem'))
    await refused(missing, 'DiagnosticSettingNotFound')
  })

  it('is of a vault that is where the path says', async () => {
    const world = await memoryVault()
    const resourceId = world.first.vault.resourceId.replace('/resourceGroups/', '/resourceGroups/x')
    const work = world.vault.diagnostics.list(world.administrator, { vault: 'default', resourceId })
    await refused(work, 'VaultNotFound')
  })

  it('needs a name, a destination that there is and a category that is enabled', async () => {
    const world = await memoryVault()
    for (const [more, reason] of [
      [{ name: '' }, /1 to 60 characters/],
      [{ name: 'a/b' }, /1 to 60 characters/],
      [{ name: ' a' }, /no space at an end/],
      [{ name: 'n'.repeat(61) }, /1 to 60 characters/],
      [{ name: '\ud800' }, /1 to 60 characters/],
      [{ destinations: [] }, /must name a destination/],
      [{ destinations: [{ ...toSiem, sink: 'other' }] }, /are siem, archive/],
      [{ sinks: [] }, /CLAVIGER_AUDIT_SINKS/],
      [{ destinations: [{ ...toSiem, resourceId: 'i'.repeat(1025) }] }, /1024 characters/],
      [{ logs: [] }, /must be enabled/],
      [{ logs: [{ ...audit, enabled: false }] }, /must be enabled/],
      [{ logs: [{ category: 'Requests', enabled: true }] }, /'Requests' is not supported/],
      [{ logs: [{ categoryGroup: 'some', enabled: true }] }, /'some' is not supported/],
      [{ logs: [{ enabled: true }] }, /must name a category/],
      [{ logs: [audit, { ...audit, category: 'auditevent' }] }, /stand there once/],
      [{ logs: [audit, { categoryGroup: 'audit', enabled: true }] }, /not both/],
      [{ logs: Array.from({ length: 21 }, () => audit) }, /at most 20 logs/],
      [{ logs: [{ ...audit, retention: { enabled: true, days: 366 } }] }, /from 0 to 365/],
      [{ metrics: [{ category: 'Latency', enabled: true }] }, /'Latency' is not supported/],
      [{ eventHubName: 'e'.repeat(257) }, /at most 256/],
    ] as const) {
      const work = world.vault.diagnostics.set(world.administrator, settingOf(world, more))
      await assert.rejects(work, (thrown) => {
        assert.ok(isFault(thrown, 'InvalidInput'))
        assert.match(thrown.detail.reason, reason)
        return true
      })
    }
    assert.equal(settingsOf(world), 0)
  })

  it('is one of five at most, and none sends what another sends to the same sink', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await vault.diagnostics.set(administrator, settingOf(world))
    const logs = [{ categoryGroup: 'allLogs', enabled: true }]
    const second = settingOf(world, { name: 'two', logs })
    await refused(vault.diagnostics.set(administrator, second), 'DiagnosticSinkTaken')
    const metrics = [{ category: 'AllMetrics', enabled: true }]
    await vault.diagnostics.set(administrator, settingOf(world, { name: 'two', logs: [], metrics }))
    const again = [{ category: 'allmetrics', enabled: true }]
    const third = settingOf(world, { name: 'three', logs: [], metrics: again })
    await refused(vault.diagnostics.set(administrator, third), 'DiagnosticSinkTaken')
    const sinks = ['3', '4', '5', '6']
    const input = (sink: string) =>
      settingOf(world, { name: sink, sinks, destinations: [{ ...toSiem, sink }] })
    for (const sink of sinks.slice(0, 3)) await vault.diagnostics.set(administrator, input(sink))
    await refused(vault.diagnostics.set(administrator, input('6')), 'InvalidInput')
    // One that is there can still be changed.
    await vault.diagnostics.set(administrator, input('5'))
  })

  it('never gets to a sink that another process gives away at the same time', async () => {
    const world = await memoryVault()
    const { vault, administrator, store, seal, clock, provider } = world
    const ofOtherProcess = openVault({ store, seal, clock, provider })
    for (let round = 0; round < 10; round++) {
      const sinks = [`s${round}`]
      const destinations = [{ ...toSiem, sink: `s${round}` }]
      const settled = await Promise.allSettled(
        [vault, ofOtherProcess].map((one, index) => {
          const input = settingOf(world, { name: `n${index}`, sinks, destinations })
          return one.diagnostics.set(administrator, input)
        }),
      )
      const refusals = settled.filter((one) => one.status === 'rejected')
      assert.equal(refusals.length, 1)
      assert.ok(isFault(refusals[0]?.reason, 'DiagnosticSinkTaken'))
      for (const name of ['n0', 'n1']) {
        await vault.diagnostics.delete(administrator, nameOf(world, name))
      }
    }
  })

  it('goes with the purge of its vault, and not before', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await vault.diagnostics.set(administrator, settingOf(world))
    await vault.vaults.delete(administrator, { vault: 'default' })
    assert.equal(settingsOf(world), 1)
    await refused(vault.diagnostics.get(administrator, nameOf(world)), 'VaultNotFound')
    assert.deepEqual(await vault.vaults.purge(administrator, { vault: 'default' }), { done: true })
    assert.equal(settingsOf(world), 0)
  })
})

describe('what settings ask the delivery for', () => {
  it('is the audit of a vault from then on, and a change keeps what was asked for before', async () => {
    const world = await memoryVault()
    const { vault, administrator, clock, first } = world
    const began = Math.floor(clock.now() / 1000)
    await vault.diagnostics.set(administrator, settingOf(world))
    clock.advance(60)
    const destinations = [toSiem, toArchive]
    await vault.diagnostics.set(administrator, settingOf(world, { destinations }))
    const resourceId = first.vault.resourceId.toUpperCase()
    assert.deepEqual(await readAuditSubscriptions(world), [
      { sink: 'siem', resourceId, since: began },
      { sink: 'archive', resourceId, since: began + 60 },
    ])
  })

  it('begins anew after it was switched off', async () => {
    const world = await memoryVault()
    const { vault, administrator, clock } = world
    await vault.diagnostics.set(administrator, settingOf(world))
    const others = [{ category: 'AzurePolicyEvaluationDetails', enabled: true }]
    await vault.diagnostics.set(administrator, settingOf(world, { logs: others }))
    assert.deepEqual(await readAuditSubscriptions(world), [])
    clock.advance(60)
    await vault.diagnostics.set(administrator, settingOf(world))
    const [found] = await readAuditSubscriptions(world)
    assert.equal(found?.since, Math.floor(clock.now() / 1000))
  })

  it('is the same for a category and the groups that it is in', async () => {
    for (const categoryGroup of ['audit', 'AllLogs']) {
      const world = await memoryVault()
      const logs = [{ categoryGroup, enabled: true }]
      await world.vault.diagnostics.set(world.administrator, settingOf(world, { logs }))
      assert.equal((await readAuditSubscriptions(world)).length, 1)
    }
  })
})

it('how far a sink has got is remembered and leaves no audit entry', async () => {
  const world = await memoryVault()
  const { count } = await world.store.head()
  assert.equal(await readDeliveryMark(world, 'siem'), 0)
  await writeDeliveryMark(world, 'siem', 7)
  await writeDeliveryMark(world, 'siem', 9)
  assert.equal(await readDeliveryMark(world, 'siem'), 9)
  assert.equal(await readDeliveryMark(world, 'archive'), 0)
  assert.equal((await world.store.head()).count, count)
})
