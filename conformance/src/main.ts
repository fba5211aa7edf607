import { fileURLToPath } from 'node:url'
import { isolate } from './isolation/isolate.ts'
import { furnishNamespace } from './isolation/namespace.ts'
import type { Machine } from './machine/machine.ts'
import { prepareMachine } from './machine/prepare-machine.ts'
import { demandParityIsCurrent, writeParity } from './runner/parity.ts'
import { runSuite } from './runner/run-suite.ts'
import { exitCode, sum, type Tally, tallyText } from './runner/tally.ts'
import { SUITES } from './suites.ts'

// Runs twice: outside, where the network is, it prepares; inside a namespace of its own, with names
// and ports that disturb nobody, it runs the suites. The machine that was found travels between.
const PREPARED = 'CONFORMANCE_MACHINE'

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const verbose = process.argv.includes('--verbose')

function chosenSuites(): typeof SUITES {
  const known = SUITES.map(({ name }) => name)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(`No suite is called ${unknown.join(', ')}; there are ${known.join(', ')}.`)
  }
  return names.length === 0 ? SUITES : SUITES.filter(({ name }) => names.includes(name))
}

async function runSuites(machine: Machine): Promise<number> {
  // An ended runner must leave no server behind and no line in a hosts file: exit handlers do both.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(1))
  }
  const tallies: Tally[] = []
  for (const suite of chosenSuites()) tallies.push(await runSuite(suite, machine, verbose))
  if (process.argv.includes('--write-parity')) writeParity()
  else if (names.length === 0) tallies.push(parityTally())
  const total = sum(tallies)
  console.log(`conformance: ${tallyText(total)}`)
  return exitCode(total, process.env['CI'] === 'true')
}

function parityTally(): Tally {
  try {
    demandParityIsCurrent()
    return { passed: 1, failed: 0, notRun: 0 }
  } catch (error) {
    console.log(`  FAILED: the parity table is current\n      ${error instanceof Error ? error.message : String(error)}`)
    return { passed: 0, failed: 1, notRun: 0 }
  }
}

async function main(): Promise<number> {
  const prepared = process.env[PREPARED]
  if (prepared !== undefined) {
    furnishNamespace()
    // Written by the same program a moment ago.
    return runSuites(JSON.parse(prepared) as Machine)
  }
  const suites = chosenSuites().map(({ name }) => name)
  const place = isolate()
  console.log('Preparing the official clients …')
  const machine = await prepareMachine(suites)
  if (place === 'here') return runSuites(machine)
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  return place(args, { ...process.env, [PREPARED]: JSON.stringify(machine) })
}

try {
  process.exit(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
