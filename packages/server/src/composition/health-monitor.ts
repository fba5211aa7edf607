import { isFault } from '@claviger/vault'
import type { Readiness } from '../doors/health.ts'

/** Often enough that a lost store shows within a second, with time for the write itself. */
const PERIOD_MILLISECONDS = 400
/** A write that takes longer than this counts as failed. */
const PATIENCE_MILLISECONDS = 500

/**
 * Asks the store for a tiny durable write again and again, so that a full or read-only disk shows
 * although nobody writes, and says what it finds.
 */
export class HealthMonitor {
  readonly #beat: () => Promise<void>
  readonly #onState: (state: Readiness) => void
  #timer: NodeJS.Timeout | undefined
  #state: Readiness = { ready: true, reasons: [] }
  #isStopped = false

  constructor(beat: () => Promise<void>, onState: (state: Readiness) => void) {
    this.#beat = beat
    this.#onState = onState
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
    this.#state = reason === undefined ? { ready: true, reasons: [] } : { ready: false, reasons: [reason] }
    this.#onState(this.#state)
    this.#timer = setTimeout(() => void this.#run(), PERIOD_MILLISECONDS)
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
