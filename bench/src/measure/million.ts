import { join } from 'node:path'
import type { BenchRun } from '../bench-run.ts'
import { residentBytes } from '../machine/resident-bytes.ts'
import { progress } from '../progress.ts'
import type { Row } from '../rows/row.ts'
import { rowNamed } from '../rows.ts'
import { BenchServer } from '../server/bench-server.ts'
import { copyStore } from '../store/copy-store.ts'
import { fillStore } from '../store/fill-store.ts'
import { loadServer, rowLoad, type ServerLoad } from './load-server.ts'
import { workersOf } from './two-workers.ts'

export interface MillionFigures {
  readonly rows: readonly {
    readonly row: Row
    readonly rounds: readonly { readonly few: ServerLoad; readonly many: ServerLoad }[]
  }[]
  /** Resident octets of the worker after its load. */
  readonly fewMemory: number
  readonly manyMemory: number
  readonly fewReadyMs: number
  readonly manyReadyMs: number
  readonly fillSeconds: number
}

export const MILLION = 1_000_000
const CONNECTIONS = 32

interface Side {
  readonly server: BenchServer
  readonly secrets: number
}

/** The same server on a million secrets and on as many as elsewhere, each row in turn on both. */
export async function measureMillion(run: BenchRun): Promise<MillionFigures> {
  const { machine, folder, filled } = run
  const [fewDir, manyDir] = [join(folder, 'few'), join(folder, 'many')]
  await copyStore(filled, fewDir)
  progress('filling a store with a million secrets, which takes some minutes')
  const startedAt = performance.now()
  await fillStore(manyDir, MILLION, [])
  const fillSeconds = (performance.now() - startedAt) / 1000
  const options = { workers: 1, place: 'one core' } as const
  const few: Side = {
    server: await BenchServer.start(machine, { ...options, dataDir: fewDir }),
    secrets: run.secrets,
  }
  const many: Side = {
    server: await BenchServer.start(machine, { ...options, dataDir: manyDir }),
    secrets: MILLION,
  }
  try {
    const rows = ['get-secret', 'list-secrets', 'set-secret']
      .map(rowNamed)
      .map((row) => ({ row, rounds: [] as { few: ServerLoad; many: ServerLoad }[] }))
    for (const { row } of rows) for (const side of [few, many]) await loadSide(run, side, row)
    for (let round = 1; round <= run.options.rounds; round += 1) {
      for (const { row, rounds } of rows) {
        progress(`a million, round ${round} of ${run.options.rounds}: ${row.name}`)
        rounds.push({
          few: await loadSide(run, few, row),
          many: await loadSide(run, many, row),
        })
      }
    }
    return {
      rows,
      fewMemory: memoryOf(few),
      manyMemory: memoryOf(many),
      fewReadyMs: few.server.readyMs,
      manyReadyMs: many.server.readyMs,
      fillSeconds,
    }
  } finally {
    await Promise.all([few.server.stop(), many.server.stop()])
  }
}

function memoryOf({ server }: Side): number {
  const [worker = 0] = workersOf(server)
  return residentBytes(worker)
}

async function loadSide(run: BenchRun, { server, secrets }: Side, row: Row): Promise<ServerLoad> {
  return loadServer(run, server, {
    ...(await rowLoad({ ...run, secrets }, server, row, run.options.seconds)),
    connections: CONNECTIONS,
    place: 'one core',
  })
}
