import cluster, { type Worker } from 'node:cluster'
import type { Config } from '../config.ts'
import { errorFields, type Log } from '../log.ts'
import { BackOff } from './back-off.ts'
import { Channel } from './channel.ts'
import type { Addresses, ChannelToWorker, PrimarySays } from './messages.ts'
import { SilenceWatch } from './silence-watch.ts'
import { StartError } from './start-error.ts'

/** Beyond the grace of its requests, a worker has this long to exit before it is killed. */
const exitMs = 5000

/** A worker that says nothing for this long hangs, with the requests that it has. */
const patienceSeconds = 15

const stoppedEarly = 'The server was stopped while it started.'

interface Member {
  readonly worker: Worker
  readonly channel: ChannelToWorker
  readonly number: number
  readonly startedAt: number
  failure: StartError | undefined
  isReady: boolean
}

/** The workers: started together, each replaced when it dies, drained together. */
export class WorkerPool {
  readonly #log: Log
  /** The number that the file has in a worker. */
  readonly #counterFd: number | undefined
  readonly #backOffs = new Map<number, BackOff>()
  readonly #members = new Map<number, Member>()
  readonly #onWorker: ((channel: ChannelToWorker, pipe: Worker) => void)[] = []
  readonly #restarts = new Set<NodeJS.Timeout>()
  /** With what they shall start; they ask as soon as they run. */
  #config = Promise.withResolvers<Config>()
  #starting: PromiseWithResolvers<Addresses> | undefined
  #isDraining = false

  /**
   * @param entry the worker's program.
   * @param counterFd a file that the workers inherit, the primary's `ChangeCounter`.
   */
  constructor(entry: string, log: Log, counterFd: number | undefined) {
    this.#log = log
    const standard = ['inherit', 'inherit', 'inherit', 'ipc'] as const
    this.#counterFd = counterFd === undefined ? undefined : standard.length
    cluster.setupPrimary({
      exec: entry,
      args: [],
      // 'advanced' carries bytes and Maps as they are.
      serialization: 'advanced',
      stdio: counterFd === undefined ? [...standard] : [...standard, counterFd],
    })
  }

  /**
   * Called for every worker, replacements too, before it can say anything but that it runs: set
   * handlers here. The pipe below the channel is for what has messages of its own on it (the writer).
   */
  onWorker(listener: (channel: ChannelToWorker, pipe: Worker) => void): void {
    this.#onWorker.push(listener)
    for (const { channel, worker } of this.#members.values()) listener(channel, worker)
  }

  /**
   * Runs the processes ahead of `start`, so that they load their program while the store is opened
   * (a fifth of a start); they do nothing else before it.
   */
  launch(count: number): void {
    this.#launch(count)
  }

  /** The channels of the workers that run now. */
  channels(): readonly ChannelToWorker[] {
    return [...this.#members.values()].map(({ channel }) => channel)
  }

  /** Tells every worker that runs now. */
  broadcast<Kind extends keyof PrimarySays['notices']>(
    kind: Kind,
    payload: PrimarySays['notices'][Kind],
  ): void {
    for (const channel of this.channels()) channel.notify(kind, payload)
  }

  /**
   * Starts the workers, those that were launched where there are some; done when all of them listen.
   * @param config with real ports, the same for every worker and replacement.
   * @throws StartError when one cannot start; then none runs.
   */
  async start(config: Config): Promise<Addresses> {
    if (this.#isDraining) throw new StartError(stoppedEarly)
    const starting = this.#starting ?? this.#launch(config.workers)
    this.#config.resolve(config)
    try {
      return await starting.promise
    } catch (thrown) {
      await this.#killAll()
      this.#config = Promise.withResolvers()
      throw thrown
    } finally {
      this.#starting = undefined
    }
  }

  /** Lets every worker finish its requests for `graceMs` and exit. */
  async drain(graceMs: number): Promise<void> {
    this.#isDraining = true
    this.#starting?.reject(new StartError(stoppedEarly))
    for (const timer of this.#restarts) clearTimeout(timer)
    const members = [...this.#members.values()]
    for (const { channel } of members) channel.notify('worker/drain', { graceMs })
    const kill = setTimeout(() => {
      this.#log.error('A worker did not stop in time and is killed.')
      void this.#killAll()
    }, graceMs + exitMs)
    await Promise.all(members.map(({ worker }) => exited(worker)))
    clearTimeout(kill)
  }

  #launch(count: number): PromiseWithResolvers<Addresses> {
    const starting = Promise.withResolvers<Addresses>()
    // Should one end before anybody waits, `start` says so.
    starting.promise.catch(() => undefined)
    this.#starting = starting
    for (let number = 1; number <= count; number += 1) this.#fork(number)
    return starting
  }

  #fork(number: number): void {
    const worker = cluster.fork()
    const log = this.#log.with({ worker: number, workerPid: worker.process.pid })
    const channel: ChannelToWorker = new Channel(worker, (kind, thrown) =>
      log.error('A message of a worker could not be handled.', { kind, ...errorFields(thrown) }),
    )
    const startedAt = performance.now()
    const member: Member = {
      worker, channel, number, startedAt, failure: undefined, isReady: false,
    }
    this.#members.set(worker.id, member)
    const config = this.#config.promise
    const counterFd = this.#counterFd
    channel.onRequest('worker/start', async () => ({ config: await config, number, counterFd }))
    channel.onNotice('worker/failed', ({ sentence, ...reason }) => {
      member.failure = new StartError(sentence, reason)
    })
    let watch: SilenceWatch | undefined
    channel.onNotice('worker/alive', () => watch?.heard())
    worker.once('exit', () => watch?.stop())
    channel.onNotice('worker/ready', (addresses) => {
      member.isReady = true
      watch = new SilenceWatch(patienceSeconds, () => {
        log.error('A worker does not answer and is killed.', { patienceSeconds })
        worker.process.kill('SIGKILL')
      })
      log.info('A worker is ready.')
      if ([...this.#members.values()].every(({ isReady }) => isReady)) {
        this.#starting?.resolve(addresses)
      }
    })
    for (const listener of this.#onWorker) listener(channel, worker)
    // An error of the pipe: 'exit' follows and says all there is to say.
    worker.on('error', () => undefined)
    worker.once('exit', (code, signal) => this.#ended(member, log, code, signal))
  }

  #ended(member: Member, log: Log, exitCode: number, signal: string): void {
    this.#members.delete(member.worker.id)
    if (this.#isDraining) return
    if (this.#starting !== undefined) {
      this.#starting.reject(
        member.failure ??
          new StartError('A worker ended before it was ready; see the log.', { mayPass: true }),
      )
      return
    }
    const backOff = this.#backOffs.get(member.number) ?? new BackOff()
    this.#backOffs.set(member.number, backOff)
    const delayMs = backOff.delayMs(performance.now() - member.startedAt)
    const reason = member.failure?.message
    log.error('A worker ended unexpectedly; it is started again.', {
      exitCode, signal, delayMs, reason,
    })
    const timer = setTimeout(() => {
      this.#restarts.delete(timer)
      this.#fork(member.number)
    }, delayMs)
    this.#restarts.add(timer)
  }

  async #killAll(): Promise<void> {
    const workers = [...this.#members.values()].map(({ worker }) => worker)
    for (const worker of workers) worker.process.kill('SIGKILL')
    await Promise.all(workers.map(exited))
  }
}

async function exited(worker: Worker): Promise<void> {
  if (worker.isDead()) return
  await new Promise((resolve) => worker.once('exit', resolve))
}
