import { isolate } from './isolation/isolate.ts'
import { prepareMachine } from './machine/prepare-machine.ts'
import { inLanes } from './runner/in-lanes.ts'
import { OrderedOutput } from './runner/ordered-output.ts'
import { demandParityIsCurrent, noteParity, writeParity } from './runner/parity.ts'
import { runSuiteProcess } from './runner/suite-process.ts'
import { exitCode, sum, type Tally, tallyText } from './runner/tally.ts'
import { SUITES } from './suites.ts'

// Prepares the machine, where the network is, and has each suite run by a process of its own in a
// namespace of its own, some of them at a time. What they say is shown in the order of the list.

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const verbose = process.argv.includes('--verbose')

function chosenSuites(): readonly string[] {
  const known = SUITES.map(({ name }) => name)
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(`No suite is called ${unknown.join(', ')}; there are ${known.join(', ')}.`)
  }
  return names.length === 0 ? known : known.filter((name) => names.includes(name))
}

async function main(): Promise<number> {
  const suites = chosenSuites()
  const isolation = isolate()
  console.log('Preparing the official clients …')
  const machine = await prepareMachine(suites)
  const output = new OrderedOutput((text) => process.stdout.write(text))
  process.on('exit', () => output.flush())
  const tallies = await inLanes(suites, isolation.lanes, async (suite, place) => {
    const write = (text: string): void => output.write(place, text)
    const report = await runSuiteProcess(isolation, { suite, machine, verbose }, write)
    if (report === undefined) write(`  FAILED: ${suite}: its process gives a report\n`)
    else noteParity(report.parity)
    output.end(place)
    return report?.tally ?? { passed: 0, failed: 1, notRun: 0 }
  })
  const total = sum([...tallies, ...checkParity()])
  console.log(`conformance: ${tallyText(total)}`)
  return exitCode(total, process.env['CI'] === 'true')
}

/** Some suites alone do not show all that works. */
function checkParity(): readonly Tally[] {
  if (process.argv.includes('--write-parity')) writeParity()
  if (process.argv.includes('--write-parity') || names.length > 0) return []
  try {
    demandParityIsCurrent()
    return [{ passed: 1, failed: 0, notRun: 0 }]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.log(`  FAILED: the parity table is current\n      ${reason}`)
    return [{ passed: 0, failed: 1, notRun: 0 }]
  }
}

// The suites end with this process, and the lines in a hosts file by its exit handler.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(1))
}
try {
  process.exit(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
