import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'

/** A program that could not be started; POSIX has 127 and 126 for that. */
export class NotStarted extends Error {
  override readonly name = 'NotStarted'
  readonly exitCode: 126 | 127

  constructor(code: string) {
    super(code)
    this.exitCode = code === 'ENOENT' ? 127 : 126
  }
}

/** Signals that are meant for the program when they come here. */
const HANDED_ON = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGINT', 'SIGQUIT'] as const

/** Those of its keys a terminal sends to all programs at it, so that they have come there already. */
const OF_KEYS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT']

/**
 * Runs a program on the streams of this one, to its end; gives its exit code, or 128 and the number
 * of the signal that has ended it.
 * @param ownName what the program finds as the name that it was started by.
 * @throws NotStarted
 */
export async function runChild(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  ownName: string = command,
): Promise<number> {
  // Node refuses it as a mistake of the caller's; a shell finds no such program.
  if (command === '') throw new NotStarted('ENOENT')
  const child = spawned(command, args, { stdio: 'inherit', env: environment, argv0: ownName })
  const takeBack = handOn(child)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        reject(new NotStarted(error.code ?? error.name)))
      child.once('exit', (code, signal) =>
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  } finally {
    takeBack()
  }
}

/** Node tells of some refusals of the system by an event, and throws others, such as `E2BIG`. */
function spawned(...parts: [command: string, args: readonly string[], SpawnOptions]): ChildProcess {
  try {
    return spawn(...parts)
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === undefined || code === undefined) throw error
    throw new NotStarted(code)
  }
}

function handOn(child: ChildProcess): () => void {
  const handlers = HANDED_ON.map((signal) => {
    const handler = (): void => {
      // Looked at each time: a shell may bring this process to the foreground meanwhile.
      if (!OF_KEYS.includes(signal) || !hasKeys()) child.kill(signal)
    }
    process.on(signal, handler)
    return [signal, handler] as const
  })
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler)
  }
}

/**
 * Whether keys of a terminal come here, and so to the program. In the background none do, and what
 * comes was sent to this process alone.
 */
function hasKeys(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1')
    // proc_pid_stat(5): the name may have spaces; the fields behind it have none.
    const [, , group, , , foregroundGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return group === foregroundGroup
  } catch {
    return hasTerminal()
  }
}

/** Whether a terminal controls this process, wherever its streams lead. */
function hasTerminal(): boolean {
  // A console of Windows sends its keys to all programs too.
  if (process.platform === 'win32') return true
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}
