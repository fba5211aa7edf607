import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchRun } from './bench-run.ts'
import { measureClients } from './clients/measure-clients.ts'
import { type BenchMachine, findBenchMachine } from './machine/bench-machine.ts'
import { measureDecision } from './measure/decision.ts'
import { measureMillion } from './measure/million.ts'
import { measurePerProcessor } from './measure/per-processor.ts'
import { measureStartUp } from './measure/start-up.ts'
import { measureTwoWorkers } from './measure/two-workers.ts'
import { type BenchOptions, readOptions, USAGE } from './options.ts'
import { progress } from './progress.ts'
import { clientsReport } from './report/clients-report.ts'
import { decisionReport } from './report/decision-report.ts'
import { type Section, withSection } from './report/document.ts'
import { millionReport } from './report/million-report.ts'
import { rowReport } from './report/row-report.ts'
import { startUpReport } from './report/start-up-report.ts'
import { wallReport } from './report/wall-report.ts'
import { fillStore } from './store/fill-store.ts'

const SECRETS = 10_000
const DOCUMENT = new URL('../../docs/performance.md', import.meta.url)

type Say = (text: string) => void

async function measureRows(run: BenchRun, say: Say): Promise<void> {
  const { rows, quick } = run.options
  const startUp = await measureStartUp(run)
  say(rowReport(await measurePerProcessor(run)))
  // A short run shows that it works, on the one row that has a target there.
  const inTwo = quick ? rows.filter(({ name }) => name === 'set-secret') : rows
  const two = await measureTwoWorkers(run, inTwo)
  say(wallReport(two))
  say(startUpReport(startUp, run.secrets, two.workersAfterLoad))
  say(decisionReport(await measureDecision(run.options)))
}

async function bench(options: BenchOptions, folder: string): Promise<void> {
  const machine = findBenchMachine(folder)
  const rounds = `${options.rounds} rounds, ${options.seconds} s of load each`
  const description = [...machine.description, rounds].map((line) => `- ${line}\n`).join('')
  const texts: string[] = []
  // Each part at once: a run that fails in its last minute has not been for nothing.
  const say: Say = (text) => {
    console.log(text)
    texts.push(text)
  }
  say(description)
  if (options.clients) say(clientsReport(await measureClients(machine, options, folder)))
  else await measureServer(machine, options, folder, say)
  if (options.quick) progress('this was a short run: its figures mean nothing')
  if (!options.write) return
  const before = await readFile(DOCUMENT, 'utf8').catch(() => '')
  const section: Section = options.million ? 'million' : options.clients ? 'clients' : 'rows'
  await writeFile(DOCUMENT, withSection(before, section, texts.join('\n')))
  progress('docs/performance.md is written')
}

async function measureServer(
  machine: BenchMachine,
  options: BenchOptions,
  folder: string,
  say: Say,
): Promise<void> {
  const filled = join(folder, 'filled')
  progress(`filling a store with ${SECRETS} secrets`)
  const signers = await fillStore(filled, SECRETS, options.rows)
  const run: BenchRun = { machine, options, folder, filled, secrets: SECRETS, signers }
  if (options.million) say(millionReport(await measureMillion(run), SECRETS))
  else await measureRows(run, say)
}

async function main(): Promise<number> {
  let options: BenchOptions
  try {
    options = readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`)
    return 2
  }
  // Ended in the middle, it must leave no server and no folder behind: exit handlers see to both.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => process.exit(1))
  }
  const folder = mkdtempSync(join(tmpdir(), 'claviger-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  await bench(options, folder)
  return 0
}

try {
  process.exit(await main())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
