import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { entryFile } from './entry-file.ts'

/** One line of the log, as far as these tests look at it. */
export interface LogLine {
  readonly msg: string
  readonly pid: number
  readonly workerPid: number
  readonly port: number
  readonly metricsPort: number
  readonly pkiPort: number | undefined
}

/** A whole server: supervisor, primary and workers, in a process group and a folder of its own. */
export interface ServerUnderTest {
  readonly supervisor: ChildProcess
  readonly folder: string
  stderr(): string
  /** The lines with this message, once there are `count` of them. */
  lines(message: string, count?: number): Promise<readonly LogLine[]>
  /** Asks the last primary's port for a path; gives the status. */
  status(path: string, port: number): Promise<number | undefined>
  /** Exit code, once the supervisor has ended. */
  readonly exited: Promise<number | null>
}

/**
 * Starts `main.ts` on free ports with these settings besides; all of it is gone when the test ends.
 */
export function serverUnderTest(
  context: TestContext,
  settings: Readonly<Record<string, string>> = {},
): ServerUnderTest {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-process-'))
  const { PATH = '' } = process.env
  const supervisor = spawn(
    process.execPath,
    ['--conditions=claviger-source', entryFile('../main', import.meta.url)],
    {
      cwd: folder,
      // A group of its own, so that a signal can go to all of it as from a terminal.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH,
        CLAVIGER_PORT: '0',
        CLAVIGER_IDENTITY_PORT: '0',
        CLAVIGER_METRICS_PORT: '0',
        CLAVIGER_PKI_PORT: '0',
        CLAVIGER_ALIBABA_PORT: '0',
        CLAVIGER_WORKERS: '2',
        ...settings,
      },
    },
  )
  let text = ''
  supervisor.stdout.resume()
  supervisor.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const exited = once(supervisor, 'exit').then(() => supervisor.exitCode)
  context.after(async () => {
    killGroup(supervisor.pid)
    await exited
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    supervisor,
    folder,
    stderr: () => text,
    exited,
    async lines(message, count = 1) {
      for (;;) {
        const found = parse(text).filter(({ msg }) => msg === message)
        if (found.length >= count) return found
        await pause()
      }
    },
    status: (path, port) => statusOf(folder, path, port),
  }
}

/** Tells whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits until none of these processes runs. */
export async function allGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await pause()
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The whole group has ended already.
  }
}

function parse(text: string): LogLine[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n')
  return whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
}

async function statusOf(folder: string, path: string, port: number): Promise<number | undefined> {
  const ca = readFileSync(join(folder, 'claviger-data', 'ca.pem'))
  const asked = request({ host: '127.0.0.1', port, path, ca, agent: false })
  asked.end()
  const [response] = await once(asked, 'response')
  response.resume()
  await once(response, 'end')
  return response.statusCode
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10))
}
