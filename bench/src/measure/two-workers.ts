import { join } from 'node:path'
import type { BenchRun } from '../bench-run.ts'
import type { Place } from '../machine/pinned.ts'
import { processTree } from '@claviger/conformance/src/machine/process-tree.ts'
import { residentBytes } from '../machine/resident-bytes.ts'
import { progress } from '../progress.ts'
import { getSecret } from '../rows/get-secret.ts'
import type { Row } from '../rows/row.ts'
import { signRs256 } from '../rows/sign-rs256.ts'
import { BenchServer } from '../server/bench-server.ts'
import { copyStore } from '../store/copy-store.ts'
import { loadServer, rowLoad, type ServerLoad } from './load-server.ts'

/** What a client waits for, by the clock on the wall. */
export interface WallRound {
  readonly one: ServerLoad
  readonly two: ServerLoad
}

export interface WallFigures {
  readonly row: Row
  readonly rounds: readonly WallRound[]
}

/** Reads of secrets while RSA keeps every core busy. */
export interface MixedRound {
  readonly signatures: ServerLoad
  readonly reads: ServerLoad
}

export interface TwoWorkers {
  readonly rows: readonly WallFigures[]
  /** Absent when the rows that it takes are not run. */
  readonly mixed: readonly MixedRound[] | undefined
  /** Resident octets of each worker after all of it. */
  readonly workersAfterLoad: readonly number[]
}

const CONNECTIONS = 16
/** Connections that read while the others sign. */
const READERS = 8

/**
 * Two workers, with the load generator on the same cores, beside one worker that shares a core with
 * its load generator.
 */
export async function measureTwoWorkers(run: BenchRun, rows: readonly Row[]): Promise<TwoWorkers> {
  const one = await start(run, 'one-worker', 1, 'one core')
  const two = await start(run, 'two-workers', 2, 'anywhere')
  try {
    const figures = rows.map((row) => ({ row, rounds: [] as WallRound[] }))
    for (let round = 1; round <= run.options.rounds; round += 1) {
      for (const { row, rounds } of figures) {
        progress(`two workers, round ${round} of ${run.options.rounds}: ${row.name}`)
        rounds.push({
          one: await loadRow(run, one, row, 'one core'),
          two: await loadRow(run, two, row, 'anywhere'),
        })
      }
    }
    const mixed = await measureMixed(run, two, rows)
    return { rows: figures, mixed, workersAfterLoad: workersOf(two).map(residentBytes) }
  } finally {
    await Promise.all([one.stop(), two.stop()])
  }
}

async function measureMixed(
  run: BenchRun,
  server: BenchServer,
  rows: readonly Row[],
): Promise<readonly MixedRound[] | undefined> {
  if (!rows.includes(signRs256) || !rows.includes(getSecret)) return undefined
  const rounds: MixedRound[] = []
  for (let round = 1; round <= run.options.rounds; round += 1) {
    progress(`reads beside RSA, round ${round} of ${run.options.rounds}`)
    const [signatures, reads] = await Promise.all([
      loadRow(run, server, signRs256, 'anywhere'),
      loadRow(run, server, getSecret, 'anywhere', READERS),
    ])
    rounds.push({ signatures, reads })
  }
  return rounds
}

/** The worker processes of a server; above them are its supervisor and its primary. */
export function workersOf(server: BenchServer): readonly number[] {
  return processTree(server.pid)
    .filter(({ depth }) => depth === 2)
    .map(({ pid }) => pid)
}

async function start(
  { machine, folder, filled }: BenchRun,
  name: string,
  workers: number,
  place: Place,
): Promise<BenchServer> {
  const dataDir = join(folder, name)
  await copyStore(filled, dataDir)
  return BenchServer.start(machine, { dataDir, workers, place })
}

async function loadRow(
  run: BenchRun,
  server: BenchServer,
  row: Row,
  place: Place,
  connections = CONNECTIONS,
): Promise<ServerLoad> {
  return loadServer(run, server, {
    ...(await rowLoad(run, server, row, run.options.seconds)),
    connections,
    place,
  })
}
