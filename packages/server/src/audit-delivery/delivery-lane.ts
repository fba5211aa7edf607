import { setImmediate } from 'node:timers/promises'
import type { AuditLog, AuditSubscription } from '@claviger/vault'
import { faultFields } from '../fault-fields.ts'
import type { Log } from '../log.ts'
import type { DeliveryMetrics } from '../metrics.ts'
import type { AuditSink } from './audit-sink.ts'
import { sequenceBefore } from './start-sequence.ts'
import { wantedEntries } from './wanted-entries.ts'

/** Entries that are read at a time: the primary has others to serve in between. */
const PAGE = 200
/** After so many entries that are not for the sink it is remembered that they were looked at. */
const MARK_ENTRIES = 10_000
/** What happens within this time goes in one batch. */
const GATHER_MS = 250
const FIRST_DELAY_MS = 1000
const LONGEST_DELAY_MS = 60_000

/** What a lane reads from, remembers in and tells. */
export interface LanePorts {
  readonly auditLog: Pick<AuditLog, 'entries' | 'head'>
  /** Those of all sinks as of now. */
  readonly subscriptions: () => Promise<readonly AuditSubscription[]>
  /** Sequence number of the last entry that the sink has, or need not have. */
  readonly readMark: (sink: string) => Promise<number>
  readonly writeMark: (sink: string, sequence: number) => Promise<void>
  readonly metrics: DeliveryMetrics
  readonly log: Pick<Log, 'info' | 'warn'>
  /** Rejects when it is given up. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<unknown>
}

/**
 * Brings the audit to one sink: at least once, in its order, a batch at a time. Where it has got to
 * is remembered after the sink has a batch, so that whatever ends between the two repeats it. A
 * sink that fails holds up itself alone.
 */
export class DeliveryLane {
  readonly #sink: AuditSink
  readonly #ports: LanePorts
  /** Unknown as long as nobody wants anything. */
  #position: number | undefined
  /** What is remembered durably of it. */
  #marked = 0
  #isMarkDue = false
  #failures = 0
  #isWoken = false
  #wakeUp: () => void = () => {}

  constructor(sink: AuditSink, ports: LanePorts) {
    this.#sink = sink
    this.#ports = ports
  }

  /** There may be new entries. */
  wake(): void {
    this.#isWoken = true
    this.#wakeUp()
  }

  /** Delivers until it is given up. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wakeUp())
    while (!signal.aborted) {
      try {
        this.#isWoken = false
        const more = await this.#step(signal)
        this.#recover()
        if (more) await setImmediate()
        else await this.#rest(signal)
      } catch (thrown) {
        if (signal.aborted) return
        await this.#fail(thrown, signal)
      }
    }
  }

  /** Delivers one page; tells whether there may be more at once. */
  async #step(signal: AbortSignal): Promise<boolean> {
    const { auditLog, metrics } = this.#ports
    const { name } = this.#sink
    const position = this.#position ?? (await this.#start())
    if (position === undefined) return false
    const head = await auditLog.head()
    const begin = this.#pastPruned(position, head.first - 1)
    const page = await auditLog.entries(begin, PAGE)
    // Read behind the page: whatever was asked for before its entries were written is among it.
    const subscriptions = await this.#subscriptions()
    if (subscriptions.length === 0) {
      this.#position = undefined
      metrics.lag(name, 0)
      return false
    }
    metrics.lag(name, Math.max(0, head.count - begin))
    const { entries, through } = wantedEntries(page, subscriptions, begin)
    if (entries.length > 0) {
      await this.#sink.deliver(entries, signal)
      metrics.delivered(name, entries.length)
      this.#isMarkDue = true
    }
    this.#position = through
    if (this.#isMarkDue || through - this.#marked >= MARK_ENTRIES) await this.#mark(through)
    metrics.lag(name, Math.max(0, head.count - through))
    return page.length === PAGE || through < (page.at(-1)?.sequence ?? through)
  }

  async #start(): Promise<number | undefined> {
    const { auditLog, readMark } = this.#ports
    const subscriptions = await this.#subscriptions()
    if (subscriptions.length === 0) return undefined
    const since = Math.min(...subscriptions.map((one) => one.since)) * 1000
    this.#marked = await readMark(this.#sink.name)
    this.#position = Math.max(this.#marked, await sequenceBefore(auditLog, since))
    return this.#position
  }

  #pastPruned(position: number, pruned: number): number {
    if (position >= pruned) return position
    this.#ports.log.warn('Audit entries were pruned before a sink had them; they are left out.', {
      sink: this.#sink.name,
      after: position,
      through: pruned,
    })
    this.#position = pruned
    return pruned
  }

  async #subscriptions(): Promise<readonly AuditSubscription[]> {
    const { name } = this.#sink
    return (await this.#ports.subscriptions()).filter(({ sink }) => sink === name)
  }

  async #mark(sequence: number): Promise<void> {
    await this.#ports.writeMark(this.#sink.name, sequence)
    this.#marked = sequence
    this.#isMarkDue = false
  }

  async #rest(signal: AbortSignal): Promise<void> {
    if (!this.#isWoken && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wakeUp = resolve
      })
    }
    await this.#ports.wait(GATHER_MS, signal)
  }

  #recover(): void {
    if (this.#failures === 0) return
    const fields = { sink: this.#sink.name, failures: this.#failures }
    this.#ports.log.info('An audit sink takes entries again.', fields)
    this.#failures = 0
  }

  /** Whatever it was, the same is tried again later. */
  async #fail(thrown: unknown, signal: AbortSignal): Promise<void> {
    const { metrics, log, wait } = this.#ports
    const { name } = this.#sink
    metrics.failed(name)
    this.#failures++
    if (this.#failures === 1) {
      log.warn('Audit entries cannot be brought to a sink; they wait, and it is tried again.', {
        sink: name,
        ...faultFields(thrown),
      })
    }
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.#failures - 1))
    await wait(delay, signal).catch(() => undefined)
  }
}
