import { furnishNamespace } from './isolation/namespace.ts'
import { parityOfThisRun } from './runner/parity.ts'
import { runSuite } from './runner/run-suite.ts'
import { ASSIGNMENT, type Assignment, type Report } from './runner/suite-process.ts'
import { SUITES } from './suites.ts'

// One suite in a process of its own: inside of a namespace, where it has names and ports that
// disturb nobody. What it found goes to the process that has started it.

// One that ends early must leave no server behind: the exit handlers see to that.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'disconnect'] as const) {
  process.on(signal, () => process.exit(1))
}

// Written by `runSuiteProcess` a moment ago.
const assignment = JSON.parse(process.env[ASSIGNMENT] ?? '{}') as Assignment
delete process.env[ASSIGNMENT]
if (assignment.isInNamespace) furnishNamespace()
const suite = SUITES.find(({ name }) => name === assignment.suite)
if (suite === undefined) throw new Error(`No suite is called ${assignment.suite}.`)
const tally = await runSuite(suite, assignment.machine, assignment.verbose)
const report: Report = { tally, parity: parityOfThisRun() }
process.send?.(report, () => process.exit(0))
