import type { BenchMachine } from './bench-machine.ts'

/** A command and what it is given. */
export type CommandLine = readonly [string, ...string[]]

/** Where a process may run: `one core` shares the core of all that is measured per CPU-second. */
export type Place = 'one core' | 'anywhere'

/** The command bound to the core, where wanted and possible; all that it starts is bound too. */
export function pinned(machine: BenchMachine, place: Place, command: CommandLine): CommandLine {
  const { taskset, core } = machine
  if (place === 'anywhere' || taskset === undefined) return command
  return [taskset, '--cpu-list', String(core), ...command]
}
