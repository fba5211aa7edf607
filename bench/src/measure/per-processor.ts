import { join } from 'node:path'
import type { BenchRun } from '../bench-run.ts'
import { BareServer } from '../ceiling/bare-server.ts'
import { InProcess, type InProcessCosts } from '../ceiling/in-process.ts'
import { progress } from '../progress.ts'
import type { Row } from '../rows/row.ts'
import { BenchServer } from '../server/bench-server.ts'
import { copyStore } from '../store/copy-store.ts'
import { loadServer, rowLoad } from './load-server.ts'
import { opensslSpeed } from './openssl-speed.ts'

/** Microseconds of processor time for one request, in one round. */
export interface RowRound extends InProcessCosts {
  readonly server: number
  /** The part of it that the primary has used. */
  readonly primary: number
  readonly bare: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface RowFigures {
  readonly row: Row
  /** In words, what the limit consists of besides the bare answer. */
  readonly limitOf: string
  readonly rounds: readonly RowRound[]
  /** Times a second that `openssl speed` does the operation, where it knows it. */
  readonly opensslPerSecond?: number | undefined
}

/** As many as fill the groups of the writer without making the latencies those of a queue alone. */
const CONNECTIONS = 32
const PART_OF_A_LOAD = 1 / 4
/** The compiler of the runtime goes on for some ten thousand requests. */
const WARM_UP = 2

/** Server, bare server and in-process work, one after the other on one core. */
interface Bench {
  readonly run: BenchRun
  readonly server: BenchServer
  readonly bare: BareServer
  readonly inProcess: InProcess
}

interface PreparedRow {
  readonly row: Row
  readonly limitOf: string
  readonly bodyBytes: number
}

/**
 * Measures every row and its limit in interleaved rounds, so that other work on the machine meets
 * all of them alike.
 */
export async function measurePerProcessor(run: BenchRun): Promise<readonly RowFigures[]> {
  const { machine, folder, filled, secrets, options } = run
  const [served, inner] = [join(folder, 'served'), join(folder, 'in-process')]
  await copyStore(filled, served)
  await copyStore(filled, inner)
  const { profile } = options
  const server = await BenchServer.start(machine, {
    dataDir: served,
    workers: 1,
    place: 'one core',
    ...(profile === undefined ? {} : { settings: { NODE_OPTIONS: profiling(profile) } }),
  })
  const bare = await BareServer.start(machine, folder)
  const inProcess = new InProcess(machine, inner, secrets, folder)
  try {
    return await measureRows({ run, server, bare, inProcess })
  } finally {
    await Promise.all([inProcess.stop(), bare.stop(), server.stop()])
  }
}

async function measureRows(bench: Bench): Promise<readonly RowFigures[]> {
  const { rows, rounds, seconds, quick } = bench.run.options
  const prepared: PreparedRow[] = []
  for (const row of rows) {
    prepared.push(await prepareRow(bench, row))
  }
  if (!quick) {
    for (const row of prepared) {
      progress(`warming up: ${row.row.name}`)
      await measureRow(bench, row, seconds * WARM_UP)
    }
  }
  const figures = new Map(prepared.map((row) => [row, [] as RowRound[]]))
  for (let round = 1; round <= rounds; round += 1) {
    // Every second round backwards: whatever changes steadily meets first and last alike.
    for (const row of round % 2 === 1 ? prepared : prepared.toReversed()) {
      progress(`round ${round} of ${rounds}: ${row.row.name}`)
      figures.get(row)?.push(await measureRow(bench, row, seconds))
    }
  }
  return prepared.map((one) => ({
    row: one.row,
    limitOf: one.limitOf,
    rounds: figures.get(one) ?? [],
    opensslPerSecond: one.row.openssl && opensslSpeed(bench.run.machine, one.row.openssl),
  }))
}

async function prepareRow({ run, server, inProcess }: Bench, row: Row): Promise<PreparedRow> {
  const { request } = await rowLoad(run, server, row, 1)
  const { bodyBytes, auditEntry } = await server.inspect(request)
  return { row, bodyBytes, limitOf: await inProcess.prepare(row.name, auditEntry) }
}

async function measureRow(
  { run, server, bare, inProcess }: Bench,
  { row, bodyBytes }: PreparedRow,
  seconds: number,
): Promise<RowRound> {
  const load = {
    ...(await rowLoad(run, server, row, seconds)),
    connections: CONNECTIONS,
    place: 'one core',
  } as const
  const served = await loadServer(run, server, load)
  await bare.answerWith(load.request.status, bodyBytes)
  const ceiling = await loadServer(run, bare, load)
  const inner = await inProcess.measure(row.name, seconds * PART_OF_A_LOAD)
  return {
    ...inner,
    server: served.microseconds,
    primary: served.secondLevel,
    bare: ceiling.microseconds,
    p50Ms: served.p50Ms,
    p99Ms: served.p99Ms,
  }
}

function profiling(folder: string): string {
  return `--cpu-prof --cpu-prof-dir=${folder}`
}
