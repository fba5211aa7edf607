import type { Readiness } from '../doors/health.ts'

/** The primary says how it is several times a second; silence for this long means it cannot. */
const SILENCE_MILLISECONDS = 950

/** What a worker knows of its own readiness: what the primary said last, and that it can read. */
export class WorkerReadiness {
  readonly #canRead: () => void
  readonly #steady: () => number
  #said: Readiness
  #saidAt: number

  /** @param canRead reads a record. @throws when the store cannot be read */
  constructor(canRead: () => void, steady: () => number = () => performance.now()) {
    this.#canRead = canRead
    this.#steady = steady
    this.#said = { ready: true, reasons: [] }
    this.#saidAt = steady()
  }

  hear(state: Readiness): void {
    this.#said = state
    this.#saidAt = this.#steady()
  }

  get state(): Readiness {
    const reasons = [...this.#said.reasons]
    if (this.#steady() - this.#saidAt > SILENCE_MILLISECONDS) {
      reasons.push('The process that writes the store and the audit does not answer.')
    }
    try {
      this.#canRead()
    } catch {
      reasons.push('The store cannot be read.')
    }
    return { ready: reasons.length === 0, reasons }
  }
}
