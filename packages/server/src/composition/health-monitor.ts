import { isFault } from '@claviger/vault'
import type { Readiness } from '../doors/health.ts'
import type { Log } from '../log.ts'

/** Often enough that a lost store shows within a second, with time for the write itself. */
const PERIOD_MILLISECONDS = 400
/** A write that takes longer than this counts as failed. */
const PATIENCE_MILLISECONDS = 500

/**
 * Asks the store for a tiny durable write again and again, so that a full or read-only disk shows
 * although nobody writes, and says what it finds; the log has each change of it.
 */
export class HealthMonitor {
  readonly #beat: () => Promise<void>
  readonly #onState: (state: Readiness) => void
  readonly #log: Pick<Log, 'error' | 'info'>
  #timer: NodeJS.Timeout | undefined
  #state: Readiness = { ready: true, reasons: [] }
  #isStopped = false

  constructor(
    beat: () => Promise<void>,
    onState: (state: Readiness) => void,
    log: Pick<Log, 'error' | 'info'>,
  ) {
    this.#beat = beat
    this.#onState = onState
    this.#log = log
  }

  get state(): Readiness {
    return this.#state
  }

  start(): void {
    void this.#run()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    const reason = await this.#problem()
    if (this.#isStopped) return
    this.#note(reason)
    this.#state = reason === undefined ? { ready: true, reasons: [] } : { ready: false, reasons: [reason] }
    this.#onState(this.#state)
    this.#timer = setTimeout(() => void this.#run(), PERIOD_MILLISECONDS)
  }

  /** Once for each change, however long it lasts. */
  #note(reason: string | undefined): void {
    const [before] = this.#state.reasons
    if (reason === before) return
    if (reason === undefined) this.#log.info('The store and the audit work again.')
    else this.#log.error('The store or the audit does not work.', { reason })
  }

  async #problem(): Promise<string | undefined> {
    const late = Promise.withResolvers<string>()
    const timer = setTimeout(() => late.resolve('The store does not answer in time.'), PATIENCE_MILLISECONDS)
    try {
      return await Promise.race([this.#beat().then(() => undefined), late.promise])
    } catch (thrown) {
      const reason = isFault(thrown, 'StoreUnavailable') ? thrown.detail.reason : 'it failed'
      return `The store and the audit cannot be written: ${reason}.`
    } finally {
      clearTimeout(timer)
    }
  }
}
