// The seam between the process and what it does: `process/worker-process.ts` knows messages and exit
// codes, `composition/compose-worker.ts` the parts of the server.
import { composeWorker } from './composition/compose-worker.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { WorkerMetrics } from './metrics.ts'
import type { Addresses, ChannelToPrimary } from './process/messages.ts'

/** What the process gives a worker. */
export interface WorkerContext {
  readonly channel: ChannelToPrimary
  readonly log: Log
  readonly metrics: WorkerMetrics
  /** From 1 on; a replacement has the number of the worker it replaces. */
  readonly number: number
  /** The file of the primary's `ChangeCounter`, where it was inherited. */
  readonly counterFd: number | undefined
}

/** A worker that listens. */
export interface Worker {
  readonly addresses: Addresses
  /** Finishes requests in flight for `graceMs`, then lets go of everything. */
  close(graceMs: number): Promise<void>
}

/** @throws StartError with a sentence for the operator. */
export async function startWorker(config: Config, context: WorkerContext): Promise<Worker> {
  return await composeWorker(config, context)
}
