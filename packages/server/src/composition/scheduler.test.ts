import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DueOrder } from '@claviger/vault'
import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import { openLog } from '../log.ts'
import { Scheduler } from './scheduler.ts'
import { wakingVault } from './waking-vault.ts'

const MINUTE_MILLISECONDS = 60_000

interface SchedulerUnderTest {
  readonly memory: MemoryVault
  readonly scheduler: Scheduler
  readonly orders: DueOrder[]
  /** Runs that have come to their end. */
  readonly runs: () => number
  /** Done with the next run that is at its end. */
  nextRun(): Promise<void>
}

async function schedulerUnderTest(): Promise<SchedulerUnderTest> {
  const memory = await memoryVault()
  const orders: DueOrder[] = []
  let runs = 0
  let ended = Promise.withResolvers<void>()
  const { store, seal, clock, provider } = memory
  const scheduler = new Scheduler({
    ports: { store, seal, clock, provider },
    vault: memory.vault,
    onOrder: (order) => orders.push(order),
    alsoDo: async () => {
      runs++
      ended.resolve()
      ended = Promise.withResolvers()
    },
    log: openLog('silent'),
  })
  return { memory, scheduler, orders, runs: () => runs, nextRun: () => ended.promise }
}

async function createOrder({ memory }: SchedulerUnderTest, wake: () => void): Promise<void> {
  const vault = wakingVault(memory.vault, wake)
  const issuer = { vault: 'default', name: 'le' }
  const directory = 'https://acme.example/dir'
  const call = memory.administrator
  await vault.certificates.setIssuer(call, { issuer, provider: 'ACME', organisationId: directory })
  await vault.certificates.create(call, {
    certificate: { vault: 'default', name: 'web' },
    policy: { subject: 'CN=web.example.com', keyType: 'EC', issuer: { name: 'le' } },
  })
}

describe('the scheduler', () => {
  test('hands out an order soon after it was created', async (context) => {
    const world = await schedulerUnderTest()
    const { scheduler, orders } = world
    context.after(() => scheduler.stop())
    const first = world.nextRun()
    scheduler.start()
    await first
    assert.equal(orders.length, 0)
    const next = world.nextRun()
    // During a run, at its end, and many times.
    await createOrder(world, () => {
      for (let times = 0; times < 100; times++) scheduler.wake()
    })
    await next
    assert.deepEqual(orders.map(({ certificate }) => certificate.name), ['web'])
  })

  test('runs once more when it was woken during a run', async (context) => {
    const world = await schedulerUnderTest()
    const { scheduler } = world
    context.after(() => scheduler.stop())
    const first = world.nextRun()
    scheduler.start()
    scheduler.wake()
    await first
    await world.nextRun()
    assert.equal(world.runs(), 2)
  })

  test('runs each minute once it is started, not before and not once it is stopped', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] })
    const world = await schedulerUnderTest()
    const { scheduler } = world
    const later = async (): Promise<void> => {
      context.mock.timers.tick(10 * MINUTE_MILLISECONDS)
      await new Promise((resolve) => setImmediate(resolve))
    }
    scheduler.wake()
    await later()
    assert.equal(world.runs(), 0)
    const first = world.nextRun()
    scheduler.start()
    await first
    const second = world.nextRun()
    // The first is at its end when the next one is planned.
    await new Promise((resolve) => setImmediate(resolve))
    context.mock.timers.tick(MINUTE_MILLISECONDS)
    await second
    assert.equal(world.runs(), 2)
    await scheduler.stop()
    await later()
    scheduler.wake()
    await later()
    scheduler.start()
    await later()
    assert.equal(world.runs(), 2)
  })

  test('is not woken for a certificate that nobody else has to issue', async () => {
    const world = await schedulerUnderTest()
    let woken = 0
    const vault = wakingVault(world.memory.vault, () => woken++)
    for (const issuer of ['Self', 'Unknown']) {
      await vault.certificates.create(world.memory.administrator, {
        certificate: { vault: 'default', name: `by-${issuer}` },
        policy: { subject: 'CN=a', keyType: 'EC', issuer: { name: issuer } },
      })
    }
    assert.equal(woken, 0)
  })
})
