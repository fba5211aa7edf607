import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, statfsSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { findProgram } from '@claviger/conformance/src/machine/find-program.ts'

/** What a run uses of the machine it is on. */
export interface BenchMachine {
  /** `undefined`: our own load generator stands in. */
  readonly wrk: string | undefined
  /** `undefined`: nothing is pinned, and the figures vary more. */
  readonly taskset: string | undefined
  /** The core that server and load generator share; the last one, which serves few interrupts. */
  readonly core: number
  /** Sentences for the head of a report: machine, versions, tools. */
  readonly description: readonly string[]
}

/** @throws Error on any system but Linux: nothing else has /proc to count processor time by. */
export function findBenchMachine(folder: string): BenchMachine {
  if (process.platform !== 'linux') throw new Error('The bench needs /proc, which Linux alone has.')
  const wrk = pathOf('wrk')
  const taskset = pathOf('taskset')
  const core = lastCore(readFileSync('/proc/self/status', 'utf8'))
  return { wrk, taskset, core, description: describe(wrk, taskset, core, folder) }
}

/** The highest core of proc(5) `Cpus_allowed_list`, such as `0-3,8`. @throws RangeError */
export function lastCore(status: string): number {
  const [, list = ''] = /^Cpus_allowed_list:\s+([\d,-]+)$/m.exec(status) ?? []
  const cores = list.split(/[,-]/).filter((text) => text !== '').map(Number)
  if (cores.length === 0) throw new RangeError('this is no /proc/self/status')
  return Math.max(...cores)
}

function describe(
  wrk: string | undefined,
  taskset: string | undefined,
  core: number,
  folder: string,
): readonly string[] {
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  const { node, openssl, sqlite = 'unknown' } = process.versions
  const load = wrk === undefined
    ? 'our own load generator, because wrk was not found (it costs far more than wrk)'
    : `${wrkVersion(wrk)} with --latency`
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ` +
      `${gibibytes} GiB of memory, Linux ${kernelVersion(release())}, ${process.arch}`,
    `Node ${node}, OpenSSL ${openssl}, SQLite ${sqlite}`,
    `data on ${fileSystemOf(folder)}`,
    `load: ${load}`,
    taskset === undefined
      ? 'taskset was not found: nothing is pinned, trust nothing below 20 %'
      : `server, ceiling and load generator pinned to core ${core} with taskset`,
  ]
}

/** The version alone: what a distribution or a host adds to it tells nothing about the figures. */
export function kernelVersion(kernelRelease: string): string {
  return /^\d+(?:\.\d+)*/.exec(kernelRelease)?.[0] ?? kernelRelease
}

function wrkVersion(wrk: string): string {
  // It prints its version together with its usage, and fails.
  const { stdout } = spawnSync(wrk, ['--version'], { encoding: 'utf8' })
  return /^wrk \S+/.exec(stdout)?.[0] ?? 'wrk'
}

function fileSystemOf(folder: string): string {
  const stat = pathOf('stat')
  if (stat !== undefined) {
    const type = execFileSync(stat, ['-f', '-c', '%T', folder], { encoding: 'utf8' }).trim()
    return `a file system of type ${type}`
  }
  return `a file system of type 0x${statfsSync(folder).type.toString(16)}`
}

function pathOf(name: string): string | undefined {
  const found = findProgram(name)
  return 'path' in found ? found.path : undefined
}
