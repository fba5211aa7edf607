import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Isolation } from '../isolation/isolate.ts'
import { searchPath } from '../machine/find-program.ts'
import type { Machine } from '../machine/machine.ts'
import type { Parity } from './parity.ts'
import type { Tally } from './tally.ts'

/** What a suite is told that runs in a process of its own. */
export interface Assignment {
  readonly suite: string
  readonly machine: Machine
  readonly verbose: boolean
  /** Whether the process stands in a namespace, which is empty. */
  readonly isInNamespace: boolean
}

/** What it says at its end. */
export interface Report {
  readonly tally: Tally
  readonly parity: Parity
}

/** The variable that has the assignment. */
export const ASSIGNMENT = 'CONFORMANCE_ASSIGNMENT'

const PROGRAM = fileURLToPath(new URL('../run-one.ts', import.meta.url))
// Types are stripped for the users' Node by a function that warns of being young.
const QUIETLY = '--disable-warning=ExperimentalWarning'

/**
 * Runs a suite in a process of its own, which ends when this one does.
 * @param write takes its output. @returns `undefined` when it ended without a report.
 */
export async function runSuiteProcess(
  { command: namespace }: Isolation,
  suite: Omit<Assignment, 'isInNamespace'>,
  write: (text: string) => void,
): Promise<Report | undefined> {
  const assignment: Assignment = { ...suite, isInNamespace: namespace.length > 0 }
  const words = [...namespace, process.execPath, QUIETLY, ...process.execArgv, PROGRAM]
  const [program = '', ...args] = words
  const child = spawn(program, args, {
    env: {
      ...process.env,
      PATH: searchPath().join(':'),
      [ASSIGNMENT]: JSON.stringify(assignment),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let report: Report | undefined
  // Sent by the program of this folder alone.
  child.on('message', (message) => (report = message as Report))
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => write(text))
  }
  await once(child, 'close')
  return report
}
