// Each worker counts by itself; the primary adds the workers' counts to its own when it is asked.
// Labels come from closed lists, so that no client can make a series, and no name or value is in
// any of them.
import {
  AggregatorRegistry,
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client'
import type { Exchanged } from './listener.ts'
import type { ChannelToWorker } from './process/messages.ts'

/** The counts of one process, as they travel. */
export type MetricsSnapshot = readonly MetricObjectWithValues<MetricValue<string>>[]

/** What a worker counts. */
export interface WorkerMetrics {
  /** Counts an answer; give it to `openListener`. */
  readonly answered: (exchanged: Exchanged) => void
  /**
   * Counts a request without token that was answered with the challenge, which no audit entry has.
   */
  challenged(): void
  /** Counts a request that was refused because its caller was denied too often before. */
  throttled(): void
  /** Sets where the number of requests in flight is read. */
  inFlight(read: () => number): void
  collect(): Promise<MetricsSnapshot>
}

/** What is counted of the delivery of the audit to each sink that is configured. */
export interface DeliveryMetrics {
  delivered(sink: string, entries: number): void
  /** Counts one attempt that failed. */
  failed(sink: string): void
  /** Sets how many entries of the audit were not looked at for the sink yet. */
  lag(sink: string, entries: number): void
}

/** What the primary counts, and the whole. */
export interface PrimaryMetrics {
  readonly delivery: DeliveryMetrics
  /** Sets whether commits can be made (`store`) and audit entries kept (`audit`). */
  healthy(part: 'store' | 'audit', isHealthy: boolean): void
  /** Counts one group commit and how many changes it held. */
  committed(changes: number, seconds: number): void
  /**
   * All processes in the Prometheus text format; a worker that does not answer in time is left out.
   */
  readonly text: () => Promise<string>
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const requestSeconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]
const commitSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1]
const groupSizes = [1, 2, 4, 8, 16, 32, 64, 128, 256]
const workerPatienceMs = 1000

/** Opens the counts of a worker. */
export function openWorkerMetrics(): WorkerMetrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'claviger_http_requests_total',
    help: 'Answers by door, method and class of status.',
    labelNames: ['door', 'method', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'claviger_http_request_seconds',
    help: 'Time from the head of a request to its answer.',
    labelNames: ['door', 'method'],
    buckets: requestSeconds,
    registers,
  })
  const challenges = new Counter({
    name: 'claviger_http_challenges_total',
    help: 'Requests without token, answered 401 with the challenge.',
    registers,
  })
  const throttled = new Counter({
    name: 'claviger_http_throttled_total',
    help: 'Requests refused 429 because their caller was denied too often.',
    registers,
  })
  let readInFlight = (): number => 0
  const inFlight = new Gauge({
    name: 'claviger_http_requests_in_flight',
    help: 'Requests that are being answered.',
    registers: [],
    collect() {
      this.set(readInFlight())
    },
  })
  registry.registerMetric(inFlight)
  return {
    answered({ door, method: asked, status, seconds }) {
      const method = methods.has(asked) ? asked : 'OTHER'
      requests.inc({ door, method, status: `${Math.floor(status / 100)}xx` })
      durations.observe({ door, method }, seconds)
    },
    challenged: () => challenges.inc(),
    throttled: () => throttled.inc(),
    inFlight(read) {
      readInFlight = read
    },
    collect: () => registry.getMetricsAsJSON(),
  }
}

/** Opens the counts of the primary. @param channels gives the workers that run now. */
export function openPrimaryMetrics(channels: () => readonly ChannelToWorker[]): PrimaryMetrics {
  const registry = new Registry()
  const registers = [registry]
  const health = new Gauge({
    name: 'claviger_healthy',
    help: '1 when the part works, 0 when it does not.',
    labelNames: ['part'],
    registers,
  })
  const groups = new Histogram({
    name: 'claviger_commit_changes',
    help: 'Changes that one group commit held.',
    buckets: groupSizes,
    registers,
  })
  const durations = new Histogram({
    name: 'claviger_commit_seconds',
    help: 'Time of one group commit until it is durable.',
    buckets: commitSeconds,
    registers,
  })
  const deliveries = deliveryMetrics(registers)
  const workers = new Gauge({
    name: 'claviger_workers',
    help: 'Worker processes that run.',
    registers: [],
    collect() {
      this.set(channels().length)
    },
  })
  registry.registerMetric(workers)
  return {
    delivery: deliveries,
    healthy: (part, isHealthy) => health.set({ part }, isHealthy ? 1 : 0),
    committed(changes, seconds) {
      groups.observe(changes)
      durations.observe(seconds)
    },
    async text() {
      const snapshots = await Promise.all(channels().map(snapshotOf))
      const own = await registry.getMetricsAsJSON()
      return await AggregatorRegistry.aggregate([own, ...snapshots]).metrics()
    },
  }
}

function deliveryMetrics(registers: Registry[]): DeliveryMetrics {
  const labelNames = ['sink'] as const
  const delivered = new Counter({
    name: 'claviger_audit_sink_delivered_total',
    help: 'Audit entries that a sink has taken.',
    labelNames,
    registers,
  })
  const failed = new Counter({
    name: 'claviger_audit_sink_failures_total',
    help: 'Attempts to bring audit entries to a sink that failed.',
    labelNames,
    registers,
  })
  const lag = new Gauge({
    name: 'claviger_audit_sink_lag_entries',
    help: 'Audit entries, of whichever vault, that were not looked at for a sink yet.',
    labelNames,
    registers,
  })
  return {
    delivered: (sink, entries) => delivered.inc({ sink }, entries),
    failed: (sink) => failed.inc({ sink }),
    lag: (sink, entries) => lag.set({ sink }, entries),
  }
}

async function snapshotOf(channel: ChannelToWorker): Promise<object[]> {
  const late = Promise.withResolvers<MetricsSnapshot>()
  const timer = setTimeout(() => late.resolve([]), workerPatienceMs)
  try {
    return [...(await Promise.race([channel.request('metrics/collect', undefined), late.promise]))]
  } catch {
    return []
  } finally {
    clearTimeout(timer)
  }
}
