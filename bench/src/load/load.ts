import type { BenchMachine } from '../machine/bench-machine.ts'
import type { Place } from '../machine/pinned.ts'
import type { RowRequest } from '../rows/row.ts'
import { loadByHelper } from './helper-load.ts'
import { loadByWrk } from './wrk-load.ts'

/** Requests to send, over connections that stay open, each of them busy all the time. */
export interface LoadPlan {
  /** On 127.0.0.1, over TLS. */
  readonly port: number
  readonly request: RowRequest
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  readonly seconds: number
  readonly place: Place
}

/** What came of it. */
export interface LoadResult {
  readonly requests: number
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** What a load generator counts besides. */
export interface LoadCounts extends LoadResult {
  /** Connections that could not be opened. */
  readonly refused: number
  /** Answers that did not come. */
  readonly lost: number
  /** Answers with another status than the expected one, as far as the generator can tell. */
  readonly wrong: number
}

/**
 * Loads a server, with wrk where there is one.
 * @param folder for the files of the load generator; they hold the token.
 * @throws Error when an answer was lost or wrong: what was measured would not be the row.
 */
export async function load(
  machine: BenchMachine,
  plan: LoadPlan,
  folder: string,
): Promise<LoadResult> {
  const counts = machine.wrk === undefined
    ? await loadByHelper(machine, plan, folder)
    : await loadByWrk(machine, machine.wrk, plan, folder)
  const { refused, lost, wrong, ...result } = counts
  if (refused + lost + wrong === 0 && result.requests > 0) return result
  const { method, paths } = plan.request
  throw new Error(
    `Of ${result.requests} answers to ${method} ${paths[0]} ` +
      `${wrong} had another status than ${plan.request.status}; ` +
      `${lost} never came, and ${refused} connections were refused.`,
  )
}
