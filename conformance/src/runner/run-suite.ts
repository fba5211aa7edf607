import { performance } from 'node:perf_hooks'
import { endAllChildren } from '../machine/child.ts'
import type { Machine } from '../machine/machine.ts'
import type { Suite } from './suite.ts'
import { SuiteRun } from './suite-run.ts'
import { type Tally, tallyText } from './tally.ts'

/** Runs a suite within its budget and prints its summary line. */
export async function runSuite(suite: Suite, machine: Machine, verbose: boolean): Promise<Tally> {
  const run = new SuiteRun(machine, verbose)
  const startedAt = performance.now()
  console.log(`${suite.name}: ${suite.what}`)
  const finished = suite.run(run).then(
    () => 'finished' as const,
    (error: unknown) => {
      run.fail('the suite runs to its end', described(error))
      return 'finished' as const
    },
  )
  if ((await Promise.race([finished, budgetSpent(suite.budgetSeconds)])) === 'spent') {
    run.fail('the suite keeps its budget', `It was stopped after ${suite.budgetSeconds} s.`)
    // Whatever the suite waits for ends with its children, so that it cannot disturb the next one.
    endAllChildren()
  }
  await run.end()
  const { passed, failed, notRun } = run.tally
  if (passed + failed + notRun === 0) run.fail('the suite checks something', 'It has made no check.')
  endAllChildren()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${suite.name}: ${tallyText(run.tally)} (${seconds} s of ${suite.budgetSeconds} s)\n`)
  return run.tally
}

function budgetSpent(seconds: number): Promise<'spent'> {
  return new Promise((resolve) => setTimeout(() => resolve('spent'), seconds * 1000).unref())
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
