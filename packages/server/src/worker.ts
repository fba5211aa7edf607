// What a worker does: it serves HTTPS and asks the primary for whatever has to be done in one
// place. Composed here, from doors that know nothing of processes.
import type { Config } from './config.ts'
import type { DoorForHost } from './door.ts'
import { healthDoor, isHealthPath } from './doors/health.ts'
import { type Listener, openListener } from './listener.ts'
import type { Log } from './log.ts'
import type { WorkerMetrics } from './metrics.ts'
import { listenProblem } from './process/listen-problem.ts'
import type { Addresses, ChannelToPrimary } from './process/messages.ts'

/** What the process gives a worker. */
export interface WorkerContext {
  readonly channel: ChannelToPrimary
  readonly log: Log
  readonly metrics: WorkerMetrics
  /** From 1 on; a replacement has the number of the worker it replaces. */
  readonly number: number
}

/** A worker that listens. */
export interface Worker {
  readonly addresses: Addresses
  /** Finishes requests in flight for `graceMs`, then lets go of everything. */
  close(graceMs: number): Promise<void>
}

/** @throws StartError with a sentence for the operator. */
export async function startWorker(config: Config, context: WorkerContext): Promise<Worker> {
  const { channel, log, metrics } = context
  const health = healthDoor(() => ({ ready: true, reasons: [] }))
  const doorForHost: DoorForHost = (_host, _port, path) => (isHealthPath(path) ? health : undefined)
  const shared = { limits: config, log, doorForHost, answered: metrics.answered }
  const tls = await channel.request('tls/key-pair', undefined)
  const main = await listenOn(config.host, config.port, 'CLAVIGER_PORT', (at) =>
    openListener({ ...shared, at, tls }),
  )
  channel.onNotice('tls/key-pair', (pair) => main.setKeyPair(pair))
  const identity = await listenOn(
    '127.0.0.1',
    config.identityPort,
    'CLAVIGER_IDENTITY_PORT',
    (at) => openListener({ ...shared, at }),
  )
  metrics.inFlight(() => main.inFlight + identity.inFlight)
  return {
    addresses: { port: main.port, identityPort: identity.port },
    async close(graceMs) {
      await Promise.all([main.close(graceMs), identity.close(graceMs)])
    },
  }
}

async function listenOn(
  host: string,
  port: number,
  variable: string,
  open: (at: { readonly host: string; readonly port: number }) => Promise<Listener>,
): Promise<Listener> {
  try {
    return await open({ host, port })
  } catch (thrown) {
    throw listenProblem(thrown, `${host.includes(':') ? `[${host}]` : host}:${port}`, variable)
  }
}
