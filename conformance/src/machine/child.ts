import { type ChildProcess, spawn } from 'node:child_process'

export interface ChildOptions {
  /** The whole environment: nothing of the runner's own is inherited. */
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly input?: string
}

/** A started program; it leads a process group of its own, so that its children end with it. */
export interface Child {
  readonly pid: number
  /** Everything written so far to standard output. */
  output(): string
  /** Everything written so far to standard error. */
  errors(): string
  /** Settles when the program has ended and its output is complete. */
  readonly ended: Promise<Ending>
  signal(name: NodeJS.Signals): void
  /** Ends the whole group at once. */
  kill(): void
}

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

const running = new Set<number>()

process.on('exit', endAllChildren)

/** Kills every process group that was started and has not ended. */
export function endAllChildren(): void {
  for (const pid of running) killGroup(pid)
}

/** @throws Error when the program cannot be started. */
export function startChild(command: string, args: readonly string[], options: ChildOptions): Child {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const { pid } = child
  // Without a pid the error event follows; `ended` reports it.
  if (pid !== undefined) running.add(pid)
  const output = collect(child.stdout)
  const errors = collect(child.stderr)
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  return {
    pid: pid ?? 0,
    output,
    errors,
    ended: ending(child, command),
    signal: (name) => void child.kill(name),
    kill: () => {
      if (pid !== undefined) killGroup(pid)
    },
  }
}

function ending(child: ChildProcess, command: string): Promise<Ending> {
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${command} did not start: ${error.message}`)))
    child.once('close', (code, signal) => {
      if (child.pid !== undefined) running.delete(child.pid)
      resolve({ code, signal })
    })
  })
  ended.catch(() => {})
  return ended
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: string[] = []
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => chunks.push(chunk))
  return () => chunks.join('')
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group has ended already.
  }
}
