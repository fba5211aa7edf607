import type { ProgramResult } from '../machine/run-program.ts'
import type { SuiteRun } from './suite-run.ts'

/**
 * Counts the checks of a client program, which says `ok - name` or `not ok - name # reason` for
 * each, `not run - name # reason` for what the machine lacks a program for, and `done` at its end; a
 * program that ends otherwise has failed in one more check.
 */
export function countChecks(run: SuiteRun, who: string, result: ProgramResult): void {
  for (const line of result.output.split('\n')) {
    const [, mark, name = '', reason = ''] =
      /^(ok|not ok|not run) - (.*?)(?: # (.*))?$/.exec(line) ?? []
    if (name === '') continue
    if (mark === 'ok') run.pass(`${who}: ${name}`)
    else if (mark === 'not run') run.notRun(`${who}: ${name}`, reason)
    else run.fail(`${who}: ${name}`, reason)
  }
  if (/^done$/m.test(result.output) && result.code === 0) return
  const last = result.errors.split('\n').slice(-25).join('\n')
  run.fail(`${who}: the program runs to its end`, `It ended with ${result.code}.\n${last}`)
}
