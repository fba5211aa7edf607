import { setImmediate } from 'node:timers/promises'
import type { AuditLog, Ports, VaultRecord } from '@claviger/vault'
import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import type { LogFields } from '../log.ts'
import { AuditDelivery } from './audit-delivery.ts'
import type { AuditSink } from './audit-sink.ts'

/** A sink that keeps what it gets, as long as `isUp`. */
export interface FakeSink extends AuditSink {
  isUp: boolean
  /** Batches wait for it. */
  gate: Promise<void>
  readonly entries: string[]
  /** Also counts those that failed. */
  attempts: number
}

export function fakeSink(name: string): FakeSink {
  const sink: FakeSink = {
    name,
    isUp: true,
    gate: Promise.resolve(),
    entries: [],
    attempts: 0,
    async deliver(entries, signal) {
      sink.attempts++
      await Promise.race([sink.gate, aborted(signal)])
      signal.throwIfAborted()
      if (!sink.isUp) throw new TypeError('the sink is down')
      sink.entries.push(...entries)
    },
  }
  return sink
}

export interface DeliveryUnderTest {
  readonly delivery: AuditDelivery
  readonly logged: { readonly message: string; readonly fields: LogFields }[]
  /** How long it would have waited. */
  readonly waits: number[]
  readonly failures: Map<string, number>
  readonly delivered: Map<string, number>
  readonly lag: Map<string, number>
}

/** A delivery from a vault in memory that has begun; its waits pass at once. */
export function deliveryUnderTest(
  { store, seal }: MemoryVault,
  sinks: readonly AuditSink[],
  ports: Pick<Ports, 'store' | 'seal'> = { store, seal },
  auditLog: Pick<AuditLog, 'entries' | 'head'> = store,
): DeliveryUnderTest {
  const logged: DeliveryUnderTest['logged'] = []
  const note = (message: string, fields: LogFields = {}): void => {
    logged.push({ message, fields })
  }
  const waits: number[] = []
  const [failures, delivered, lag] = [new Map(), new Map(), new Map()]
  const add = (map: Map<string, number>, key: string, count: number): void =>
    void map.set(key, (map.get(key) ?? 0) + count)
  const delivery = new AuditDelivery({
    sinks,
    ports,
    auditLog,
    log: { info: note, warn: note },
    metrics: {
      delivered: (sink, count) => add(delivered, sink, count),
      failed: (sink) => add(failures, sink, 1),
      lag: (sink, count) => void lag.set(sink, count),
    },
    async wait(milliseconds, signal) {
      waits.push(milliseconds)
      await setImmediate(undefined, { signal })
    },
  })
  delivery.start()
  return { delivery, logged, waits, failures, delivered, lag }
}

/** Far more than any of these tests takes; nothing here waits for anything but other turns. */
const MAXIMUM_TURNS = 1_000_000

/** Waits until it is so. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; !condition(); turn++) {
    if (turn === MAXIMUM_TURNS) throw new Error('it never came about')
    await setImmediate()
  }
}

/** A vault in memory whose `default` has settings that name these sinks. */
export async function worldWith(...sinks: readonly string[]): Promise<MemoryVault> {
  const world = await memoryVault()
  for (const sink of sinks) await setSetting(world, sink)
  return world
}

export async function setSetting(
  { vault, administrator, first }: MemoryVault,
  sink: string,
  { name, resourceId }: Pick<VaultRecord, 'name' | 'resourceId'> = first.vault,
): Promise<void> {
  await vault.diagnostics.set(administrator, {
    vault: name,
    resourceId,
    name: sink,
    destinations: [{ kind: 'workspace', resourceId: `/workspaces/${sink}`, sink }],
    logs: [{ category: 'AuditEvent', enabled: true }],
    metrics: [],
    sinks: [sink],
  })
}

/** Requests to the vault `default`, each of which leaves an entry. */
export async function requests({ vault, identity }: MemoryVault, count: number): Promise<void> {
  for (let done = 0; done < count; done++) await vault.secrets.list(identity, { vault: 'default' })
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve())
  })
}
