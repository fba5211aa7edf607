import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Fault, readDeliveryMark, type Store } from '@claviger/vault'
import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import {
  deliveryUnderTest,
  fakeSink,
  requests,
  setSetting,
  until,
  worldWith,
} from './delivery-under-test.ts'

/** The texts of the audit entries of the vault `default`, as they were hashed. */
async function entriesOf({ store, first }: MemoryVault, after = 0): Promise<readonly string[]> {
  const resourceId = first.vault.resourceId.toUpperCase()
  return (await store.entries(after, 100_000))
    .map(({ entry }) => entry)
    .filter((entry) => JSON.parse(entry).resourceId.startsWith(resourceId))
}

const sequenceOf = async ({ store }: MemoryVault): Promise<number> => (await store.head()).count

describe('a sink', () => {
  it('gets what happens in its vault from the setting on, byte for byte and in order', async () => {
    const world = await memoryVault()
    const { vault, administrator, stranger, clock } = world
    await requests(world, 3)
    clock.advance(1)
    const before = await sequenceOf(world)
    await setSetting(world, 'siem')
    await vault.vaults.create(administrator, { name: 'another' })
    await vault.secrets.list(administrator, { vault: 'another' })
    await assert.rejects(vault.secrets.list(stranger, { vault: 'default' }))
    const sink = fakeSink('siem')
    const { delivery, delivered, lag } = deliveryUnderTest(world, [sink])
    await until(() => sink.entries.length === 2)
    await requests(world, 450)
    delivery.wake()
    await until(() => sink.entries.length === 452)
    await delivery.stop()
    assert.deepEqual(sink.entries, await entriesOf(world, before))
    assert.equal(JSON.parse(sink.entries[0] ?? '').operationName, 'DiagnosticSettingSet')
    assert.equal(JSON.parse(sink.entries[1] ?? '').properties.httpStatusCode, 403)
    assert.deepEqual([delivered.get('siem'), lag.get('siem')], [452, 0])
  })

  it('gets nothing without a setting, and what it gets leaves no entry', async () => {
    const world = await worldWith('siem')
    const [siem, archive] = [fakeSink('siem'), fakeSink('archive')]
    const { delivery } = deliveryUnderTest(world, [siem, archive])
    await requests(world, 5)
    delivery.wake()
    await until(() => siem.entries.length === 6)
    const count = await sequenceOf(world)
    delivery.wake()
    await delivery.stop()
    assert.equal(await sequenceOf(world), count)
    assert.equal(await readDeliveryMark(world, 'siem'), count)
    assert.deepEqual([archive.attempts, siem.entries.length], [0, 6])
  })

  it('gets nothing more once its setting is deleted, and begins anew with another', async () => {
    const world = await worldWith('siem')
    const { vault, administrator, first, clock } = world
    const sink = fakeSink('siem')
    const { delivery } = deliveryUnderTest(world, [sink])
    await until(() => sink.entries.length === 1)
    const { name, resourceId } = first.vault
    await vault.diagnostics.delete(administrator, { vault: name, resourceId, name: 'siem' })
    await requests(world, 3)
    delivery.wake()
    clock.advance(1)
    const before = await sequenceOf(world)
    await setSetting(world, 'siem')
    await requests(world, 2)
    delivery.wake()
    await until(() => sink.entries.length >= 4)
    await delivery.stop()
    assert.deepEqual(sink.entries.slice(1), await entriesOf(world, before))
  })

  it('misses nothing of a setting that is made while it reads', async () => {
    const world = await worldWith('siem')
    const { vault, store, administrator } = world
    const another = await vault.vaults.create(administrator, { name: 'another' })
    const sink = fakeSink('siem')
    let reads = 0
    const log = {
      head: () => store.head(),
      async entries(after: number, limit: number) {
        // The lane has looked for settings before, when it began.
        if (limit > 1 && reads++ === 0) {
          world.clock.advance(1)
          await setSetting(world, 'siem', another)
          await vault.secrets.list(administrator, { vault: 'another' })
        }
        return await store.entries(after, limit)
      },
    }
    const { delivery } = deliveryUnderTest(world, [sink], undefined, log)
    await until(() => sink.entries.length > 0)
    await delivery.stop()
    const names = sink.entries.map((entry) => JSON.parse(entry).operationName)
    assert.deepEqual(names, ['DiagnosticSettingSet', 'DiagnosticSettingSet', 'SecretList'])
  })

  it('that is not configured is told of in the log', async () => {
    const world = await worldWith('gone')
    const { delivery, logged } = deliveryUnderTest(world, [fakeSink('siem')])
    await until(() => logged.length > 0)
    await delivery.stop()
    const message = 'Diagnostic settings name an audit sink that is not configured.'
    assert.deepEqual(logged, [{ message, fields: { sink: 'gone' } }])
  })
})

