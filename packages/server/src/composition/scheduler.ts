import { runDue, systemCall, type Ports, type Vault } from '@claviger/vault'
import type { Log } from '../log.ts'
import { faultFields } from '../fault-fields.ts'

const PERIOD_MILLISECONDS = 60_000

/** Runs what is due once a minute, one run at a time. */
export class Scheduler {
  readonly #ports: Ports
  readonly #vault: Vault
  readonly #alsoDo: () => Promise<void>
  readonly #log: Log
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #isStopped = false

  /** @param alsoDo further work of the server with each run, such as the renewal of its certificate. */
  constructor(ports: Ports, vault: Vault, alsoDo: () => Promise<void>, log: Log) {
    this.#ports = ports
    this.#vault = vault
    this.#alsoDo = alsoDo
    this.#log = log
  }

  start(): void {
    if (this.#isStopped) return
    this.#running = this.#run()
  }

  /** Waits for the run that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #run(): Promise<void> {
    try {
      const report = await runDue(
        this.#ports,
        this.#vault,
        (tenant) => systemCall('scheduler', tenant),
        (task, thrown) =>
          this.#log.warn('A scheduled task failed and stays due.', { task, ...faultFields(thrown) }),
      )
      if (report.done > 0 || report.rotated > 0) this.#log.info('The scheduler did what was due.', { ...report })
      await this.#alsoDo()
    } catch (thrown) {
      this.#log.error('The scheduler failed; it tries again in a minute.', faultFields(thrown))
    }
    if (!this.#isStopped) this.#timer = setTimeout(() => this.start(), PERIOD_MILLISECONDS)
  }
}
