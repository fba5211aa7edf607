// Holds nothing and does nothing but start the primary, so that it outlives whatever kills that.
// When the supervisor itself is killed, the primary sees its pipe close and stops by itself.
import { type ChildProcess, fork } from 'node:child_process'
import { constants } from 'node:os'
import type { Log } from '../log.ts'
import { againArgument } from './again.ts'
import { BackOff } from './back-off.ts'
import { SilenceWatch } from './silence-watch.ts'
import { configurationExitCode } from './start-error.ts'
import { onStopSignal } from './stop-signals.ts'

/** What the primary tells its supervisor: it serves. */
export const readyMessage = 'claviger/ready'
/** What it says again and again from then on; silence means that it hangs. */
export const aliveMessage = 'claviger/alive'
/** What the supervisor tells the primary: stop gracefully. */
export const stopMessage = 'claviger/stop'

/** Long, because a slow disk holds the primary up without its being at fault. */
const patienceSeconds = 60

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly livedMs: number
}

/**
 * Runs `entry` until it stops on purpose or cannot start; gives the exit code.
 * @param openLog called once, when the primary runs already: loading the log takes 20 ms.
 */
export async function supervise(entry: string, openLog: () => Promise<Log>): Promise<number> {
  const backOff = new BackOff()
  const stopping = Promise.withResolvers<void>()
  let isStopping = false
  let wasReady = false
  let child: ChildProcess | undefined
  let log: Promise<Log> | undefined
  onStopSignal(() => {
    if (isStopping) return
    isStopping = true
    stopping.resolve()
    // By message, not by signal: a terminal has sent the signal to the primary already.
    if (child?.connected === true) child.send(stopMessage, () => undefined)
  })
  for (;;) {
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const
    child = fork(entry, wasReady ? [againArgument] : [], { stdio: [...stdio] })
    log ??= openLog()
    const { code, signal, livedMs } = await life(child, log, () => {
      wasReady = true
    })
    const isFinal = code === 0 || code === configurationExitCode || (!wasReady && code !== null)
    if (isStopping || isFinal) {
      return code ?? 128 + (signal === null ? 0 : constants.signals[signal])
    }
    const delayMs = backOff.delayMs(livedMs)
    const ended = { exitCode: code ?? undefined, signal: signal ?? undefined, delayMs }
    const opened = await log
    opened.error('The primary process ended unexpectedly; it is started again.', ended)
    await Promise.race([stopping.promise, wait(delayMs)])
    if (isStopping) return 0
  }
}

async function life(
  child: ChildProcess,
  log: Promise<Log>,
  onReady: () => void,
): Promise<Ended> {
  const startedAt = performance.now()
  let watch: SilenceWatch | undefined
  child.on('message', (message) => {
    if (message === aliveMessage) watch?.heard()
    if (message !== readyMessage) return
    onReady()
    watch = new SilenceWatch(patienceSeconds, () => {
      child.kill('SIGKILL')
      void log.then((opened) =>
        opened.error('The primary process does not answer and is killed.', { patienceSeconds }),
      )
    })
  })
  child.once('exit', () => watch?.stop())
  return await new Promise((resolve, reject) => {
    // Emitted instead of 'exit' when the program cannot be run at all.
    child.once('error', reject)
    child.once('exit', (code, signal) =>
      resolve({ code, signal, livedMs: performance.now() - startedAt }),
    )
  })
}

function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}
