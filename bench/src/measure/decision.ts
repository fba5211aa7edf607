import { decisionUnderLoad } from '@claviger/vault/testing'
import type { BenchOptions } from '../options.ts'
import { measureCalls } from '../ceiling/measure-calls.ts'
import { progress } from '../progress.ts'

/** Role assignments of the principal that asks; the first is what the others are compared with. */
const ASSIGNMENTS = [1, 100, 10_000] as const

/** Microseconds of a decision, one figure for each round. */
export interface DecisionFigures {
  readonly assignments: number
  readonly allowed: readonly number[]
  readonly denied: readonly number[]
}

const MICROSECONDS_PER_SECOND = 1_000_000
/** Of `--seconds`, as for every part that is measured in process. */
const PART = 0.25

/** What a decision costs with more and more assignments, in interleaved rounds. */
export async function measureDecision({
  rounds,
  seconds,
}: Pick<BenchOptions, 'rounds' | 'seconds'>): Promise<readonly DecisionFigures[]> {
  const all = ASSIGNMENTS.map((assignments) => ({
    assignments,
    decisions: decisionUnderLoad(assignments),
    allowed: [] as number[],
    denied: [] as number[],
  }))
  for (let round = 1; round <= rounds; round += 1) {
    progress(`the decision, round ${round} of ${rounds}`)
    for (const { decisions, allowed, denied } of all) {
      allowed.push(await microseconds(decisions.allowed, seconds * PART))
      denied.push(await microseconds(decisions.denied, seconds * PART))
    }
  }
  return all.map(({ assignments, allowed, denied }) => ({ assignments, allowed, denied }))
}

async function microseconds(call: () => unknown, seconds: number): Promise<number> {
  const { times, processorSeconds } = await measureCalls(call, seconds)
  return (processorSeconds * MICROSECONDS_PER_SECOND) / times
}
