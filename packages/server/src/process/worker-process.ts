// The program of a worker: asks the primary for its settings, starts, drains when told. It ends at
// once when the primary does: node:cluster exits a worker whose pipe closes.
import { errorFields, type Log, openLog } from '../log.ts'
import { openWorkerMetrics } from '../metrics.ts'
import { startWorker, type Worker } from '../worker.ts'
import { Channel } from './channel.ts'
import { exitOnBug } from './exit-on-bug.ts'
import { ignoreClosedOutput } from './ignore-closed-output.ts'
import type { ChannelToPrimary } from './messages.ts'
import { ALIVE_MILLISECONDS } from './silence-watch.ts'
import { StartError } from './start-error.ts'
import { ignoreStopSignals } from './stop-signals.ts'

ignoreStopSignals()
ignoreClosedOutput()
let log: Log = openLog('error')
let worker: Worker | undefined
const channel: ChannelToPrimary = new Channel(process, (kind, thrown) =>
  log.error('A message of the primary could not be handled.', { kind, ...errorFields(thrown) }),
)
channel.onNotice('worker/drain', ({ graceMs }) => {
  const closing = worker?.close(graceMs) ?? Promise.resolve()
  log.info('A worker drains.')
  void closing.then(() => process.exit(0))
})
const { config, number, counterFd } = await channel.request('worker/start', undefined)
log = openLog(config.logLevel).with({ worker: number })
exitOnBug(log)
const metrics = openWorkerMetrics()
channel.onRequest('metrics/collect', () => metrics.collect())
try {
  worker = await startWorker(config, { channel, log, metrics, number, counterFd })
  channel.notify('worker/ready', worker.addresses)
  setInterval(() => channel.notify('worker/alive', undefined), ALIVE_MILLISECONDS).unref()
} catch (thrown) {
  fail(thrown)
}

/** Tells the primary why, and exits once that is on its way. */
function fail(thrown: unknown): void {
  const isExpected = thrown instanceof StartError
  if (!isExpected) log.error('A worker could not start.', errorFields(thrown))
  channel.notify('worker/failed', {
    sentence: isExpected ? thrown.message : 'A worker could not start; the log says why.',
    mayPass: !isExpected || thrown.exitCode === 1,
    takenPortOf: isExpected ? thrown.takenPortOf : undefined,
  })
  setTimeout(() => process.exit(1), 50)
}
