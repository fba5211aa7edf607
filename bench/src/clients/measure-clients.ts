import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { REPOSITORY } from '@claviger/conformance/src/machine/repository.ts'
import { readEnvFile } from '@claviger/conformance/src/server/read-env-file.ts'
import type { BenchMachine } from '../machine/bench-machine.ts'
import { pinned } from '../machine/pinned.ts'
import type { BenchOptions } from '../options.ts'
import { progress } from '../progress.ts'
import { BenchServer } from '../server/bench-server.ts'
import { type Installed, installedBytes, ourInstalledBytes } from './installed-bytes.ts'

/** The official clients, or ours. */
export type Side = 'official' | 'ours'

/** One slice of time with one of the two. */
export interface Slice {
  readonly row: string
  readonly side: Side
  readonly calls: number
  readonly milliseconds: number
  readonly processorMicroseconds: number
}

/** What the clients cost who uses them. */
export interface ClientFigures {
  readonly slices: readonly Slice[]
  /** Milliseconds until all of them are imported, by round. */
  readonly importMs: Readonly<Record<Side, readonly number[]>>
  readonly installed: Readonly<Record<Side, Installed>>
}

const PROGRAM = fileURLToPath(new URL('clients-process.ts', import.meta.url))
const OFFICIAL = [
  '@azure/identity',
  '@azure/keyvault-certificates',
  '@azure/keyvault-keys',
  '@azure/keyvault-secrets',
]
const IMPORTED: Readonly<Record<Side, readonly string[]>> = {
  official: OFFICIAL,
  ours: ['@claviger/client/azure'],
}

/** That the seconds of a round are cut into: the shorter a turn is, the more alike are both. */
const SLICES = 8

const run = promisify(execFile)

/** Measures the official clients and ours in turn, over one server. */
export async function measureClients(
  machine: BenchMachine,
  { rounds, seconds }: BenchOptions,
  folder: string,
): Promise<ClientFigures> {
  const dataDir = join(folder, 'clients')
  const server = await BenchServer.start(machine, { dataDir, workers: 1, place: 'one core' })
  try {
    progress('clients: calls')
    const [command, ...args] = pinned(machine, 'one core', [process.execPath, PROGRAM])
    const { stdout } = await run(command, args, {
      env: {
        ...process.env,
        ...readEnvFile(join(dataDir, 'connect.env')),
        SLICE_MS: String((seconds * 1000) / SLICES),
        ROUNDS: String(rounds * SLICES),
      },
    })
    const slices = stdout.trim().split('\n').map((line) => JSON.parse(line) as Slice)
    const official: number[] = []
    const ours: number[] = []
    // The first of each brings the files into memory.
    for (let round = 0; round <= rounds; round += 1) {
      progress(`clients: imports, round ${round} of ${rounds}`)
      const [theirs, own] = [await importMs('official'), await importMs('ours')]
      if (round === 0) continue
      official.push(theirs)
      ours.push(own)
    }
    const installed = { official: installedBytes(OFFICIAL), ours: ourInstalledBytes() }
    return { slices, importMs: { official, ours }, installed }
  } finally {
    await server.stop()
  }
}

async function importMs(side: Side): Promise<number> {
  const imports = IMPORTED[side].map((name) => `await import(${JSON.stringify(name)})`)
  const script = [
    'const startedAt = performance.now()',
    ...imports,
    'console.log(performance.now() - startedAt)',
  ].join('\n')
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(REPOSITORY, 'conformance'),
  })
  return Number(stdout)
}
