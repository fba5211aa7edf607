// The program of the primary: settings, workers, signals. What the server is, `../primary.ts` says.
import { type Config, ConfigError, readConfig } from '../config.ts'
import { errorFields, type Log, openLog } from '../log.ts'
import { openPrimaryMetrics } from '../metrics.ts'
import type { Primary } from '../primary.ts'
import { settings } from '../settings.ts'
import { ChangeCounter } from '../stores/embedded/change-counter.ts'
import { againArgument } from './again.ts'
import { entryFile } from './entry-file.ts'
import { exitOnBug } from './exit-on-bug.ts'
import { withFreePorts } from './free-ports.ts'
import { ignoreClosedOutput } from './ignore-closed-output.ts'
import type { Addresses } from './messages.ts'
import { configurationExitCode, StartError } from './start-error.ts'
import { ALIVE_MILLISECONDS } from './silence-watch.ts'
import { onStopSignal } from './stop-signals.ts'
import { aliveMessage, readyMessage, stopMessage } from './supervisor.ts'
import { WorkerPool } from './worker-pool.ts'

const portAttempts = 5
const restartDelayMs = 100

async function run(config: Config, log: Log): Promise<void> {
  const counter = ChangeCounter.create()
  const workers = new WorkerPool(entryFile('worker-process', import.meta.url), log, counter?.fd)
  const metrics = openPrimaryMetrics(() => workers.channels())
  workers.launch(config.workers)
  const { startPrimary } = await import('../primary.ts')
  const starting = startPrimary(config, {
    log,
    metrics,
    workers,
    counter,
    isAgain: process.argv.includes(againArgument),
    // What was just refused is still answered.
    startAgain: () => setTimeout(() => process.exit(1), restartDelayMs),
  })
  let isStopping = false
  const stop = (reason: string): void => {
    if (isStopping) return
    isStopping = true
    log.info('The server stops.', { reason })
    void shutDown(starting, workers, config.shutdownGraceMs).then(
      () => process.exit(0),
      (thrown) => {
        log.error('The server did not stop cleanly.', errorFields(thrown))
        process.exit(1)
      },
    )
  }
  onStopSignal(stop)
  process.on('message', (message) => {
    if (message === stopMessage) stop('asked by the supervisor')
  })
  process.on('disconnect', () => stop('the supervisor is gone'))
  try {
    const primary = await starting
    if (isStopping) return
    const addresses = await startWorkers(workers, config)
    await primary.ready(addresses)
    await tellReady()
    log.info('The server is ready.', { ...addresses, metricsPort: primary.metricsPort })
  } catch (thrown) {
    // Stopped in the middle of its start, which is no failure; `shutDown` goes on.
    if (isStopping) return
    await starting.then((primary) => primary.close()).catch(() => undefined)
    throw thrown
  }
  setInterval(() => {
    if (process.connected) process.send?.(aliveMessage)
  }, ALIVE_MILLISECONDS).unref()
}

/** The supervisor knows before the log says it, so that whoever reads the log finds it known. */
async function tellReady(): Promise<void> {
  await new Promise<void>((resolve) => {
    if (process.send === undefined) resolve()
    else process.send(readyMessage, undefined, undefined, () => resolve())
  })
}

/** With port 0, a port that was taken in the meantime is simply not the one. */
async function startWorkers(workers: WorkerPool, config: Config): Promise<Addresses> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await workers.start(await withFreePorts(config))
    } catch (thrown) {
      const taken = thrown instanceof StartError ? thrown.takenPortOf : undefined
      const mayChoose =
        (taken === settings.port.variable && config.port === 0) ||
        (taken === settings.identityPort.variable && config.identityPort === 0) ||
        (taken === settings.pkiPort.variable && config.pkiPort === 0) ||
        (taken === settings.alibabaPort.variable && config.alibabaPort === 0)
      if (!mayChoose || attempt === portAttempts) throw thrown
    }
  }
}

async function shutDown(
  starting: Promise<Primary>,
  workers: WorkerPool,
  graceMs: number,
): Promise<void> {
  // One that has not started yet has nothing to give up.
  void starting.then((primary) => primary.drain()).catch(() => undefined)
  await workers.drain(graceMs)
  // What never opened needs no closing.
  const primary = await starting.catch(() => undefined)
  await primary?.close()
}

function fail(thrown: unknown): never {
  if (thrown instanceof ConfigError) {
    process.stderr.write(`claviger: ${thrown.message}\n`)
    process.exit(configurationExitCode)
  }
  if (thrown instanceof StartError) {
    process.stderr.write(`claviger: ${thrown.message}\n`)
    process.exit(thrown.exitCode)
  }
  openLog('error').error('The server could not start.', errorFields(thrown))
  process.exit(1)
}

ignoreClosedOutput()
try {
  const config = readConfig()
  const log = openLog(config.logLevel)
  exitOnBug(log)
  await run(config, log)
} catch (thrown) {
  fail(thrown)
}
