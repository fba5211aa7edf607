import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cleanEnvironment } from '@claviger/conformance/src/machine/clean-environment.ts'
import { runProgram } from '@claviger/conformance/src/machine/run-program.ts'
import type { BenchMachine } from '../machine/bench-machine.ts'
import { pinned } from '../machine/pinned.ts'
import type { LoadCounts, LoadPlan } from './load.ts'
import { RESULT_MARK, wrkScript } from './wrk-script.ts'

const MICROSECONDS_PER_SECOND = 1_000_000
/** Beyond the time of its load, wrk may take this long to start and to end. */
const GRACE_SECONDS = 30
/** wrk counts as failures the answers with a status above this. */
const HIGHEST_SUCCESS = 399

/** @throws Error when wrk fails */
export async function loadByWrk(
  machine: BenchMachine,
  wrk: string,
  plan: LoadPlan,
  folder: string,
): Promise<LoadCounts> {
  // A file and not arguments: those can be read by every user of the machine.
  const script = join(folder, `wrk-${randomUUID()}.lua`)
  const pathsFile = `${script}.paths`
  const threads = plan.place === 'one core' ? 1 : 2
  await writeFile(script, wrkScript({ ...plan, threads, pathsFile }), { mode: 0o600 })
  await writeFile(pathsFile, `${plan.request.paths.join('\n')}\n`, { mode: 0o600 })
  try {
    const [command, ...args] = pinned(machine, plan.place, [
      wrk,
      `--threads=${threads}`,
      `--connections=${plan.connections}`,
      `--duration=${wholeSeconds(plan.seconds)}s`,
      // Keys of RSA take a core for long: late is not lost. What is slow shows in the latencies.
      `--timeout=${GRACE_SECONDS}s`,
      '--latency',
      `--script=${script}`,
      `https://127.0.0.1:${plan.port}`,
    ])
    const { code, output, errors } = await runProgram(command, args, {
      env: cleanEnvironment(folder),
      cwd: folder,
      limitSeconds: plan.seconds + GRACE_SECONDS,
    })
    if (code !== 0) throw new Error(`wrk ended with ${code}: ${errors}`)
    return readWrkResult(output, plan.request.status)
  } finally {
    await rm(script, { force: true })
    await rm(pathsFile, { force: true })
  }
}

/** @param status the expected one. @throws Error when the output has no result */
export function readWrkResult(output: string, status: number): LoadCounts {
  const line = output.split('\n').find((text) => text.startsWith(`${RESULT_MARK} `))
  const [requests, duration, p50, p99, refused = 0, lost = 0, failures] = (line ?? '')
    .split(' ')
    .slice(1)
    .map(Number)
  if (failures === undefined || requests === undefined || duration === undefined) {
    throw new Error(`wrk gave no result: ${output}`)
  }
  return {
    requests,
    seconds: duration / MICROSECONDS_PER_SECOND,
    p50Ms: (p50 ?? 0) / 1000,
    p99Ms: (p99 ?? 0) / 1000,
    refused,
    lost,
    wrong: status > HIGHEST_SUCCESS ? requests - failures : failures,
  }
}

/** wrk takes no parts of a second. */
function wholeSeconds(seconds: number): number {
  return Math.max(1, Math.round(seconds))
}
