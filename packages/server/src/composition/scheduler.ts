import { runDue, systemCall, type DueOrder, type Ports, type Vault } from '@claviger/vault'
import type { Log } from '../log.ts'
import { faultFields } from '../fault-fields.ts'

const PERIOD_MILLISECONDS = 60_000

/** Those who create many certificates at once wake it once. */
const WAKE_MILLISECONDS = 50

export interface SchedulerOptions {
  readonly ports: Ports
  readonly vault: Vault
  /** Told of each order that is due at an authority elsewhere; it is not waited for. */
  readonly onOrder: (order: DueOrder) => void
  /** Further work of the server with each run, such as the renewal of its certificate. */
  readonly alsoDo: () => Promise<void>
  readonly log: Log
}

/** Runs what is due once a minute, and soon after it is woken; one run at a time. */
export class Scheduler {
  readonly #options: SchedulerOptions
  #timer: NodeJS.Timeout | undefined
  /** The timer was set by `wake`; being woken again does not put it off. */
  #isSoon = false
  /** The run under way. */
  #running: Promise<void> | undefined
  /** Woken during a run, which may have passed by what is due now. */
  #isWoken = false
  #isStopped = false

  constructor(options: SchedulerOptions) {
    this.#options = options
  }

  start(): void {
    if (!this.#isStopped) this.#begin()
  }

  /** Something that is due now was just written. Before `start` it has no effect. */
  wake(): void {
    if (this.#running !== undefined) this.#isWoken = true
    else if (this.#timer !== undefined && !this.#isSoon) this.#plan(WAKE_MILLISECONDS)
  }

  /** Waits for the run that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  #begin(): void {
    this.#isWoken = false
    this.#running = this.#run().then(() => {
      this.#running = undefined
      this.#plan(this.#isWoken ? WAKE_MILLISECONDS : PERIOD_MILLISECONDS)
    })
  }

  #plan(milliseconds: number): void {
    this.#isSoon = milliseconds === WAKE_MILLISECONDS
    clearTimeout(this.#timer)
    if (!this.#isStopped) this.#timer = setTimeout(() => this.#begin(), milliseconds)
  }

  async #run(): Promise<void> {
    const { ports, vault, onOrder, alsoDo, log } = this.#options
    try {
      const report = await runDue(
        ports,
        vault,
        (tenant) => systemCall('scheduler', tenant),
        (task, thrown) =>
          log.warn('A scheduled task failed and stays due.', { task, ...faultFields(thrown) }),
        onOrder,
      )
      // It may have made something else due, such as the order of a renewal.
      if (report.done > 0) this.#isWoken = true
      if (report.done > 0 || report.rotated > 0) {
        log.info('The scheduler did what was due.', { ...report })
      }
      await alsoDo()
    } catch (thrown) {
      log.error('The scheduler failed; it tries again in a minute.', faultFields(thrown))
    }
  }
}
