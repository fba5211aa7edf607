import type { SuiteRun } from './suite-run.ts'

/** A group of checks that starts what it needs itself; one file under `suites/` each. */
export interface Suite {
  readonly name: string
  /** What the suite shows, for the reader of the report. */
  readonly what: string
  /** Time after which the suite is stopped and counts as failed. */
  readonly budgetSeconds: number
  run(run: SuiteRun): Promise<void>
}
