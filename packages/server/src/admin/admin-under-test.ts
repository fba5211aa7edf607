import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import { readConfig, type Config } from '../config.ts'
import { adminDoor } from '../doors/admin/door.ts'
import { openListener } from '../listener.ts'
import { openLog } from '../log.ts'
import { adminSocket } from './admin-socket.ts'
import { runAdmin } from './run-admin.ts'

/** What one run of the command gave. */
export interface AdminRun {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The admin command before a server on a socket of its own, whose vault is in memory. */
export interface AdminUnderTest {
  readonly memory: MemoryVault
  readonly folder: string
  readonly config: Config
  readonly run: (...argv: readonly string[]) => Promise<AdminRun>
  /** As `run` with `--json`, and the exit code 0. */
  readonly json: (...argv: readonly string[]) => Promise<unknown>
}

/**
 * Runs the command in a folder, with or without a server in it.
 * @param input what comes on standard input.
 */
export async function runIn(
  folder: string,
  argv: readonly string[],
  input = '',
): Promise<AdminRun> {
  const output = { out: '', err: '' }
  const code = await runAdmin(argv, {
    config: () => configIn(folder),
    workingDirectory: folder,
    language: 'en',
    out: (text) => (output.out += text),
    err: (text) => (output.err += text),
    input: async () => input,
  })
  return { code, ...output }
}

/** A folder that is removed when the test ends. */
export function adminFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-admin-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts the server; it stops when the test ends. */
export async function adminUnderTest(context: TestContext): Promise<AdminUnderTest> {
  const folder = adminFolder(context)
  const config = configIn(folder)
  mkdirSync(config.dataDir)
  const memory = await memoryVault()
  const log = openLog('silent')
  const door = adminDoor({
    vault: memory.vault,
    operator: async () => memory.administrator.caller,
    serverActions: {
      '/connect/renew': async () => ({ files: ['/data/connect.env'] }),
      '/ca/renew': async () => ({ files: ['/data/ca.pem'] }),
    },
    log,
  })
  const at = { socketPath: adminSocket(config.dataDir) }
  const listener = await openListener({ at, limits: config, log, doorForHost: () => door })
  context.after(() => listener.close(0))
  const run = (...argv: readonly string[]): Promise<AdminRun> => runIn(folder, argv)
  return {
    memory,
    folder,
    config,
    run,
    async json(...argv) {
      const { code, out, err } = await run(...argv, '--json')
      if (code !== 0) throw new Error(`exit code ${code}: ${err}`)
      return JSON.parse(out)
    },
  }
}

function configIn(folder: string): Config {
  return readConfig({ CLAVIGER_DATA_DIR: join(folder, 'data') })
}
