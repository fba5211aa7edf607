import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isatty } from 'node:tty'

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
const HANDED_ON = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGUSR1', 'SIGUSR2'] as const

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
  const child = spawn(command, args, { stdio: 'inherit', env: environment, argv0: ownName })
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

function handOn(child: ChildProcess): () => void {
  // At a terminal, Ctrl-C has reached the program already.
  const isShared = isatty(0)
  const handlers = HANDED_ON.map((signal) => {
    const handler = (): void => {
      if (signal !== 'SIGINT' || !isShared) child.kill(signal)
    }
    process.on(signal, handler)
    return [signal, handler] as const
  })
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler)
  }
}
