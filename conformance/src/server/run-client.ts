import { type ProgramResult, runProgram } from '../machine/run-program.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { type ClientOptions, clientShell } from './client-shell.ts'

const LIMIT_SECONDS = 60

/** Runs a client program as a user would, to its end. */
export function runClient(
  run: SuiteRun,
  command: readonly string[],
  options: ClientOptions & { readonly limitSeconds?: number },
): Promise<ProgramResult> {
  const [shell, args, where] = clientShell(run, command, options)
  const { limitSeconds = LIMIT_SECONDS } = options
  return runProgram(shell, args, { ...where, limitSeconds })
}