describe('a sink that is down', () => {
  it('is tried again later and later, loses nothing and holds no other up', async () => {
    const world = await worldWith('siem', 'archive')
    const [siem, archive] = [fakeSink('siem'), fakeSink('archive')]
    siem.isUp = false
    const { delivery, logged, waits, failures } = deliveryUnderTest(world, [siem, archive])
    await requests(world, 300)
    delivery.wake()
    await until(() => siem.attempts >= 10 && archive.entries.length === 302)
    assert.deepEqual(siem.entries, [])
    siem.isUp = true
    await until(() => siem.entries.length === 302)
    await delivery.stop()
    const all = await entriesOf(world)
    assert.deepEqual(siem.entries, all.slice(-302))
    assert.deepEqual(siem.entries, archive.entries)
    const delays = waits.filter((wait) => wait >= 1000)
    assert.deepEqual(delays.slice(0, 8), [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
    assert.equal(failures.get('siem'), delays.length)
    assert.deepEqual(logged.map(({ message, fields }) => [message, fields['sink']]), [
      ['Audit entries cannot be brought to a sink; they wait, and it is tried again.', 'siem'],
      ['An audit sink takes entries again.', 'siem'],
    ])
  })

  it('gets all of it after a new start', async () => {
    const world = await worldWith('siem')
    const sink = fakeSink('siem')
    sink.isUp = false
    const first = deliveryUnderTest(world, [sink])
    await requests(world, 20)
    first.delivery.wake()
    await until(() => sink.attempts > 2)
    await first.delivery.stop()
    world.clock.advance(86_400)
    await requests(world, 20)
    sink.isUp = true
    const second = deliveryUnderTest(world, [sink])
    await until(() => sink.entries.length === 41)
    await second.delivery.stop()
    assert.deepEqual(sink.entries, (await entriesOf(world)).slice(-41))
  })

  it('misses what is pruned meanwhile, which the log says once', async () => {
    const world = await worldWith('siem')
    const sink = fakeSink('siem')
    sink.isUp = false
    const { delivery, logged } = deliveryUnderTest(world, [sink])
    await requests(world, 10)
    delivery.wake()
    await until(() => sink.attempts > 0)
    const through = await sequenceOf(world)
    await world.vault.audit.prune(world.administrator, { through })
    await requests(world, 5)
    sink.isUp = true
    delivery.wake()
    await until(() => sink.entries.length === 5)
    await delivery.stop()
    assert.deepEqual(sink.entries, await entriesOf(world, through))
    const pruned = logged.filter(({ message }) => message.includes('pruned'))
    assert.deepEqual(pruned.map(({ fields }) => fields['through']), [through])
  })
})

it('a sink that is slow delays no request, and no other sink', async () => {
  const world = await worldWith('siem', 'archive')
  const [siem, archive] = [fakeSink('siem'), fakeSink('archive')]
  const gate = Promise.withResolvers<void>()
  siem.gate = gate.promise
  const { delivery } = deliveryUnderTest(world, [siem, archive])
  await until(() => siem.attempts === 1)
  await requests(world, 30)
  delivery.wake()
  await until(() => archive.entries.length === 32)
  assert.deepEqual([siem.attempts, siem.entries.length], [1, 0])
  gate.resolve()
  await until(() => siem.entries.length === 32)
  await delivery.stop()
  assert.deepEqual(siem.entries, archive.entries)
})

it('what a sink had before the server was killed it gets again, and nothing is missing', async () => {
  const world = await worldWith('siem')
  await requests(world, 9)
  const sink = fakeSink('siem')
  const dying: Store = {
    read: (keys) => world.store.read(keys),
    list: (prefix, page) => world.store.list(prefix, page),
    commit: async () => {
      throw new Fault('StoreUnavailable', { reason: 'the server was killed' })
    },
  }
  const first = deliveryUnderTest(world, [sink], { store: dying, seal: world.seal })
  await until(() => first.failures.get('siem') === 3)
  await first.delivery.stop()
  // While it lived it has not sent them twice.
  assert.equal(sink.entries.length, 10)
  await requests(world, 3)
  const second = deliveryUnderTest(world, [sink])
  await until(() => sink.entries.length === 23)
  await second.delivery.stop()
  const all = (await entriesOf(world)).slice(-13)
  assert.deepEqual(sink.entries, [...all.slice(0, 10), ...all])
})

it('a stop does not wait for a sink that hangs', async () => {
  const world = await worldWith('siem')
  const sink = fakeSink('siem')
  sink.gate = new Promise(() => {})
  const { delivery, logged } = deliveryUnderTest(world, [sink])
  await until(() => sink.attempts === 1)
  await delivery.stop()
  assert.deepEqual([sink.entries, logged], [[], []])
})
