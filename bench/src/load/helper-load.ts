import { fileURLToPath } from 'node:url'
import type { BenchMachine } from '../machine/bench-machine.ts'
import { HelperProcess } from '../machine/helper-process.ts'
import type { LoadCounts, LoadPlan } from './load.ts'

const PROGRAM = fileURLToPath(new URL('helper-load-process.ts', import.meta.url))

/** The load generator for machines without wrk, in a process of its own. */
export async function loadByHelper(
  machine: BenchMachine,
  plan: LoadPlan,
  folder: string,
): Promise<LoadCounts> {
  const helper = new HelperProcess<LoadPlan, LoadCounts>(machine, plan.place, PROGRAM, [], folder)
  try {
    return await helper.ask(plan)
  } finally {
    await helper.stop()
  }
}
