// The seam between the process and what it does: `process/primary-process.ts` knows signals, workers and
// exit codes, `composition/compose-primary.ts` the parts of the server.
import { composePrimary } from './composition/compose-primary.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { PrimaryMetrics } from './metrics.ts'
import type { Addresses } from './process/messages.ts'
import type { ChangeCounter } from './stores/embedded/change-counter.ts'
import type { WorkerPool } from './process/worker-pool.ts'

/** What the process gives the primary; the workers are not started yet. */
export interface PrimaryContext {
  readonly log: Log
  readonly metrics: PrimaryMetrics
  /** Set handlers with `onWorker`; it also reaches replacements. */
  readonly workers: WorkerPool
  /** Shared with the workers; absent where the system has no such file. */
  readonly counter: ChangeCounter | undefined
  /** Another primary of this supervisor has served before: the store is no new one. */
  readonly isAgain: boolean
  /** Ends this process soon, whatever it does; the supervisor starts the whole again. */
  readonly startAgain: () => void
}

/** The primary once it can serve its workers. */
export interface Primary {
  /** The port of `/metrics` in use, `undefined` when it is off. */
  readonly metricsPort: number | undefined
  /** Called once, when all workers listen; ports of `config` may be 0, these never are. */
  ready(addresses: Addresses): Promise<void>
  /** Called before the workers end: gives up what needs them, such as orders with challenges. */
  drain(): void
  /** Called once, after the last worker has ended. */
  close(): Promise<void>
}

/** @throws StartError with a sentence for the operator. */
export async function startPrimary(config: Config, context: PrimaryContext): Promise<Primary> {
  return await composePrimary(config, context)
}
