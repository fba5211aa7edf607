import type { BenchRun } from '../bench-run.ts'
import { load, type LoadResult } from '../load/load.ts'
import type { Place } from '../machine/pinned.ts'
import type { Row, RowRequest } from '../rows/row.ts'
import { secretNames } from '../rows/secret-names.ts'
import type { BenchServer } from '../server/bench-server.ts'

/** What can be loaded: the server, or the bare one. */
export interface Loaded {
  readonly port: number
  /** Used so far by the first process, by those below it, and so on. */
  readonly processorSeconds: readonly number[]
  /** What it has written to its log, to be shown when a load goes wrong. */
  readonly log: string
}

/** A load, and what the loaded processes spent on one request of it. */
export interface ServerLoad extends LoadResult {
  /** Processor time of all its processes. */
  readonly microseconds: number
  /** The part of it used by the processes right below the first: of the server, the primary. */
  readonly secondLevel: number
}

export interface LoadSettings {
  readonly request: RowRequest
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  readonly seconds: number
  readonly place: Place
}

/** What a load of a row sends, ready: whatever is signed is signed now. */
export async function rowLoad(
  { signers, secrets }: Pick<BenchRun, 'signers' | 'secrets'>,
  server: BenchServer,
  row: Row,
  seconds: number,
): Promise<Pick<LoadSettings, 'request' | 'headers' | 'seconds'>> {
  const request = row.request({ names: secretNames(secrets), signers, seconds })
  return { request, headers: await server.requestHeaders(request), seconds }
}

/** Loads a server and counts what it costs. @throws Error as `load` */
export async function loadServer(
  { machine, folder }: Pick<BenchRun, 'machine' | 'folder'>,
  server: Loaded,
  settings: LoadSettings,
): Promise<ServerLoad> {
  const before = server.processorSeconds
  const plan = { ...settings, port: server.port }
  const result = await load(machine, plan, folder).catch((cause: unknown) => {
    const sentence = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${sentence}\n${server.log}`, { cause })
  })
  const levels = server.processorSeconds.map((seconds, depth) => {
    const spent = seconds - (before[depth] ?? 0)
    return (spent * 1_000_000) / result.requests
  })
  const microseconds = levels.reduce((sum, level) => sum + level, 0)
  return { ...result, microseconds, secondLevel: levels[1] ?? 0 }
}
