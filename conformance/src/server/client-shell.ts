import type { ChildOptions } from '../machine/child.ts'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import type { SuiteRun } from '../runner/suite-run.ts'

export interface ClientOptions {
  /** Shell files that are sourced before, in this order: all that the program is told. */
  readonly sourced: readonly string[]
  /** Variables set after sourcing; an empty value unsets one. */
  readonly variables?: Readonly<Record<string, string>>
  /** Where it starts; the suite's own folder unless said. */
  readonly directory?: string
}

/**
 * How a client program is started as a user would: a shell without anything of this machine's owner
 * sources the files and starts it.
 */
export function clientShell(
  run: SuiteRun,
  command: readonly string[],
  options: ClientOptions,
): readonly [string, readonly string[], ChildOptions] {
  const sources = options.sourced.map((file) => `. ${quoted(file)}`)
  const changes = Object.entries(options.variables ?? {}).map(([name, value]) =>
    value === '' ? `unset ${name}` : `export ${name}=${quoted(value)}`,
  )
  const script = ['set -eu', ...sources, ...changes, 'exec "$@"'].join('\n')
  const where = { cwd: options.directory ?? run.folder, env: cleanEnvironment(run.folder) }
  return ['/bin/sh', ['-c', script, 'sh', ...command], where]
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
