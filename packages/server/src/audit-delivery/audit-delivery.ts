import { setTimeout } from 'node:timers/promises'
import {
  readAuditSubscriptions,
  readDeliveryMark,
  readDiagnosticEpoch,
  writeDeliveryMark,
  type AuditLog,
  type AuditSubscription,
  type Ports,
} from '@claviger/vault'
import { faultFields } from '../fault-fields.ts'
import type { Log } from '../log.ts'
import type { DeliveryMetrics } from '../metrics.ts'
import type { AuditSink } from './audit-sink.ts'
import { DeliveryLane, type LanePorts } from './delivery-lane.ts'

export interface AuditDeliveryOptions {
  readonly sinks: readonly AuditSink[]
  readonly ports: Pick<Ports, 'store' | 'seal'>
  readonly auditLog: Pick<AuditLog, 'entries' | 'head'>
  readonly metrics: DeliveryMetrics
  readonly log: Pick<Log, 'info' | 'warn'>
  /** Tests give their own. */
  readonly wait?: LanePorts['wait']
}

const waitFor: LanePorts['wait'] = (milliseconds, signal) =>
  setTimeout(milliseconds, undefined, { signal })

/**
 * Brings the audit of vaults to the sinks that their diagnostic settings name, beside everything
 * else and after the commit: no request waits for it, and the audit in the store is the record.
 */
export class AuditDelivery {
  readonly #options: AuditDeliveryOptions
  readonly #lanes: readonly DeliveryLane[]
  readonly #end = new AbortController()
  #running: Promise<unknown> = Promise.resolve()
  #known:
    | { readonly epoch: number | 'absent'; readonly all: readonly AuditSubscription[] }
    | undefined

  constructor(options: AuditDeliveryOptions) {
    const { ports, wait = waitFor } = options
    this.#options = options
    const lanePorts: LanePorts = {
      ...options,
      wait,
      subscriptions: () => this.#subscriptions(),
      readMark: (sink) => readDeliveryMark(ports, sink),
      writeMark: (sink, sequence) => writeDeliveryMark(ports, sink, sequence),
    }
    this.#lanes = options.sinks.map((sink) => new DeliveryLane(sink, lanePorts))
  }

  start(): void {
    const runs = this.#lanes.map((lane) => lane.run(this.#end.signal))
    this.#running = Promise.all([this.#tellUnknown(), ...runs])
  }

  /** Something was committed. */
  wake(): void {
    for (const lane of this.#lanes) lane.wake()
  }

  /** Gives up what is under way; it is done again after the next start. */
  async stop(): Promise<void> {
    this.#end.abort()
    await this.#running
  }

  /** What was read at the epoch of now is as good as read now. */
  async #subscriptions(): Promise<readonly AuditSubscription[]> {
    const { ports } = this.#options
    const epoch = await readDiagnosticEpoch(ports)
    if (this.#known?.epoch === epoch) return this.#known.all
    // What has changed since the epoch was read only makes it look old once more.
    const known = { epoch, all: await readAuditSubscriptions(ports) }
    this.#known = known
    return known.all
  }

  /** A sink that is gone from the configuration gets nothing, which nobody would notice. */
  async #tellUnknown(): Promise<void> {
    const { sinks, log } = this.#options
    try {
      const wanted = new Set((await this.#subscriptions()).map(({ sink }) => sink))
      for (const sink of wanted) {
        if (sinks.some(({ name }) => name === sink)) continue
        log.warn('Diagnostic settings name an audit sink that is not configured.', { sink })
      }
    } catch (thrown) {
      log.warn('The diagnostic settings cannot be read.', faultFields(thrown))
    }
  }
}
