import type { SuiteRun } from '../runner/suite-run.ts'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import { type ProgramResult, runProgram } from '../machine/run-program.ts'

export interface ClientOptions {
  /** Shell files that are sourced before, in this order: all that the program is told. */
  readonly sourced: readonly string[]
  /** Variables set after sourcing; an empty value unsets one. */
  readonly variables?: Readonly<Record<string, string>>
  readonly limitSeconds?: number
  /** Where it starts; the suite's own folder unless said. */
  readonly directory?: string
}

const LIMIT_SECONDS = 60

/**
 * Runs a client program as a user would: a shell without anything of this machine's owner sources
 * the files and starts it.
 */
export function runClient(
  run: SuiteRun,
  command: readonly string[],
  options: ClientOptions,
): Promise<ProgramResult> {
  const sources = options.sourced.map((file) => `. ${quoted(file)}`)
  const changes = Object.entries(options.variables ?? {}).map(([name, value]) =>
    value === '' ? `unset ${name}` : `export ${name}=${quoted(value)}`,
  )
  const script = ['set -eu', ...sources, ...changes, 'exec "$@"'].join('\n')
  return runProgram('/bin/sh', ['-c', script, 'sh', ...command], {
    cwd: options.directory ?? run.folder,
    env: cleanEnvironment(run.folder),
    limitSeconds: options.limitSeconds ?? LIMIT_SECONDS,
  })
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
