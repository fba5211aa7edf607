import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processTree } from '@claviger/conformance/src/machine/process-tree.ts'
import type { BenchRun } from '../bench-run.ts'
import { residentBytes } from '../machine/resident-bytes.ts'
import { progress } from '../progress.ts'
import { BenchServer } from '../server/bench-server.ts'
import { copyStore } from '../store/copy-store.ts'

/** One start. */
export type Start = Pick<BenchServer, 'readyMs' | 'readyProcessorMs'>

/** Figures of starts, each with the settings a user has who sets none. */
export interface StartUp {
  readonly empty: readonly Start[]
  readonly filled: readonly Start[]
  /** Milliseconds the runtime takes to start and end by itself, with nothing to do. */
  readonly runtimeMs: readonly number[]
  /** Of a server that was just started on the filled store and has answered nothing yet. */
  readonly idle: Memory
}

/** Resident octets. */
export interface Memory {
  readonly supervisor: number
  readonly primary: number
  readonly workers: readonly number[]
  /** The runtime by itself, with nothing to do. */
  readonly runtime: number
}

/** By then all that is done once after a start is done. */
const SETTLE_MS = 2000

export async function measureStartUp(run: BenchRun): Promise<StartUp> {
  const filled = join(run.folder, 'start-filled')
  await copyStore(run.filled, filled)
  const ofEmpty: Start[] = []
  const ofFilled: Start[] = []
  const runtimeMs: number[] = []
  let idle: Memory | undefined
  for (let round = 1; round <= run.options.rounds; round += 1) {
    progress(`start-up, round ${round} of ${run.options.rounds}`)
    runtimeMs.push(await runtimeAlone())
    const empty = await start(run, join(run.folder, `start-empty-${round}`))
    ofEmpty.push(empty)
    await empty.stop()
    const server = await start(run, filled)
    ofFilled.push(server)
    if (round === run.options.rounds) {
      await sleep(SETTLE_MS)
      idle = await memoryOf(server)
    }
    await server.stop()
  }
  if (idle === undefined) throw new RangeError('there was no round')
  return { empty: ofEmpty, filled: ofFilled, runtimeMs, idle }
}

function start({ machine }: BenchRun, dataDir: string): Promise<BenchServer> {
  return BenchServer.start(machine, { dataDir, workers: undefined, place: 'anywhere' })
}

async function memoryOf(server: BenchServer): Promise<Memory> {
  const at = (wanted: number): readonly number[] =>
    processTree(server.pid)
      .filter(({ depth }) => depth === wanted)
      .map(({ pid }) => residentBytes(pid))
  const [supervisor = 0] = at(0)
  const [primary = 0] = at(1)
  return { supervisor, primary, workers: at(2), runtime: await runtimeMemory() }
}

async function runtimeAlone(): Promise<number> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' })
  await once(child, 'exit')
  return performance.now() - startedAt
}

async function runtimeMemory(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  await once(child, 'spawn')
  await sleep(SETTLE_MS / 4)
  const resident = residentBytes(child.pid ?? 0)
  const exited = once(child, 'exit')
  child.stdin.end()
  await exited
  return resident
}
